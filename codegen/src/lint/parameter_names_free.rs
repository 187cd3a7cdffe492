//! Setters don't take the names of what every request has.

use super::index::Index;
use super::names::setter;
use super::report::{Report, Rule};
use super::vocabulary::one_of;

pub(super) const RULE: Rule = Rule {
    id: "parameter-names-free",
    summary: "No parameter is named like a method of every request or like a variable of the transport.",
    pitfall: "such a parameter shadows the method, or gives code that does not compile",
    check,
};

/// Methods of every request, and names that the transport's functions use themselves.
const TAKEN: &[&str] = &[
    "new",
    "send",
    "filter",
    "with_timeout",
    "options_mut",
    "into_future",
    "clone",
    "body",
    "header_map",
    "info",
];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for parameter in &index.parameters {
        if TAKEN.contains(&setter(parameter.name).as_str()) {
            report.at(
                parameter.pos,
                format!("{} takes a name that every request uses", parameter.label),
                format!(
                    "leave it out, callers can send it with filter(); {} are taken",
                    one_of(TAKEN).replace(" or ", " and ")
                ),
            );
        }
    }
}
