//! Texts have the formats that we have types for.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::kind;
use super::vocabulary::one_of;
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "string-format",
    summary: "The format of a string is date, date-time or, for files, binary.",
    pitfall: "uuid, ip and others bring in crates that the client doesn't have",
    check,
};

const FORMATS: &[&str] = &["date", "date-time", "binary"];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        if kind(schema.node) != Some("string") {
            continue;
        }
        let Some(format) = schema.node.get("format").and_then(Node::as_str) else {
            continue;
        };
        // money-needs-decimal speaks about decimals.
        if format != "decimal" && !FORMATS.contains(&format) {
            report.at(
                schema.pos_of("format"),
                format!("{} has the format {format}", schema.label),
                format!("write {}, or describe the form in words", one_of(FORMATS)),
            );
        }
    }
}
