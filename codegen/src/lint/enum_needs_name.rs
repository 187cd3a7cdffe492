//! A list of values is a named type.

use super::index::Index;
use super::names::is_type_name;
use super::report::{Report, Rule};
use super::shape::kind;

pub(super) const RULE: Rule = Rule {
    id: "enum-needs-name",
    summary: "A list of values stands on a string: enum when it is complete, x-revio-values when it may grow, \
              and always with its Rust name in x-revio-enum.",
    pitfall: "unnamed lists become one closed type for each place, and a new value fails the whole reply",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        let label = &schema.label;
        let has = |key| schema.node.get(key).is_some();
        let list = ["enum", "x-revio-values"].into_iter().find(|key| has(key));
        match (list, schema.node.get("x-revio-enum")) {
            (None, None) => continue,
            (Some(list), None) => report.at(
                schema.pos_of(list),
                format!("the values of {label} have no name"),
                "add x-revio-enum with the name of the Rust type, such as TicketStatus",
            ),
            (None, Some(_)) => report.at(
                schema.pos_of("x-revio-enum"),
                format!("{label} names a list of values but has none"),
                "add enum when the list is complete, x-revio-values when it may grow",
            ),
            (Some(_), Some(name)) => {
                let name = name.as_str().unwrap_or_default();
                if !is_type_name(name) {
                    report.at(
                        schema.pos_of("x-revio-enum"),
                        format!("{label} names its values {name:?}, which is no type name"),
                        "write a name like TicketStatus",
                    );
                }
            }
        }
        if has("enum") && has("x-revio-values") {
            report.at(
                schema.pos_of("x-revio-values"),
                format!("{label} has enum and x-revio-values"),
                "keep enum when the list is complete, x-revio-values when it may grow",
            );
        }
        if kind(schema.node) != Some("string") {
            report.at(
                schema.pos_of("type"),
                format!("{label} has a list of values but isn't a string"),
                "write type: string, or describe the values in the text",
            );
        }
    }
}
