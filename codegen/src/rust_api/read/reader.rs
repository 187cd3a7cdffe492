//! Where a reader of generated files is, what it has learned, and how it adds to the surface.

use std::collections::BTreeMap;

use syn::{Attribute, Visibility};

use super::text;
use crate::contract;
use crate::rust_api::surface::{Item, Origin, Shape, Surface};

/// What one item says that others are understood by.
#[derive(Default)]
pub(super) struct Known {
    /// The names as sent of a record's fields, by the path of the record and the field's name.
    pub(super) sent: BTreeMap<(String, String), String>,
    /// The operation of a request constant or a request type, by path.
    pub(super) operations: BTreeMap<String, String>,
    /// The message that a legacy request carries, by path of the request.
    pub(super) messages: BTreeMap<String, String>,
    /// The names of the placeholders in an operation's path.
    pub(super) placeholders: BTreeMap<String, Vec<String>>,
    /// What a request sends its fields as, by operation and field.
    pub(super) wire: BTreeMap<(String, String), Origin>,
}

/// Reads the files of one module.
pub(super) struct Reader<'a> {
    /// Its public path: `resources::bills`.
    pub(super) module: String,
    pub(super) known: &'a mut Known,
    pub(super) surface: &'a mut Surface,
}

/// Where the parts of an item go.
#[derive(Clone)]
pub(super) struct Place {
    /// Path of the item.
    pub(super) owner: String,
    pub(super) unverified: bool,
    pub(super) origin: Origin,
}

impl Reader<'_> {
    /// Adds an item of this module.
    pub(super) fn declare(
        &mut self,
        name: &str,
        attributes: &[Attribute],
        shape: Shape,
        origin: Origin,
    ) -> Place {
        let path = self.path(name);
        let place = Place {
            owner: path.clone(),
            unverified: is_unverified(attributes),
            origin: origin.clone(),
        };
        let owner = (!self.module.is_empty()).then(|| self.module.clone());
        let item = Item {
            owner,
            unverified: place.unverified,
            deprecated: is_deprecated(attributes),
            shape,
            origin,
            arguments: Vec::new(),
        };
        self.surface.add(path, item);
        place
    }

    /// Adds a part of an item. `joint` is what stands between their names.
    pub(super) fn part(&mut self, of: &Place, joint: &str, name: &str, shape: Shape) {
        let item = Item {
            owner: Some(of.owner.clone()),
            unverified: of.unverified,
            deprecated: false,
            shape,
            origin: of.origin.clone(),
            arguments: Vec::new(),
        };
        self.surface.add(format!("{}{joint}{name}", of.owner), item);
    }

    /// The public path of a name of this module.
    pub(super) fn path(&self, name: &str) -> String {
        if self.module.is_empty() {
            name.to_owned()
        } else {
            format!("{}::{name}", self.module)
        }
    }

    /// The tag of the resource that this is the module of.
    pub(super) fn tag(&self) -> Option<&str> {
        let rest = self.module.strip_prefix("resources::")?;
        rest.split("::").next()
    }

    /// What a type of this module is made of.
    pub(super) fn origin(&self, name: &str) -> Origin {
        let path = self.path(name);
        if let Some(message) = self.known.messages.get(&path) {
            return Origin::Schema(message.clone());
        }
        match self.known.operations.get(&path) {
            Some(operation) => Origin::Operation(operation.clone()),
            None if self.module == "ids" || self.module == "enums" => Origin::Mark(name.to_owned()),
            None => Origin::Schema(name.to_owned()),
        }
    }
}

/// What a macro says of the type `name`.
pub(super) fn place(reader: &Reader<'_>, name: &str, unverified: bool) -> Place {
    let owner = reader.path(name);
    let known = reader.surface.get(&owner);
    Place {
        origin: known.map_or_else(|| reader.origin(name), |item| item.origin.clone()),
        unverified: unverified || known.is_some_and(|item| item.unverified),
        owner,
    }
}

/// What a line says of one trait besides its name.
#[derive(Default)]
pub(super) struct Details {
    /// Associated types.
    pub(super) types: String,
    /// What its constants and methods return.
    pub(super) says: String,
}

impl Details {
    pub(super) fn types(types: String) -> Self {
        let says = String::new();
        Self { types, says }
    }

    pub(super) fn says(says: String) -> Self {
        let types = String::new();
        Self { types, says }
    }
}

/// The traits that the contract says a macro implements, each with what the line says of it.
pub(super) fn all(
    reader: &mut Reader<'_>,
    of: &Place,
    name: &str,
    details: impl Fn(&str) -> Details,
) {
    for name in contract::find(name).map_or(&[][..], |row| row.traits) {
        let Details { types, says } = details(name);
        reader.part(of, ": ", name, Shape::Trait { types, says });
    }
}

/// The methods that the contract says a macro adds.
pub(super) fn methods(reader: &mut Reader<'_>, of: &Place, name: &str, output: &str) {
    for (name, receiver) in contract::find(name).map_or(&[][..], |row| row.methods) {
        reader.part(of, "::", name, method(receiver, output));
    }
}

pub(super) fn method(receiver: &'static str, output: &str) -> Shape {
    Shape::Function {
        receiver,
        parameters: Vec::new(),
        output: output.to_owned(),
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

pub(super) fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

fn is_deprecated(attributes: &[Attribute]) -> bool {
    has(attributes, "deprecated")
}

pub(super) fn is_unverified(attributes: &[Attribute]) -> bool {
    let gates = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"));
    gates
        .map(text::of)
        .any(|gate| gate.contains("\"unverified\""))
}
