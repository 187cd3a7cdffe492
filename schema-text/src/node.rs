//! The tree that both readers build: a JSON value in which every node and key knows its place.

use crate::{pointer, write};

/// Where something stands in the text it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pos {
    /// Index of the file in the document's list of files.
    pub file: u32,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

/// A value and its place.
///
/// ```
/// use api_schema_text::{Source, yaml};
///
/// let text = "paths:\n  /Bills:\n    get: {tags: [bills], limit: 500}\n".to_owned();
/// let document = yaml(&Source { path: "a.yaml".to_owned(), text }).unwrap();
/// let get = document.root().pointer("/paths/~1Bills/get").unwrap();
/// assert_eq!((get.pos.line, get.pos.column), (3, 10));
/// assert_eq!(get.get("limit").unwrap().as_i64(), Some(500));
/// assert_eq!(get.get("tags").unwrap().items().len(), 1);
/// let names: Vec<_> = get.entries().map(|(key, _)| key.name.as_str()).collect();
/// assert_eq!(names, ["tags", "limit"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where the value starts. For an indented YAML mapping that is its first key.
    pub pos: Pos,
}

/// A JSON value. Objects keep the order of their keys and numbers the digits as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written; always a valid JSON number.
    Number(String),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Node>),
    /// Keys with their values; no key occurs twice.
    Object(Vec<(Key, Node)>),
}

impl Value {
    /// The kind of value as a phrase for messages: `a string`, `an object`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

/// The key of an object entry and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The text of the key.
    pub name: String,
    /// Where the key starts.
    pub pos: Pos,
}

impl Node {
    /// The value under `key`, when this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The key and value under `key`, when this is an object that has it.
    pub fn entry(&self, key: &str) -> Option<(&Key, &Node)> {
        self.entries().find(|(name, _)| name.name == key)
    }

    /// The node a JSON pointer leads to: `/paths/~1Customers/get`. The empty pointer is this node.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        pointer::keys(pointer).try_fold(self, |node, key| match &node.value {
            Value::Object(_) => node.get(&key),
            Value::Array(items) => items.get(pointer::index(&key)?),
            _ => None,
        })
    }

    /// The text, when this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, when this is a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, when this is a whole number (written without fraction and exponent) that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.value {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The items, when this is a list.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The entries in the order written, when this is an object.
    pub fn as_object(&self) -> Option<&[(Key, Node)]> {
        match &self.value {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items of a list; nothing for any other value.
    pub fn items(&self) -> std::slice::Iter<'_, Node> {
        self.as_array().unwrap_or_default().iter()
    }

    /// The entries of an object in the order written; nothing for any other value.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (&Key, &Node)> + ExactSizeIterator {
        self.as_object()
            .unwrap_or_default()
            .iter()
            .map(|(key, value)| (key, value))
    }

    /// The tree as JSON: indented by two spaces, keys and digits as they were written, and a line
    /// end at the end.
    pub fn to_json(&self) -> String {
        write::to_json(self)
    }
}
