//! Changes to a tree, for tests that try what happens when a schema is almost right.

use std::path::Path;

use revio_codegen::load::{self, Document, Node, Value};

/// The clean schema of the rules' cases.
pub(crate) fn base() -> Document {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint");
    let mut all = load::read_dir(&cases, "base", "yaml").expect("the base can be read");
    load::bundle(&all.remove(0), &all).expect("the base is sound")
}

/// A change to the entry of an object or the item of a list.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Remove,
    Duplicate,
    Put(Value),
    /// Gives an entry another key.
    Rename(String),
}

/// How many nodes there are.
pub(crate) fn count(node: &Node) -> usize {
    let items: usize = node.items().map(count).sum();
    let entries: usize = node.entries().map(|(_, value)| count(value)).sum();
    1 + items + entries
}

/// Changes the entry or item with this number in document order; the root has none.
pub(crate) fn apply(root: &mut Node, at: usize, change: &Change) {
    below(root, &mut { at }, change);
}

fn below(node: &mut Node, left: &mut usize, change: &Change) -> bool {
    let children = node.items().len() + node.entries().len();
    for at in 0..children {
        if *left == 0 {
            match &mut node.value {
                Value::Array(items) => in_list(items, at, change),
                Value::Object(entries) => match change {
                    Change::Remove => drop(entries.remove(at)),
                    Change::Duplicate => entries.insert(at, entries[at].clone()),
                    Change::Put(value) => entries[at].1.value = value.clone(),
                    Change::Rename(name) => entries[at].0.name.clone_from(name),
                },
                _ => {}
            }
            return true;
        }
        *left -= 1;
        let child = match &mut node.value {
            Value::Array(items) => items.get_mut(at),
            Value::Object(entries) => entries.get_mut(at).map(|(_, value)| value),
            _ => None,
        };
        if child.is_some_and(|child| below(child, left, change)) {
            return true;
        }
    }
    false
}

fn in_list(items: &mut Vec<Node>, at: usize, change: &Change) {
    match change {
        Change::Remove => drop(items.remove(at)),
        Change::Duplicate => items.insert(at, items[at].clone()),
        Change::Put(value) => items[at].value = value.clone(),
        Change::Rename(_) => {}
    }
}
