//! Responses may leave out almost anything.

use super::index::Index;
use super::report::{Report, Rule};
use super::schemas::Site;
use super::shape::{Shape, component, is_page, is_true};
use super::vocabulary::schema::CREATED;
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "record-optional",
    summary: "In responses only the own id of a record and the records of a page are required, and every other \
              property is nullable.",
    pitfall: "one record without a required field, or with null in a list, fails the whole page",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in index.schemas.iter().filter(|it| it.in_reply) {
        required(index, schema, report);
        let Some(key) = schema.property() else {
            continue;
        };
        let node = schema.node;
        let is_own_id = is_true(node, "x-revio-own-id");
        if is_own_id || is_created_id(schema) || is_true(node, "nullable") {
            continue;
        }
        if let Some(target) = component(node) {
            report.at(
                key.pos,
                format!(
                    "{} is a bare reference, which cannot be nullable",
                    schema.label
                ),
                format!(
                    "write allOf: [{{$ref: '#/components/schemas/{target}'}}] and nullable: true"
                ),
            );
        } else if ["type", "oneOf", "allOf"]
            .iter()
            .any(|it| node.get(it).is_some())
        {
            report.at(
                key.pos,
                format!("{} comes in replies but isn't nullable", schema.label),
                "add nullable: true",
            );
        }
    }
}

fn required(index: &Index<'_>, schema: &Site<'_>, report: &mut Report<'_>) {
    let Some(names) = schema.node.get("required").and_then(Node::as_array) else {
        return;
    };
    // A part may require what another part defines.
    let whole = schema.owner.and_then(|owner| {
        let name = format!("#/components/schemas/{owner}");
        index.document.resolve(&name)
    });
    let shape = Shape::of(index.document, whole.unwrap_or(schema.node));
    for name in names {
        let Some(text) = name.as_str() else { continue };
        let is_own_id = shape
            .properties
            .iter()
            .any(|(key, node)| key.name == text && is_true(node, "x-revio-own-id"));
        let is_created_id = schema.owner == Some(CREATED) && text == "id";
        // Without records it is no page, and ends no list.
        let is_page_records = text == "records"
            && schema
                .owner
                .is_some_and(|owner| is_page(index.document, owner));
        if !(is_own_id || is_created_id || is_page_records) {
            report.at(
                name.pos,
                format!("{} requires {text}, and a reply without it would fail", schema.label),
                "remove it from required; only the own id of a record (x-revio-own-id) may stand there",
            );
        }
    }
}

fn is_created_id(schema: &Site<'_>) -> bool {
    schema.owner == Some(CREATED) && schema.property().is_some_and(|key| key.name == "id")
}
