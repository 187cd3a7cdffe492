//! A request body is always sent.

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::is_true;

pub(super) const RULE: Rule = Rule {
    id: "body-required",
    summary: "A request body is required, and GET has none.",
    pitfall: "the generator ignores `required: false` and sends the body all the same",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let Some(body) = operation.body else { continue };
        let pos = operation.pos_of("requestBody");
        if let "get" | "head" = operation.method.name.as_str() {
            report.at(
                pos,
                format!(
                    "{} is a {} with a body",
                    operation.name,
                    operation.method.name.to_uppercase()
                ),
                "send its values as query parameters",
            );
        } else if !is_true(body, "required") {
            report.at(
                pos,
                format!("the request body of {} isn't required", operation.name),
                "write required: true; a call that may go without a body takes an object whose fields are optional",
            );
        }
    }
}
