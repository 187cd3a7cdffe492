//! Paths and operations.

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "op.removed",
        meaning: "An operation is gone.",
        law: "Every call of it was answered and no longer is: breaking. If it was deprecated and its sunset date has passed, callers were told: compatible.",
        rust: "The method and its request type are gone: major.",
        compatible_by: Some(
            "deprecating it with a sunset date first, and removing it after that date",
        ),
    },
    Rule {
        id: "op.added",
        meaning: "There is a new operation.",
        law: "No old caller knows it: compatible.",
        rust: "A new method: minor.",
        compatible_by: None,
    },
    Rule {
        id: "op.id.changed",
        meaning: "The operationId of the same method and path is another.",
        law: "It isn't sent: silent.",
        rust: "The method is renamed: major.",
        compatible_by: Some("keeping the old operationId"),
    },
];
