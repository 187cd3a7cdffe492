//! Sets of JSON types.

use std::ops::{BitAnd, BitOr, Not};

use api_schema_text::{Node, Value};

/// A set of JSON types. Whole numbers and those with a fraction are distinct, so that `integer` is
/// a part of `number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Types(u8);

impl Types {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(4);
    pub(crate) const FRACTION: Self = Self(8);
    pub(crate) const NUMBER: Self = Self(12);
    pub(crate) const STRING: Self = Self(16);
    pub(crate) const ARRAY: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ALL: Self = Self(127);
    /// One by one, as instances have them.
    pub(crate) const EACH: [Self; 7] = [
        Self::NULL,
        Self::BOOLEAN,
        Self::INTEGER,
        Self::FRACTION,
        Self::STRING,
        Self::ARRAY,
        Self::OBJECT,
    ];

    /// The type of this name; nothing for a name that JSON Schema doesn't have.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => return None,
        })
    }

    /// The types that a `type` keyword lists.
    pub(crate) fn listed(node: &Node) -> Self {
        let one = |node: &Node| {
            let name = node.as_str();
            name.and_then(Self::named).unwrap_or(Self::NONE)
        };
        match &node.value {
            Value::Array(items) => items.iter().map(one).fold(Self::NONE, BitOr::bitor),
            _ => match node.as_str() {
                // What Swagger 2 called a file.
                Some("file") => Self::STRING,
                _ => one(node),
            },
        }
    }

    /// The type of a value.
    pub(crate) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(digits) => match super::number::Number::read(digits) {
                Some(number) if number.is_whole() => Self::INTEGER,
                _ => Self::FRACTION,
            },
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// As a number, for keys.
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    pub(crate) fn contains(self, other: Self) -> bool {
        self & other == other
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self & other != Self::NONE
    }

    /// `string or null`, for messages.
    pub(crate) fn words(self) -> String {
        let mut names = Vec::new();
        for (set, name) in [
            (Self::BOOLEAN, "boolean"),
            (Self::STRING, "string"),
            (Self::ARRAY, "array"),
            (Self::OBJECT, "object"),
            (Self::NULL, "null"),
        ] {
            if self.contains(set) {
                names.push(name);
            }
        }
        if self.contains(Self::FRACTION) {
            names.insert(0, "number");
        } else if self.contains(Self::INTEGER) {
            names.insert(0, "integer");
        }
        match names.as_slice() {
            [] => "nothing".to_owned(),
            _ if self == Self::ALL => "any type".to_owned(),
            _ if self == Self::ALL & !Self::NULL => "any type but null".to_owned(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} or {last}", first.join(", ")),
        }
    }
}

impl BitAnd for Types {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Not for Types {
    type Output = Self;

    fn not(self) -> Self {
        Self(!self.0 & Self::ALL.0)
    }
}
