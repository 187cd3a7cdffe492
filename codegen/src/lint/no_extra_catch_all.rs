//! Objects list their properties.

use super::index::Index;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "no-extra-catch-all",
    summary: "additionalProperties isn't used.",
    pitfall: "a catch-all rounds the money it buffers and collides with a property named extra; false refuses \
              every field the server adds",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        let Some(value) = schema.node.get("additionalProperties") else {
            continue;
        };
        let (message, help) = if value.as_bool() == Some(false) {
            (
                "refuses properties that it doesn't list",
                "remove additionalProperties: unlisted properties are skipped",
            )
        } else {
            (
                "catches properties that it doesn't list",
                "list the known properties, or $ref FreeForm to keep the whole object as text",
            )
        };
        report.at(
            schema.pos_of("additionalProperties"),
            format!("{} {message}", schema.label),
            help,
        );
    }
}
