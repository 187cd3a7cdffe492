//! Setters have different names.

use std::collections::HashMap;

use super::index::Index;
use super::names::setter;
use super::report::{Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "parameter-names-unique",
    summary: "The parameters of an operation have different names once `search.` is dropped and they are in \
              snake case.",
    pitfall: "equal names give code that does not compile, and the generator says nothing",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for operation in &index.operations {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for parameter in &operation.parameters {
            let name = setter(parameter.name);
            if let Some(other) = seen.insert(name.clone(), parameter.name) {
                report.at(
                    parameter.pos,
                    format!(
                        "the parameters {other} and {} of {} both become {name}",
                        parameter.name, operation.name
                    ),
                    "keep the one with the better evidence; callers can send the other with filter()",
                );
            }
        }
    }
}
