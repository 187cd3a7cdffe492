//! Where the parts of the schema stand: turns a fault into a diagnostic with file and line.
//!
//! Only a failed generation looks anything up, so the document is walked instead of indexed.

use heck::ToUpperCamelCase;

use crate::annotation;
use crate::fault::{Fault, Subject};
use crate::load::{Document, Node, Pos};
use crate::lower::WRITE_ONLY;
use api_schema_text::Diagnostic;

/// The diagnostic for `fault`, about the schema that `documents` hold. What isn't found there is said
/// of the first line of `file`.
pub(super) fn diagnose(fault: &Fault, documents: &[&Document], file: &str) -> Diagnostic {
    let find = |subject: &Subject| {
        documents.iter().find_map(|document| {
            let pos = position(document.root(), subject)?;
            Some((document.file(pos).to_owned(), pos.line))
        })
    };
    let mut message = fault.to_string();
    if let Some((file, line)) = fault.other.as_deref().and_then(find) {
        message = format!("{message} ({file}:{line})");
    }
    let (file, line) = find(&fault.subject).unwrap_or((file.to_owned(), 1));
    Diagnostic {
        file,
        line,
        rule: "generate",
        message,
        help: fault.help.to_owned(),
    }
}

fn position(root: &Node, subject: &Subject) -> Option<Pos> {
    match subject {
        Subject::Operation(id) => operation(root, id),
        Subject::Schema(name) => schema(root, name)
            .map(|(pos, _)| pos)
            .or_else(|| inline(root, name)),
        Subject::Property(name, key) => {
            let (pos, node) = schema(root, name)?;
            Some(property(node, key).unwrap_or(pos))
        }
        Subject::Path(path) => Some(root.get("paths")?.entry(path)?.0.pos),
        Subject::Tag(name) => {
            let mut tags = root.get("tags")?.items();
            let tag = tags.find(|tag| tag.get("name").and_then(Node::as_str) == Some(name))?;
            Some(tag.pos)
        }
        Subject::Mark(name) => mark(root, name),
        Subject::Whole | Subject::Generator => None,
    }
}

fn operation(root: &Node, id: &str) -> Option<Pos> {
    let items = root.get("paths")?.entries().map(|(_, item)| item);
    items.flat_map(Node::entries).find_map(|(_, operation)| {
        let (key, value) = operation.entry("operationId")?;
        (value.as_str() == Some(id)).then_some(key.pos)
    })
}

/// A component of the bundle, or a definition of a legacy schema.
fn schema<'n>(root: &'n Node, name: &str) -> Option<(Pos, &'n Node)> {
    let schemas = schemas(root)?;
    let (key, node) = schemas
        .entry(name)
        .or_else(|| schemas.entry(name.strip_suffix(WRITE_ONLY)?))?;
    Some((key.pos, node))
}

fn schemas(root: &Node) -> Option<&Node> {
    root.pointer("/components/schemas")
        .or_else(|| root.get("definitions"))
}

/// What a generator named itself: the type of an unnamed schema has the names of the places around it
/// in front, such as `BillStatus` for the status of a bill.
fn inline(root: &Node, name: &str) -> Option<Pos> {
    let rest_of = |outer: &str| name.strip_prefix(&outer.to_upper_camel_case());
    let schemas = schemas(root).into_iter().flat_map(Node::entries);
    let around = schemas
        .filter(|(key, _)| !key.name.is_empty() && rest_of(&key.name).is_some())
        .max_by_key(|(key, _)| key.name.len());
    if let Some((key, node)) = around {
        let rest = rest_of(&key.name)?;
        let properties = node.get("properties").into_iter().flat_map(Node::entries);
        let inside = properties
            .filter(|(key, _)| rest.starts_with(&key.name.to_upper_camel_case()))
            .max_by_key(|(key, _)| key.name.len());
        return Some(inside.map_or(key.pos, |(key, _)| key.pos));
    }
    let items = root.get("paths")?.entries().map(|(_, item)| item);
    let mut operations = items.flat_map(Node::entries);
    operations.find_map(|(_, operation)| {
        let (key, value) = operation.entry("operationId")?;
        rest_of(value.as_str()?).map(|_| key.pos)
    })
}

/// A property of the schema itself or of one of its parts.
fn property(schema: &Node, name: &str) -> Option<Pos> {
    let own = schema.get("properties").and_then(|all| all.entry(name));
    if let Some((key, _)) = own {
        return Some(key.pos);
    }
    let mut parts = schema.get("allOf")?.items();
    parts.find_map(|part| property(part, name))
}

/// The first place that is marked with this id or list of values.
fn mark(node: &Node, name: &str) -> Option<Pos> {
    let own = node.entries().find(|(key, value)| {
        [annotation::ID, annotation::ENUM].contains(&key.name.as_str())
            && value.as_str() == Some(name)
    });
    if let Some((key, _)) = own {
        return Some(key.pos);
    }
    let mut entries = node.entries().map(|(_, value)| value).chain(node.items());
    entries.find_map(|child| mark(child, name))
}
