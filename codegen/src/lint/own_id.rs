//! A record knows its own id.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::{Shape, is_true, kind};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "own-id",
    summary: "A record has at most one own id: an int32 with x-revio-id, not nullable, and required by the record \
              or by every record that is built on it.",
    pitfall: "an id that may be missing can't be used to read, change or link the record",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        if !is_true(schema.node, "x-revio-own-id") {
            continue;
        }
        let label = &schema.label;
        let pos = schema.pos;
        let format = schema.node.get("format").and_then(Node::as_str);
        if kind(schema.node) != Some("integer") || format != Some("int32") {
            report.at(
                pos,
                format!("the own id {label} isn't an int32"),
                "write type: integer and format: int32",
            );
        }
        if is_true(schema.node, "nullable") {
            report.at(
                schema.pos_of("nullable"),
                format!("the own id {label} is nullable"),
                "remove nullable; where the id may be missing, leave it out of required",
            );
        }
        if schema.node.get("x-revio-id").is_none() {
            report.at(
                pos,
                format!("the own id {label} has no type"),
                "add x-revio-id, such as BillId",
            );
        }
    }
    for (name, node) in index.components() {
        let shape = Shape::of(index.document, node);
        let mut own = shape
            .properties
            .iter()
            .filter(|(_, property)| is_true(property, "x-revio-own-id"));
        let Some((id, _)) = own.next() else { continue };
        for (other, _) in own {
            report.at(
                other.pos,
                format!(
                    "{} has a second own id {} beside {}",
                    name.name, other.name, id.name
                ),
                "mark only the one that its path takes",
            );
        }
        if !shape.requires(&id.name) && !is_base(index, &name.name, &id.name) {
            report.at(
                id.pos,
                format!("{} doesn't require its own id {}", name.name, id.name),
                format!("add required: [{}]", id.name),
            );
        }
    }
}

/// Whether another record is built on this one and requires the id.
fn is_base(index: &Index<'_>, name: &str, id: &str) -> bool {
    let target = format!("#/components/schemas/{name}");
    index.components().any(|(_, other)| {
        let parts = other.get("allOf").into_iter().flat_map(Node::items);
        let mut references = parts.filter_map(super::shape::reference);
        references.any(|reference| reference == target)
            && Shape::of(index.document, other).requires(id)
    })
}
