//! A single record comes in its envelope.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::component;
use super::vocabulary::schema::{FREE_FORM, RECORD_ENVELOPE};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "get-shape",
    summary: "A get answers allOf the record envelope and the record it names in x-revio-record, or FreeForm when \
              the record is unknown.",
    pitfall: "any other composition gives a copy of the record, so that lists and single reads differ in type",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let name = &operation.name;
        let Some((_, schema)) = operation.reply() else {
            continue;
        };
        let parts: Vec<_> = schema
            .get("allOf")
            .into_iter()
            .flat_map(Node::items)
            .map(component)
            .collect();
        let record = match parts.as_slice() {
            [Some(RECORD_ENVELOPE), Some(record)] => Some(*record),
            _ => None,
        };
        if operation.verb() == Some("get") && record.is_none() {
            if component(schema) != Some(FREE_FORM) {
                report.at(
                    schema.pos,
                    format!("{name} doesn't answer a record in its envelope"),
                    format!("write allOf with $ref {RECORD_ENVELOPE} and $ref to the record"),
                );
            }
        } else if record.is_some() && operation.text("x-revio-record") != record {
            report.at(
                operation.pos_of("x-revio-record"),
                format!(
                    "{name} answers {}, but doesn't say so",
                    record.unwrap_or_default()
                ),
                format!("write x-revio-record: {}", record.unwrap_or_default()),
            );
        }
    }
}
