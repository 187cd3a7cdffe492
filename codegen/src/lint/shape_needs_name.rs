//! Shapes have names.

use super::index::Index;
use super::report::{Report, Rule};
use super::schemas::Role;
use super::shape::{component, reference};
use super::vocabulary::schema::RECORD_ENVELOPE;
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "shape-needs-name",
    summary: "Bodies and replies refer to component schemas, objects inside records too, and allOf is used for a \
              component made of parts or for one nullable reference.",
    pitfall: "unnamed objects get made-up names such as CustomerCreateBillingAddress, once for each place",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        if let Some((key, body)) = operation.node.entry("requestBody")
            && reference(body).is_some()
        {
            report.at(
                key.pos,
                format!("the request body of {} is a reference", operation.name),
                "write it here; what it shares with others is the schema inside",
            );
        }
        // refs-resolve and no-external-ref speak about references that lead elsewhere.
        if let Some(schema) = operation.body_schema()
            && reference(schema).is_none()
        {
            report.at(
                schema.pos,
                format!("the request body of {} has no name", operation.name),
                "move its schema to components and refer to it",
            );
        }
        if let Some((_, schema)) = operation.reply()
            && reference(schema).is_none()
            && !is_enveloped(schema)
        {
            report.at(
                schema.pos,
                format!("the reply of {} has no name", operation.name),
                "move its schema to components and refer to it",
            );
        }
    }
    for schema in &index.schemas {
        let is_inner = matches!(schema.role, Role::Property(_) | Role::Items);
        if is_inner && schema.node.get("properties").is_some() {
            report.at(
                schema.pos,
                format!("{} is an object without a name", schema.label),
                "move it to components and refer to it",
            );
        }
        let Some(parts) = schema.node.get("allOf").and_then(Node::as_array) else {
            continue;
        };
        let (message, help) = match (schema.role, parts) {
            (Role::Component | Role::Reply, _) => continue,
            (_, [part]) if component(part).is_some() => continue,
            (_, []) => ("has an empty allOf", "refer to the schema that it is"),
            _ => (
                "is made of parts in place",
                "make it a component, and refer to it with one $ref in allOf",
            ),
        };
        report.at(
            schema.pos_of("allOf"),
            format!("{} {message}", schema.label),
            help,
        );
    }
}

/// `allOf` of the record envelope and a record; get-shape looks at it closely.
fn is_enveloped(schema: &Node) -> bool {
    let mut parts = schema.get("allOf").into_iter().flat_map(Node::items);
    parts.any(|part| component(part) == Some(RECORD_ENVELOPE))
}
