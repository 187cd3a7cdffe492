//! Operations are named for what they are in Rust.

use std::collections::HashMap;

use super::index::{Index, Operation};
use super::names::snake;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "operation-id-form",
    summary: "operationId is `tag_verb` in snake case, unique, and the usual verbs have their usual method.",
    pitfall: "a missing or double operationId is a generator error; the name becomes client.tag().verb()",
    check,
};

/// Verbs that mean the same on every resource.
const VERBS: &[(&str, &str)] = &[
    ("list", "get"),
    ("get", "get"),
    ("create", "post"),
    ("replace", "put"),
    ("patch", "patch"),
    ("delete", "delete"),
];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let mut seen = HashMap::new();
    for operation in &index.operations {
        form(operation, report);
        let Some(id) = operation.id() else { continue };
        let pos = operation.pos_of("operationId");
        if let Some(first) = seen.insert(snake(id), pos) {
            report.at(
                pos,
                format!(
                    "the operationId {id} is already used in {}",
                    report.place(first)
                ),
                "choose another verb",
            );
        }
    }
}

fn form(operation: &Operation<'_>, report: &mut Report<'_>) {
    let tag = operation.tag().unwrap_or("tag");
    let pos = operation.pos_of("operationId");
    let Some(id) = operation.id() else {
        report.at(
            pos,
            format!("{} has no operationId", operation.name),
            format!("write {tag}_ and the verb, such as {tag}_list"),
        );
        return;
    };
    if snake(id) != id {
        report.at(
            pos,
            format!("the operationId {id:?} isn't snake case"),
            format!("write {}", snake(id)),
        );
        return;
    }
    if operation.tag().is_none() {
        return;
    }
    let verb = match operation.verb() {
        None | Some("") => {
            report.at(
                pos,
                format!("the operationId {id} doesn't start with its tag {tag}"),
                format!("write {tag}_ and the verb, such as {tag}_list"),
            );
            return;
        }
        Some(verb) => verb,
    };
    for (usual, method) in VERBS {
        if verb == *usual && operation.method.name != *method {
            report.at(
                pos,
                format!(
                    "{id} is called {usual}, but its method is {}",
                    operation.method.name.to_uppercase()
                ),
                format!("use {} or another verb", method.to_uppercase()),
            );
        }
    }
}
