//! What an operation says is what the client does.

use super::index::Index;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "operation-keywords",
    summary: "Operations don't use servers, security and callbacks of their own.",
    pitfall: "the client has one base URL and one way to sign in, so that these are dropped in silence",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        for keyword in ["servers", "security", "callbacks"] {
            if operation.node.get(keyword).is_some() {
                report.at(
                    operation.pos_of(keyword),
                    format!(
                        "{} has its own {keyword}, which nothing reads",
                        operation.name
                    ),
                    "remove it and tell callers in the description",
                );
            }
        }
    }
}
