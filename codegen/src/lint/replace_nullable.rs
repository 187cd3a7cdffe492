//! What is read can be written back.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::{Shape, component, is_true};

pub(super) const RULE: Rule = Rule {
    id: "replace-nullable",
    summary: "The properties of a body that replaces a record are nullable unless they are required.",
    pitfall: "a record is read, edited and written back, and its nulls must be sent as they came",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        if operation.verb() != Some("replace") {
            continue;
        }
        let Some(name) = operation.body_schema().and_then(component) else {
            continue;
        };
        let Some(body) = index
            .document
            .resolve(&format!("#/components/schemas/{name}"))
        else {
            continue;
        };
        let shape = Shape::of(index.document, body);
        for (key, property) in &shape.properties {
            if !shape.requires(&key.name) && !is_true(property, "nullable") {
                report.at(
                    key.pos,
                    format!(
                        "{name}.{} is sent back by {}, but isn't nullable",
                        key.name, operation.name
                    ),
                    "add nullable: true; a bare reference goes into allOf for that",
                );
            }
        }
    }
}
