//! What is required exists.

use super::index::Index;
use super::report::{Report, Rule};
use super::schemas::Role;
use super::shape::Shape;
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "required-known",
    summary: "required names properties that the object has.",
    pitfall: "the generator makes a required field of any type for a name it can't find",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        let Some(names) = schema.node.get("required").and_then(Node::as_array) else {
            continue;
        };
        // A part may require what another part of the same component defines.
        let owner = schema.owner.filter(|_| matches!(schema.role, Role::Part));
        let whole = owner.and_then(|name| {
            index
                .document
                .resolve(&format!("#/components/schemas/{name}"))
        });
        let shape = Shape::of(index.document, whole.unwrap_or(schema.node));
        for name in names {
            let text = name.as_str().unwrap_or_default();
            if !shape.properties.iter().any(|(key, _)| key.name == text) {
                report.at(
                    name.pos,
                    format!("{} requires {text}, which it doesn't have", schema.label),
                    "add the property, or remove the name",
                );
            }
        }
    }
}
