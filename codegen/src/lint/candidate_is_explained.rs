//! A guess says that it is one.

use super::index::Index;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "candidate-is-explained",
    summary: "The description of an inferred or candidate operation says that it isn't confirmed.",
    pitfall: "readers of the bundle and of the rustdoc would take it for a promise",
    check,
};

/// One of these must occur in the description.
const SAID: &[&str] = &[
    "confirm",
    "verif",
    "infer",
    "assum",
    "guess",
    "conclu",
    "candidate",
    "undocumented",
    "not documented",
    "isn't documented",
    "not known",
    "unknown",
    "not seen",
    "not been seen",
    "not published",
    "with the vendor",
];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let Some(evidence @ ("inferred" | "candidate")) = operation.text("x-revio-evidence") else {
            continue;
        };
        let description = operation
            .text("description")
            .unwrap_or_default()
            .to_lowercase();
        if !SAID.iter().any(|word| description.contains(word)) {
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
