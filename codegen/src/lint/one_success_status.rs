//! One success status an operation.

use super::index::Index;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "one-success-status",
    summary: "An operation declares exactly one status from 200 to 299, and no default.",
    pitfall: "the generator panics when successes differ, and counts a default as success and error",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let name = &operation.name;
        match operation.successes.as_slice() {
            [] => report.at(
                operation.pos_of("responses"),
                format!("{name} has no success status"),
                "add the one it answers with, such as '200'",
            ),
            [(status, _)] => {
                if status.name.parse::<u16>().is_err() {
                    report.at(
                        status.pos,
                        format!("{name} answers {}, a range", status.name),
                        "name the one status it answers with, such as '200'",
                    );
                }
            }
            [_, others @ ..] => {
                for (status, _) in others {
                    report.at(
                        status.pos,
                        format!("{name} has a second success status {}", status.name),
                        "keep the one that the server sends; the client takes any 2xx for success",
                    );
                }
            }
        }
        let default = operation.node.get("responses");
        if let Some((key, _)) = default.and_then(|responses| responses.entry("default")) {
            report.at(
                key.pos,
                format!("{name} has a default response"),
                "declare errors as 4XX and 5XX instead",
            );
        }
    }
}
