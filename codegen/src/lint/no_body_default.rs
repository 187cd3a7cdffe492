//! Defaults are the server's business.

use super::index::Index;
use super::report::{Report, Rule};
use super::schemas::Role;

pub(super) const RULE: Rule = Rule {
    id: "no-body-default",
    summary: "default is used on query parameters only.",
    pitfall: "a default in a body is sent by every call, so that a partial update overwrites the field",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in &index.schemas {
        if schema.node.get("default").is_some() && !matches!(schema.role, Role::Parameter("query"))
        {
            report.at(
                schema.pos_of("default"),
                format!("{} has a default", schema.label),
                "remove it and say in the description what the server assumes",
            );
        }
    }
}
