//! Null is a value like any other.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::is_true;
use crate::load::Value;

pub(super) const RULE: Rule = Rule {
    id: "enum-null",
    summary: "A nullable enum lists null, one that isn't nullable doesn't, and x-revio-values never does.",
    pitfall: "validators refuse a null that isn't listed, whatever nullable says",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        let null = |keyword| {
            let list = schema.node.get(keyword)?;
            list.items().find(|value| value.value == Value::Null)
        };
        if let Some(null) = null("x-revio-values") {
            report.at(
                null.pos,
                format!("the known values of {} contain null", schema.label),
                "remove it; nullable: true says it all",
            );
        }
        if schema.node.get("enum").is_none() {
            continue;
        }
        match (is_true(schema.node, "nullable"), null("enum")) {
            (true, None) => report.at(
                schema.pos_of("enum"),
                format!(
                    "{} is nullable, but null isn't among its values",
                    schema.label
                ),
                "add null at the end of enum",
            ),
            (false, Some(null)) => report.at(
                null.pos,
                format!("{} lists null, but isn't nullable", schema.label),
                "add nullable: true, or remove null",
            ),
            _ => {}
        }
    }
}
