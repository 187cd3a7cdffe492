//! Numbers are exact.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::kind;

pub(super) const RULE: Rule = Rule {
    id: "money-needs-decimal",
    summary: "Every number has format decimal, nothing else has, and x-revio-unit stands on decimals only.",
    pitfall: "a number without the format becomes a binary float, which loses cents",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        let format = schema.node.get("format").and_then(|it| it.as_str());
        let is_number = kind(schema.node) == Some("number");
        if is_number && format != Some("decimal") {
            let (keyword, message) = match format {
                None => (
                    "type",
                    format!("{} is a number without a format", schema.label),
                ),
                Some(format) => (
                    "format",
                    format!("{} is a number of format {format}", schema.label),
                ),
            };
            report.at(
                schema.pos_of(keyword),
                message,
                "write format: decimal, and x-revio-unit: quantity beside it if it counts things",
            );
        }
        if !is_number && format == Some("decimal") {
            report.at(
                schema.pos_of("format"),
                format!("{} has format decimal but isn't a number", schema.label),
                "write type: number",
            );
        }
        if !is_number && schema.node.get("x-revio-unit").is_some() {
            report.at(
                schema.pos_of("x-revio-unit"),
                format!("{} has a unit but isn't a number", schema.label),
                "remove x-revio-unit",
            );
        }
    }
}
