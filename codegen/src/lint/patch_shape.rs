//! A patch is a JSON Patch.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::component;
use super::vocabulary::{JSON_PATCH, schema};

pub(super) const RULE: Rule = Rule {
    id: "patch-shape",
    summary: "An operation patch sends JsonPatch as application/json-patch+json and names its record in \
              x-revio-record; nothing else does.",
    pitfall: "a generated patch drops `value: null` and takes any pointer; the typed one is made for a record",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let name = &operation.name;
        let body = operation.body_schema();
        let is_patch = body.and_then(component) == Some(schema::JSON_PATCH);
        let is_sent = operation.text("x-revio-content-type") == Some(JSON_PATCH);
        // operation-id-form and one-tag speak about operations without a verb.
        let Some(verb) = operation.verb() else {
            continue;
        };
        if verb != "patch" {
            if is_patch || is_sent {
                report.at(
                    operation.pos_of("operationId"),
                    format!("{name} sends a JSON Patch, but isn't called patch"),
                    "name it for the verb patch, or send something else",
                );
            }
            continue;
        }
        if !is_patch {
            report.at(
                body.map_or(operation.method.pos, |schema| schema.pos),
                format!("{name} doesn't send {}", schema::JSON_PATCH),
                format!("write $ref: '#/components/schemas/{}'", schema::JSON_PATCH),
            );
        }
        if !is_sent {
            report.at(
                operation.pos_of("x-revio-content-type"),
                format!("{name} isn't sent as JSON Patch"),
                format!("write x-revio-content-type: {JSON_PATCH}"),
            );
        }
        if operation.text("x-revio-record").is_none() {
            report.at(
                operation.method.pos,
                format!("{name} doesn't say what it patches"),
                "add x-revio-record with the name of the record",
            );
        }
    }
}
