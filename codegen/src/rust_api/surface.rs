//! What users of the crate can name: the public items that the schema makes, with their types.
//!
//! It is read from the generated text, so that it holds what is compiled and not what the
//! emitters mean to write. Documentation is left out, and so is whatever no user's code can depend on.

use std::collections::BTreeMap;
use std::fmt;

/// The public items by path, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    items: BTreeMap<String, Item>,
}

/// One item, or one part of an item: a field, a variant, a method, a trait that it implements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The item that it is a part of.
    pub owner: Option<String>,
    /// Whether it needs the feature `unverified`, and so is outside semver.
    pub unverified: bool,
    /// Whether it is marked as deprecated.
    pub deprecated: bool,
    /// What it is.
    pub shape: Shape,
    /// The part of the schema that it is made of.
    pub origin: Origin,
    /// What each parameter of a function is made of.
    pub arguments: Vec<Origin>,
}

/// What an item is, with everything in it that users' code can depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A module.
    Module,
    /// A struct; one that isn't `open` can be built and taken apart by anybody.
    Struct {
        /// Whether it is `#[non_exhaustive]`.
        open: bool,
        /// Whether it has private fields, so that users can't build it either.
        private: bool,
    },
    /// An enum.
    Enum {
        /// Whether it is `#[non_exhaustive]`.
        open: bool,
    },
    /// A public field.
    Field {
        /// Its type.
        ty: String,
    },
    /// A variant of an enum.
    Variant {
        /// What it holds.
        holds: Option<String>,
        /// The text that it is on the wire.
        sent: Option<String>,
    },
    /// A function or method.
    Function {
        /// `self`, `&self` or nothing.
        receiver: &'static str,
        /// Name and type of each parameter.
        parameters: Vec<(String, String)>,
        /// What it returns.
        output: String,
    },
    /// A constant.
    Constant {
        /// Its type.
        ty: String,
        /// Its value.
        value: String,
    },
    /// A trait that the owner implements.
    Trait {
        /// Associated types: `Output = Page<Bill>`.
        types: String,
        /// What its constants and methods answer, which no code needs to compile.
        says: String,
    },
    /// One column of an operation's row in the operation table.
    Fact {
        /// The value.
        value: String,
    },
}

/// A part of the schema in the schema's own names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The operation with this id.
    Operation(String),
    /// A parameter of an operation, by the name that is sent.
    Parameter(String, String),
    /// The body of an operation.
    Body(String),
    /// The component or definition of this name.
    Schema(String),
    /// A property of a component or definition, by the name that is sent.
    Property(String, String),
    /// What a patch of a record reaches by this path.
    PatchPath(String, String),
    /// The typed id or the list of known values of this name.
    Mark(String),
    /// One value of a list of known values.
    Value(String, String),
    /// The resource with this tag.
    Tag(String),
    /// The whole.
    Whole,
}

impl Surface {
    /// The items in the order of their paths.
    pub fn items(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.items.iter().map(|(path, item)| (path.as_str(), item))
    }

    /// The item at a path.
    pub fn get(&self, path: &str) -> Option<&Item> {
        self.items.get(path)
    }

    /// Adds an item. What is there already stays: a trait may be declared and derived.
    pub(super) fn add(&mut self, path: String, item: Item) {
        self.items.entry(path).or_insert(item);
    }

    /// The item at a path and its parts, to mend them.
    pub(super) fn with_parts(&mut self, path: &str) -> impl Iterator<Item = &mut Item> {
        let items = self.items.iter_mut();
        let those = items
            .filter(move |(at, item)| at.as_str() == path || item.owner.as_deref() == Some(path));
        those.map(|(_, item)| item)
    }

    /// The item at a path, to mend it.
    pub(super) fn get_mut(&mut self, path: &str) -> Option<&mut Item> {
        self.items.get_mut(path)
    }
}

impl Item {
    /// The item as it would be declared.
    pub fn signature(&self, path: &str) -> String {
        let name = path.rsplit(['.', ':', ' ']).next().unwrap_or(path);
        match &self.shape {
            Shape::Module => format!("pub mod {name}"),
            Shape::Struct { open, private } => {
                let fields = if *private { " { .. }" } else { "" };
                format!("{}pub struct {name}{fields}", attribute(*open))
            }
            Shape::Enum { open } => format!("{}pub enum {name}", attribute(*open)),
            Shape::Field { ty } => format!("pub {name}: {ty}"),
            Shape::Variant { holds, sent } => {
                let holds = holds.as_ref().map(|ty| format!("({ty})"));
                let sent = sent.as_ref().map(|text| format!(" = {text:?}"));
                format!(
                    "{name}{}{}",
                    holds.unwrap_or_default(),
                    sent.unwrap_or_default()
                )
            }
            Shape::Function {
                receiver,
                parameters,
                output,
            } => {
                let receiver = Some((*receiver).to_owned()).filter(|it| !it.is_empty());
                let parameters = parameters.iter().map(|(name, ty)| format!("{name}: {ty}"));
                let all: Vec<String> = receiver.into_iter().chain(parameters).collect();
                format!("pub fn {name}({}) -> {output}", all.join(", "))
            }
            Shape::Constant { ty, value } => format!("pub const {name}: {ty} = {value}"),
            Shape::Trait { types, says } => {
                let owner = self.owner.as_deref().unwrap_or_default();
                let owner = owner.rsplit(':').next().unwrap_or_default();
                let inside: Vec<&str> = [types, says]
                    .into_iter()
                    .map(String::as_str)
                    .filter(|text| !text.is_empty())
                    .collect();
                let name = path.rsplit(": ").next().unwrap_or(name);
                if inside.is_empty() {
                    format!("impl {name} for {owner}")
                } else {
                    format!("impl {name} for {owner} {{ {} }}", inside.join("; "))
                }
            }
            Shape::Fact { value } => format!("{name}: {value}"),
        }
    }
}

fn attribute(open: bool) -> &'static str {
    if open { "#[non_exhaustive] " } else { "" }
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, item) in &self.items {
            let gate = if item.unverified { " (unverified)" } else { "" };
            writeln!(f, "{path}{gate} | {}", item.signature(path))?;
        }
        Ok(())
    }
}
