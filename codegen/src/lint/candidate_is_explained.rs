//! A guess says that it is one.

use super::index::Index;
use super::report::{Report, Rule};
use super::vocabulary::admits_doubt;

pub(super) const RULE: Rule = Rule {
    id: "candidate-is-explained",
    summary: "The description of an inferred or candidate operation says that it isn't confirmed.",
    pitfall: "readers of the bundle and of the rustdoc would take it for a promise",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let Some(evidence @ ("inferred" | "candidate")) = operation.text("x-revio-evidence") else {
            continue;
        };
        if !admits_doubt(operation.node) {
            report.at(
                operation.pos_of("description"),
                format!(
                    "{} is {evidence}, but its description doesn't say so",
                    operation.name
                ),
                "say what isn't confirmed and where it was taken from",
            );
        }
    }
}
