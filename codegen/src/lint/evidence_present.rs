//! Nothing is in the schema without a reason.

use super::index::Index;
use super::report::{Report, Rule};
use super::vocabulary::{EVIDENCE, one_of};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "evidence-present",
    summary: "Operations, properties and parameters (path parameters aside) say how well they are known; \
              operations also name their sources.",
    pitfall: "a guess would look like a documented fact, in the schema and in the rustdoc made of it",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let help = format!("add x-revio-evidence: {}", one_of(EVIDENCE));
    for operation in &index.operations {
        if operation.node.get("x-revio-evidence").is_none() {
            report.at(
                operation.method.pos,
                format!("{} has no evidence", operation.name),
                help.clone(),
            );
        }
        let sources = operation
            .node
            .get("x-revio-sources")
            .and_then(Node::as_array);
        if sources.is_none_or(<[Node]>::is_empty) {
            report.at(
                operation.pos_of("x-revio-sources"),
                format!("{} names no sources", operation.name),
                "add x-revio-sources with the keys of the pages or programs it is known from",
            );
        }
    }
    for parameter in &index.parameters {
        if parameter.place != "path" && parameter.node.get("x-revio-evidence").is_none() {
            report.at(
                parameter.pos,
                format!("{} has no evidence", parameter.label),
                help.clone(),
            );
        }
    }
    for schema in &index.schemas {
        if let Some(key) = schema.property()
            && schema.node.get("x-revio-evidence").is_none()
        {
            report.at(
                key.pos,
                format!("{} has no evidence", schema.label),
                help.clone(),
            );
        }
    }
}
