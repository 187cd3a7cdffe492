//! Fields have different names.

use std::collections::HashMap;

use super::index::Index;
use super::names::snake;
use super::report::{Report, Rule};
use super::shape::Shape;

pub(super) const RULE: Rule = Rule {
    id: "field-names-unique",
    summary: "The properties of an object, those of its parts included, have different names in snake case.",
    pitfall: "equal field names do not compile; of two parts with one property the later wins in silence",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for (name, node) in index.components() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (key, _) in Shape::of(index.document, node).properties {
            let field = snake(&key.name);
            let Some(other) = seen.insert(field.clone(), &key.name) else {
                continue;
            };
            let (message, help) = if other == key.name {
                (
                    format!("two parts of {} have the property {other}", name.name),
                    "keep it in one of the parts",
                )
            } else {
                (
                    format!(
                        "{other} and {} of {} both become {field}",
                        key.name, name.name
                    ),
                    "keep the one with the better evidence",
                )
            };
            report.at(key.pos, message, help);
        }
    }
}
