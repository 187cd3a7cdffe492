//! Setters don't take the names of what every request has.

use super::index::Index;
use super::names::setter;
use super::report::{Report, Rule};
use super::vocabulary::one_of;

pub(super) const RULE: Rule = Rule {
    id: "parameter-names-free",
    summary: "No parameter is named like a field or method of every request, or like a variable of the transport.",
    pitfall: "such a parameter shadows the method, or gives code that does not compile",
    check,
};

/// Fields and methods of requests, and what the transport's functions call their own.
const TAKEN: &[&str] = &[
    "body",
    "clone",
    "filter",
    "fingerprint",
    "header_map",
    "info",
    "into_future",
    "new",
    "options_mut",
    "pages",
    "paging",
    "paging_mut",
    "parts",
    "run",
    "send",
    "stream",
    "transport",
    "with_timeout",
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
