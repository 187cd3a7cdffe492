//! A path template and its parameters belong together.

use super::index::{Index, Operation};
use super::report::{Report, Rule};
use super::shape::is_true;

pub(super) const RULE: Rule = Rule {
    id: "path-parameters-declared",
    summary: "Every {placeholder} is declared as a required path parameter, once, and there are no others.",
    pitfall: "the generator panics without saying where",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let Some(placeholders) = placeholders(&operation.path.name) else {
            // path-form speaks about it.
            continue;
        };
        for (at, placeholder) in placeholders.iter().enumerate() {
            if placeholders[..at].contains(placeholder) {
                report.at(
                    operation.path.pos,
                    format!("{} has {{{placeholder}}} twice", operation.path.name),
                    "give the second one another name",
                );
            }
            declared(operation, placeholder, report);
        }
        for parameter in &operation.parameters {
            if parameter.place == "path" && !placeholders.contains(&parameter.name) {
                report.at(
                    parameter.pos,
                    format!(
                        "{} isn't in the path {}",
                        parameter.label, operation.path.name
                    ),
                    format!(
                        "add {{{}}} to the path, or remove the parameter",
                        parameter.name
                    ),
                );
            }
        }
    }
}

fn declared(operation: &Operation<'_>, placeholder: &str, report: &mut Report<'_>) {
    let parameter = operation
        .parameters
        .iter()
        .find(|it| it.place == "path" && it.name == placeholder);
    match parameter {
        None => report.at(
            operation.method.pos,
            format!(
                "{} doesn't declare {{{placeholder}}} of its path",
                operation.name
            ),
            format!("add the parameter {placeholder} with in: path and required: true"),
        ),
        Some(parameter) if !is_true(parameter.node, "required") => report.at(
            parameter.pos,
            format!("{} isn't required", parameter.label),
            "write required: true: a path has no optional parts",
        ),
        Some(_) => {}
    }
}

/// The names in braces; `None` when the braces don't match or a name is missing.
pub(super) fn placeholders(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let name = rest.get(open..)?.strip_prefix('{')?;
        let close = name.find(['{', '}'])?;
        let (name, after) = (name.get(..close)?, name.get(close..)?);
        if name.is_empty() {
            return None;
        }
        names.push(name);
        rest = after.strip_prefix('}')?;
    }
    Some(names)
}
