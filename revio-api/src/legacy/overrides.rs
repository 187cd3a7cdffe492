//! Names and styles of single operations that differ from the table's.

use std::collections::HashMap;

use super::table::{Field, Kind, Structure, Wire};
use crate::generated::legacy::wire::WIRES;

/// How a field that isn't set is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NullStyle {
    /// Not at all, as in the published examples.
    Omit,
    /// As an empty element with `xsi:nil="true"`. The service may fail to read that as a number.
    Nil,
}

/// How an update writes the fields that it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateStyle {
    /// As an element with the value.
    Plain,
    /// As an element with `Updated`, which is true, and `Value`, the way the service's `Lines_Update` wants it.
    UpdatedPairs,
}

/// A field, by the names of its structure and itself.
type Place = (&'static str, &'static str);

/// What differs from the table.
#[derive(Clone, Debug, Default)]
pub(super) struct Overrides {
    elements: HashMap<Place, String>,
    items: HashMap<Place, String>,
    nulls: HashMap<Place, NullStyle>,
    wrappers: HashMap<&'static str, Option<String>>,
    styles: HashMap<&'static str, UpdateStyle>,
    result_paths: HashMap<&'static str, Vec<String>>,
}

impl Overrides {
    pub(super) fn set_element(&mut self, field: &str, name: String) -> Result<(), String> {
        let (place, _) = find(field)?;
        self.elements.insert(place, checked(name)?);
        Ok(())
    }

    pub(super) fn set_item(&mut self, field: &str, name: String) -> Result<(), String> {
        let (place, found) = find(field)?;
        if !matches!(found.kind, Kind::Wrapped(_)) {
            return Err("is no list whose items have a name".to_owned());
        }
        self.items.insert(place, checked(name)?);
        Ok(())
    }

    pub(super) fn set_null_style(&mut self, field: &str, style: NullStyle) -> Result<(), String> {
        let (place, _) = find(field)?;
        self.nulls.insert(place, style);
        Ok(())
    }

    pub(super) fn set_wrapper(
        &mut self,
        operation: &str,
        name: Option<String>,
    ) -> Result<(), String> {
        let wire = operation_called(operation)?;
        let name = name.map(checked).transpose()?;
        self.wrappers.insert(wire.name, name);
        Ok(())
    }

    pub(super) fn set_style(&mut self, operation: &str, style: UpdateStyle) -> Result<(), String> {
        self.styles.insert(operation_called(operation)?.name, style);
        Ok(())
    }

    pub(super) fn set_result_path(
        &mut self,
        operation: &str,
        path: Vec<String>,
    ) -> Result<(), String> {
        let wire = operation_called(operation)?;
        if !wire
            .response
            .fields
            .iter()
            .any(|field| field.signature.is_some())
        {
            return Err("answers with nothing that could be somewhere else".to_owned());
        }
        if path.is_empty() {
            return Err("has an empty path".to_owned());
        }
        let path = path.into_iter().map(checked).collect::<Result<_, _>>()?;
        self.result_paths.insert(wire.name, path);
        Ok(())
    }

    /// The element of a field.
    pub(super) fn element<'n>(&'n self, structure: &Structure, field: &'n Field) -> &'n str {
        let other = self.elements.get(&(structure.name, field.name));
        other.map_or(field.element, String::as_str)
    }

    /// The element of an item of a list field.
    pub(super) fn item<'n>(
        &'n self,
        structure: &Structure,
        field: &Field,
        item: &'n Structure,
    ) -> &'n str {
        let other = self.items.get(&(structure.name, field.name));
        other.map_or(item.item.unwrap_or(item.name), String::as_str)
    }

    /// How a field that isn't set is written, if this field is an exception.
    pub(super) fn null_style(&self, structure: &Structure, field: &Field) -> Option<NullStyle> {
        self.nulls.get(&(structure.name, field.name)).copied()
    }

    /// The element around an operation's own fields.
    pub(super) fn wrapper<'n>(&'n self, wire: &Wire) -> Option<&'n str> {
        match self.wrappers.get(wire.name) {
            Some(other) => other.as_deref(),
            None => wire.wrapper,
        }
    }

    /// Whether an operation writes fields that aren't required as pairs.
    pub(super) fn updated_pairs(&self, wire: &Wire) -> bool {
        match self.styles.get(wire.name) {
            Some(style) => *style == UpdateStyle::UpdatedPairs,
            None => wire.updated_pairs,
        }
    }

    /// Where an operation's result is, if it isn't to be found by what it holds.
    pub(super) fn result_path(&self, wire: &Wire) -> Option<&[String]> {
        self.result_paths.get(wire.name).map(Vec::as_slice)
    }
}

/// The operation of this name.
fn operation_called(name: &str) -> Result<&'static Wire, String> {
    WIRES
        .iter()
        .copied()
        .find(|wire| wire.name == name)
        .ok_or_else(|| {
            let known: Vec<&str> = WIRES.iter().map(|wire| wire.name).collect();
            format!("is no operation; there are {}", known.join(", "))
        })
}

/// The field called `Type.Field`.
fn find(name: &str) -> Result<(Place, &'static Field), String> {
    let unknown = || "is no field; fields are named like `ProductsCreateRequest.Rate`".to_owned();
    let (structure, field) = name.split_once('.').ok_or_else(unknown)?;
    let structure = structures()
        .into_iter()
        .find(|known| known.name == structure)
        .ok_or_else(unknown)?;
    let field = structure.field(field).ok_or_else(unknown)?;
    Ok(((structure.name, field.name), field))
}

/// Every structure of the operations' messages.
fn structures() -> Vec<&'static Structure> {
    let messages = WIRES
        .iter()
        .flat_map(|wire| [wire.request, wire.response, wire.preamble]);
    let mut found: Vec<&Structure> = Vec::new();
    let mut open: Vec<&Structure> = messages.collect();
    while let Some(structure) = open.pop() {
        if found.iter().any(|known| known.name == structure.name) {
            continue;
        }
        found.push(structure);
        open.extend(
            structure
                .fields
                .iter()
                .filter_map(|field| match field.kind {
                    Kind::One(inner) | Kind::Wrapped(inner) => Some(inner),
                    _ => None,
                }),
        );
    }
    found
}

/// A name that an element can have.
pub(super) fn checked(name: String) -> Result<String, String> {
    let mut characters = name.chars();
    let starts = characters
        .next()
        .is_some_and(|first| first == '_' || first.is_alphabetic());
    let goes_on = characters.all(|it| matches!(it, '_' | '-' | '.') || it.is_alphanumeric());
    if starts && goes_on {
        Ok(name)
    } else {
        Err("is given a name that no element can have".to_owned())
    }
}
