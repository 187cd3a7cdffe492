//! Whether two nodes are written the same, and which references they have.

use super::At;
use crate::vocabulary::Vocabulary;
use api_schema_text::{Node, Value};

/// Keywords whose lists are sets.
const SETS: &[&str] = &["required", "enum", "type", "tags"];

/// Keywords whose value is data, so that a `$ref` in it is none.
const DATA: &[&str] = &["example", "examples", "default", "enum", "const"];

/// Keywords whose value maps names to schemas, so that its keys are no keywords.
const MAPS: &[&str] = &["properties", "patternProperties", "headers"];

/// Whether both are written the same, apart from the order of keys and sets.
pub(crate) fn same(old: &Node, new: &Node) -> bool {
    same_under("", old, new)
}

fn same_under(key: &str, old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().enumerate().all(|(index, (key, node))| {
                    // Mostly the order is the same as well.
                    let partner = match b.get(index) {
                        Some((other, partner)) if other.name == key.name => Some(partner),
                        _ => new.get(&key.name),
                    };
                    partner.is_some_and(|partner| same_under(&key.name, node, partner))
                })
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len()
                && (a.iter().zip(b).all(|(old, new)| same_under("", old, new))
                    || SETS.contains(&key) && same_set(a, b))
        }
        (a, b) => a == b,
    }
}

fn same_set(a: &[Node], b: &[Node]) -> bool {
    let sorted = |items: &[Node]| {
        let mut texts: Vec<String> = items.iter().map(super::text::canonical).collect();
        texts.sort_unstable();
        texts
    };
    sorted(a) == sorted(b)
}

/// A reference, and what is known about the direction in which it is followed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: At<'a>,
    /// It is a property that the service alone sends.
    pub(crate) read_only: bool,
    /// It is a property that callers alone send.
    pub(crate) write_only: bool,
}

/// The references of a tree, at most once for each text and direction.
pub(crate) fn references<'a>(at: At<'a>, vocabulary: &dyn Vocabulary) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    let flags = (false, false);
    collect(at, false, flags, vocabulary, &mut found);
    found.sort_by_key(|reference| (reference.text, reference.read_only, reference.write_only));
    found.dedup_by_key(|reference| (reference.text, reference.read_only, reference.write_only));
    found
}

/// The schemas of a tree that are a union of one by reference, in order of their text.
pub(crate) fn reference_unions(at: At<'_>) -> Vec<At<'_>> {
    let mut found = Vec::new();
    reference_unions_in(at, &mut found);
    if found.len() > 1 {
        found.sort_by_cached_key(|choice: &At<'_>| super::text::canonical(choice.node));
    }
    found
}

fn reference_unions_in<'a>(at: At<'a>, found: &mut Vec<At<'a>>) {
    match &at.node.value {
        Value::Object(entries) => {
            let variants = at
                .node
                .get("oneOf")
                .and_then(Node::as_array)
                .unwrap_or_default();
            if variants.len() > 1 && variants.iter().any(|it| it.get("$ref").is_some()) {
                found.push(at);
            }
            for (key, node) in entries {
                if !DATA.contains(&key.name.as_str()) {
                    reference_unions_in(at.with(node), found);
                }
            }
        }
        Value::Array(items) => {
            for node in items {
                reference_unions_in(at.with(node), found);
            }
        }
        _ => {}
    }
}

fn collect<'a>(
    at: At<'a>,
    is_map: bool,
    flags: (bool, bool),
    vocabulary: &dyn Vocabulary,
    found: &mut Vec<Reference<'a>>,
) {
    match &at.node.value {
        Value::Object(entries) => {
            for (key, node) in entries {
                let child = at.with(node);
                match node.as_str() {
                    Some(text)
                        if !is_map
                            && (key.name == "$ref"
                                || key.name.starts_with("x-")
                                    && vocabulary.is_reference(&key.name)) =>
                    {
                        found.push(Reference {
                            text,
                            at,
                            read_only: flags.0,
                            write_only: flags.1,
                        });
                    }
                    Some(_) => {}
                    None if !is_map && DATA.contains(&key.name.as_str()) => {}
                    None => {
                        let inner = if is_map {
                            let flag = |key| child.flag(key) == Some(true);
                            (flags.0 || flag("readOnly"), flags.1 || flag("writeOnly"))
                        } else {
                            flags
                        };
                        let names = !is_map && MAPS.contains(&key.name.as_str());
                        collect(child, names, inner, vocabulary, found);
                    }
                }
            }
        }
        Value::Array(items) => {
            for node in items {
                collect(at.with(node), false, flags, vocabulary, found);
            }
        }
        _ => {}
    }
}

/// How many entries the upper levels of a node have: what is quickly compared.
pub(crate) fn size(node: &Node, depth: usize) -> usize {
    if depth == 0 {
        return 1;
    }
    match &node.value {
        Value::Object(entries) => entries.iter().map(|(_, it)| size(it, depth - 1) + 1).sum(),
        Value::Array(items) => items.iter().map(|it| size(it, depth - 1) + 1).sum(),
        _ => 1,
    }
}

/// Whether both are written the same when references to the schema of the old name mean the new one,
/// and apart from words.
pub(crate) fn same_but_for(old: &Node, new: &Node, name: &str, new_name: &str) -> bool {
    let refers = |text: &str, name: &str| text.rsplit('/').next() == Some(name);
    match (&old.value, &new.value) {
        (Value::Object(a), Value::Object(_)) => {
            a.len() == new.entries().len()
                && a.iter().all(|(key, node)| {
                    let Some(partner) = new.get(&key.name) else {
                        return false;
                    };
                    match (key.name.as_str(), node.as_str(), partner.as_str()) {
                        ("$ref", Some(was), Some(is)) => {
                            was == is || refers(was, name) && refers(is, new_name)
                        }
                        ("title" | "description", Some(_), Some(_)) => true,
                        _ => same_but_for(node, partner, name, new_name),
                    }
                })
        }
        (Value::Array(a), Value::Array(b)) => {
            let mut both = a.iter().zip(b);
            a.len() == b.len() && both.all(|(a, b)| same_but_for(a, b, name, new_name))
        }
        (a, b) => a == b,
    }
}
