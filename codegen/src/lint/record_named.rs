//! Operations say which record they are about.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::index::{Index, Operation};
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "record-named",
    summary: "Where one operation of a tag names its record, every list, get, create, replace, patch and delete \
              of that tag does, and it is the same record.",
    pitfall: "what is generated for a record, its ids and patches among it, would miss the operation",
    check,
};

const VERBS: &[&str] = &["list", "get", "create", "replace", "patch", "delete"];

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let mut uses: HashMap<(&str, &str), usize> = HashMap::new();
    for operation in &index.operations {
        if let (Some(tag), Some(record)) = (operation.tag(), operation.text("x-revio-record")) {
            *uses.entry((tag, record)).or_default() += 1;
        }
    }
    for operation in &index.operations {
        let Some(tag) = operation.tag().filter(|_| is_about_a_record(operation)) else {
            continue;
        };
        // What most say is right; of two that are said equally often, the first in the alphabet.
        let said = uses.iter().filter(|((other, _), _)| *other == tag);
        let most = said.max_by_key(|((_, record), count)| (**count, Reverse(*record)));
        let Some(((_, record), _)) = most else {
            continue;
        };
        let message = match operation.text("x-revio-record") {
            Some(other) if other == *record => continue,
            Some(other) => format!("{} is about {other}", operation.name),
            None => format!("{} names no record", operation.name),
        };
        report.at(
            operation.pos_of("x-revio-record"),
            format!("{message}, but others of {tag} are about {record}"),
            format!("write x-revio-record: {record}"),
        );
    }
}

fn is_about_a_record(operation: &Operation<'_>) -> bool {
    operation.verb().is_some_and(|verb| VERBS.contains(&verb))
}
