//! A record is shown by one field.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::{Shape, is_true, kind};

pub(super) const RULE: Rule = Rule {
    id: "label-one",
    summary: "At most one property of a record has x-revio-label, and it is a string or an integer.",
    pitfall: "the label names the record in a list of choices; with two of them it would be chance which one",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        if schema.property().is_some()
            && is_true(schema.node, "x-revio-label")
            && !matches!(kind(schema.node), Some("string" | "integer"))
        {
            report.at(
                schema.pos_of("x-revio-label"),
                format!("the label {} can't be shown as a text", schema.label),
                "mark a property of type string, or none",
            );
        }
    }
    for (name, node) in index.components() {
        let properties = Shape::of(index.document, node).properties;
        let mut labels = properties
            .iter()
            .filter(|(_, property)| is_true(property, "x-revio-label"));
        let Some((first, _)) = labels.next() else {
            continue;
        };
        for (other, _) in labels {
            report.at(
                other.pos,
                format!(
                    "{} has a second label {} beside {}",
                    name.name, other.name, first.name
                ),
                "keep the one that people recognise a record by",
            );
        }
    }
}
