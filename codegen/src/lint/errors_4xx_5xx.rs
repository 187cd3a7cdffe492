//! Errors look the same for every operation.

use super::index::{Index, is_success};
use super::report::{Report, Rule};
use super::shape::reference;
use super::vocabulary::ERROR_RESPONSE;

pub(super) const RULE: Rule = Rule {
    id: "errors-4xx-5xx",
    summary: "An operation declares its errors as 4XX and 5XX, both the shared response, and no others.",
    pitfall: "error types would differ between operations, so that callers cannot use one `?`",
    check,
};

const RANGES: [&str; 2] = ["4XX", "5XX"];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let reference_to_it = format!("write $ref: '{ERROR_RESPONSE}'");
    for operation in &index.operations {
        let name = &operation.name;
        let Some(responses) = operation.node.get("responses") else {
            continue;
        };
        for range in RANGES {
            match responses.entry(range) {
                None => report.at(
                    operation.pos_of("responses"),
                    format!("{name} has no {range} response"),
                    format!("add {range}: {{$ref: '{ERROR_RESPONSE}'}}"),
                ),
                Some((_, response)) if reference(response) == Some(ERROR_RESPONSE) => {}
                Some((key, _)) => report.at(
                    key.pos,
                    format!("{range} of {name} isn't the shared error response"),
                    reference_to_it.clone(),
                ),
            }
        }
        for (status, _) in responses.entries() {
            let status_name = status.name.as_str();
            // one-success-status speaks about these.
            if RANGES.contains(&status_name) || is_success(status_name) || status_name == "default"
            {
                continue;
            }
            report.at(
                status.pos,
                format!("{name} declares the status {status_name} on its own"),
                "remove it: 4XX and 5XX stand for every error, and what it means goes to the description",
            );
        }
    }
}
