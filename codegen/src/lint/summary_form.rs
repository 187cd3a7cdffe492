//! A summary is one plain line.

use super::index::Index;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "summary-form",
    summary: "An operation has a summary of one line, starting with a capital, without a period, at most 80 characters.",
    pitfall: "it becomes the first line of the rustdoc, which lists and search results show alone",
    check,
};

const MOST: usize = 80;

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let summary = operation.text("summary").unwrap_or_default();
        let defect = if summary.trim().is_empty() {
            "is missing"
        } else if summary.contains('\n') {
            "has more than one line"
        } else if summary.ends_with('.') {
            "ends with a period"
        } else if !summary.starts_with(char::is_uppercase) {
            "doesn't start with a capital"
        } else if summary.chars().count() > MOST {
            "is longer than 80 characters"
        } else {
            continue;
        };
        report.at(
            operation.pos_of("summary"),
            format!("the summary of {} {defect}", operation.name),
            "say in one line what the call does: Create a customer",
        );
    }
}
