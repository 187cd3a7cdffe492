//! Integers have a size.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::kind;
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "integer-format",
    summary: "An integer has format int32 or int64.",
    pitfall: "without it the size is the generator's choice and would change with the limits beside it",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        if kind(schema.node) != Some("integer") {
            continue;
        }
        let (keyword, message) = match schema.node.get("format").and_then(Node::as_str) {
            Some("int32" | "int64") => continue,
            None => (
                "type",
                format!("{} is an integer without a format", schema.label),
            ),
            Some(format) => (
                "format",
                format!("{} is an integer of format {format}", schema.label),
            ),
        };
        report.at(
            schema.pos_of(keyword),
            message,
            "write format: int32, or int64 when it can be larger",
        );
    }
}
