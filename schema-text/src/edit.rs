//! Changes to a tree at a JSON pointer.

use std::fmt;

use crate::node::{Key, Node, Pos, Value};
use crate::pointer;

/// What [`Node::edit`] does at a pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Adds or replaces an entry, replaces an item, or appends to a list (`/-`).
    Put(Node),
    /// Removes an entry or an item.
    Remove,
    /// Gives an entry another key, at the same position.
    Rename(String),
    /// Moves an entry or item before all others.
    First,
}

/// Why [`Node::edit`] changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEdited {
    /// The text has no `/`: it is no pointer, or points to the root.
    NoPointer,
    /// There is nothing at the pointer, or this edit doesn't fit there.
    NotFound,
}

impl fmt::Display for NotEdited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPointer => "is no JSON pointer",
            Self::NotFound => "isn't there",
        })
    }
}

impl std::error::Error for NotEdited {}

impl Node {
    /// The node a JSON pointer leads to, to be changed in place.
    pub fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Node> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        pointer::keys(pointer).try_fold(self, |node, key| match &mut node.value {
            Value::Object(entries) => entries
                .iter_mut()
                .find(|(name, _)| name.name == key)
                .map(|(_, value)| value),
            Value::Array(items) => items.get_mut(pointer::index(&key)?),
            _ => None,
        })
    }

    /// Changes the entry or item that a JSON pointer leads to. A new entry stands on line 1.
    ///
    /// # Errors
    /// When nothing is there, or the edit doesn't fit. Then nothing was changed.
    ///
    /// ```
    /// use api_schema_text::{Edit, Source, json};
    ///
    /// let text = r#"{"type": "string", "maxLength": 5}"#.to_owned();
    /// let mut root = json(&Source { path: "a.json".to_owned(), text }).unwrap().root().clone();
    /// root.edit("/maxLength", Edit::Remove).unwrap();
    /// root.edit("/type", Edit::Rename("format".to_owned())).unwrap();
    /// assert_eq!(root.to_json(), "{\n  \"format\": \"string\"\n}\n");
    /// assert!(root.edit("/items/type", Edit::Remove).is_err());
    /// ```
    pub fn edit(&mut self, pointer: &str, edit: Edit) -> Result<(), NotEdited> {
        let (parent, key) = pointer::split(pointer).ok_or(NotEdited::NoPointer)?;
        let parent = self.pointer_mut(parent).ok_or(NotEdited::NotFound)?;
        let edited = match &mut parent.value {
            Value::Object(entries) => edit_object(entries, &key, edit),
            Value::Array(items) => edit_list(items, &key, edit),
            _ => None,
        };
        edited.ok_or(NotEdited::NotFound)
    }
}

fn edit_object(entries: &mut Vec<(Key, Node)>, key: &str, edit: Edit) -> Option<()> {
    let at = entries.iter().position(|(name, _)| name.name == key);
    match (edit, at) {
        (Edit::Put(value), Some(at)) => entries[at].1 = value,
        (Edit::Put(value), None) => {
            let pos = Pos {
                file: 0,
                line: 1,
                column: 1,
            };
            let name = key.to_owned();
            entries.push((Key { name, pos }, value));
        }
        (Edit::Remove, Some(at)) => drop(entries.remove(at)),
        (Edit::Rename(name), Some(at)) => entries[at].0.name = name,
        (Edit::First, Some(at)) => entries[..=at].rotate_right(1),
        (_, None) => return None,
    }
    Some(())
}

fn edit_list(items: &mut Vec<Node>, key: &str, edit: Edit) -> Option<()> {
    let at = pointer::index(key).filter(|at| *at < items.len());
    match (edit, at) {
        (Edit::Put(value), Some(at)) => items[at] = value,
        (Edit::Put(value), None) if key == "-" => items.push(value),
        (Edit::Remove, Some(at)) => drop(items.remove(at)),
        (Edit::First, Some(at)) => items[..=at].rotate_right(1),
        _ => return None,
    }
    Some(())
}
