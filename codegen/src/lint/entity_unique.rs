//! An entity type is one kind of record.

use std::collections::HashMap;

use super::index::Index;
use super::report::{Report, Rule};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "entity-unique",
    summary: "Two records don't have the same x-revio-entity, and a record that has one has an own id.",
    pitfall: "a key link names an entity type and an id, which must lead to one record",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (name, node) in index.components() {
        let Some((key, entity)) = node.entry("x-revio-entity") else {
            continue;
        };
        let Some(entity) = entity.as_str() else {
            continue;
        };
        if let Some(other) = seen.insert(entity.to_lowercase(), &name.name) {
            report.at(
                key.pos,
                format!("{} and {other} are both the entity {entity}", name.name),
                "keep it on the record that key links point to",
            );
        }
        let shape = super::shape::Shape::of(index.document, node);
        let has_own_id = |(_, property): &(_, &Node)| property.get("x-revio-own-id").is_some();
        if !shape.properties.iter().any(has_own_id) {
            report.at(
                key.pos,
                format!("{} is the entity {entity}, but has no own id", name.name),
                "mark its id with x-revio-own-id, or remove x-revio-entity",
            );
        }
    }
}
