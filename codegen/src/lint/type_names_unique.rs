//! Every Rust type has its own name.

use std::collections::HashMap;

use super::index::Index;
use super::names::camel;
use super::report::{Report, Rule};
use super::shape::{Shape, component, is_true};
use super::vocabulary::schema::{ACKNOWLEDGED, CREATED, JSON_PATCH};
use crate::load::{Node, Pos};

pub(super) const RULE: Rule = Rule {
    id: "type-names-unique",
    summary: "Schemas, lists of values, ids, requests and handles have different names in Rust, and none has \
              one of the runtime's.",
    pitfall: "two types of one name do not compile, and a replacement by name would hit the wrong one",
    check,
};

/// Names that generated modules use without a path, and names that callers import from the crate.
/// (The trait Request isn't among them: generated code says its path, and a resource has records of
/// that name.)
const RUNTIME: &[&str] = &[
    "Acknowledged",
    "Answer",
    "Box",
    "Client",
    "Clone",
    "Created",
    "Debug",
    "Default",
    "Deserialize",
    "Effect",
    "Err",
    "Error",
    "Evidence",
    "Field",
    "FileBody",
    "From",
    "Future",
    "Into",
    "Json",
    "Method",
    "Money",
    "None",
    "Nullable",
    "Ok",
    "Operation",
    "Option",
    "Options",
    "Page",
    "Paging",
    "Parts",
    "Patch",
    "Quantity",
    "Reply",
    "Result",
    "RevioDate",
    "RevioDateTime",
    "Send",
    "Serialize",
    "Some",
    "String",
    "Sync",
    "TextOrNumber",
    "Transport",
    "Vec",
];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let mut names = Names::default();
    for (key, node) in index.components() {
        names.take(
            camel(&key.name),
            format!("the schema {}", key.name),
            key.pos,
        );
        let properties = Shape::of(index.document, node).properties;
        if properties.iter().any(|(_, it)| is_true(it, "writeOnly")) {
            let what = format!("the write-only part of {}", key.name);
            names.take(format!("{}WriteOnly", key.name), what, key.pos);
        }
    }
    for (mark, what) in [
        ("x-revio-enum", "the list of values"),
        ("x-revio-id", "the id"),
    ] {
        for (name, pos) in marks(index, mark) {
            names.take(camel(name), format!("{what} {name}"), pos);
        }
    }
    for operation in &index.operations {
        let pos = operation.pos_of("operationId");
        if let Some(id) = operation.id() {
            names.take(camel(id), format!("the request of {id}"), pos);
        }
        if let Some(id) = operation.text("x-revio-id") {
            names.take(
                format!("Created{id}"),
                format!("the reply with a new {id}"),
                pos,
            );
        }
        let body = operation.body_schema().and_then(component);
        if let (Some(JSON_PATCH), Some(record)) = (body, operation.text("x-revio-record")) {
            names.take(
                format!("{record}Patch"),
                format!("the patch of {record}"),
                pos,
            );
        }
    }
    let tags = index.document.root().get("tags");
    for tag in tags.into_iter().flat_map(Node::items) {
        if let Some(name) = tag.get("name").and_then(Node::as_str) {
            names.take(camel(name), format!("the handle of {name}"), tag.pos);
        }
    }
    names.report(report);
}

/// The type names in use: what each stands for and where that was first met.
#[derive(Default)]
struct Names(HashMap<String, Vec<(String, Pos)>>);

impl Names {
    fn take(&mut self, rust: String, what: String, pos: Pos) {
        let uses = self.0.entry(rust).or_default();
        // The same id or list in another place is the same type.
        if uses.iter().all(|(other, _)| *other != what) {
            uses.push((what, pos));
        }
    }

    fn report(self, report: &mut Report<'_>) {
        for (rust, uses) in self.0 {
            let Some(((first, first_pos), others)) = uses.split_first() else {
                continue;
            };
            // The runtime's types of these two names stand for the schemas.
            let is_replaced = rust == CREATED || rust == ACKNOWLEDGED;
            if RUNTIME.contains(&rust.as_str()) && !is_replaced {
                report.at(
                    *first_pos,
                    format!("{first} has the name of the runtime's {rust}"),
                    "choose another name",
                );
            }
            for (what, pos) in others {
                report.at(
                    *pos,
                    format!(
                        "{what} and {first} ({}) are both {rust} in Rust",
                        report.place(*first_pos)
                    ),
                    "rename one of them",
                );
            }
        }
    }
}

/// The values of an extension with their places, on schemas, parameters and operations.
fn marks<'d>(index: &Index<'d>, key: &str) -> Vec<(&'d str, Pos)> {
    let schemas = index.schemas.iter().map(|it| it.node);
    let parameters = index.parameters.iter().map(|it| it.node);
    let operations = index.operations.iter().map(|it| it.node);
    schemas
        .chain(parameters)
        .chain(operations)
        .filter_map(|node| node.entry(key))
        .filter_map(|(key, value)| Some((value.as_str()?, key.pos)))
        .collect()
}
