//! No schema is made of itself.

use std::collections::HashSet;

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::component;
use crate::load::{Document, Node};

pub(super) const RULE: Rule = Rule {
    id: "no-component-cycle",
    summary: "No schema contains itself through references and allOf alone.",
    pitfall: "such a schema has no end; a property or list that leads back is fine and gets boxed",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for (name, node) in index.components() {
        let mut reached = HashSet::new();
        parts(index.document, node, &mut reached);
        if reached.contains(name.name.as_str()) {
            report.at(
                name.pos,
                format!("{} contains itself through allOf or $ref", name.name),
                "move what both share to a schema of its own",
            );
        }
    }
}

/// The components that this schema is made of.
fn parts<'d>(document: &'d Document, node: &'d Node, reached: &mut HashSet<&'d str>) {
    let all_of = node.get("allOf").into_iter().flat_map(Node::items);
    for part in std::iter::once(node).chain(all_of) {
        if let Some(name) = component(part) {
            let target = document.resolve(&format!("#/components/schemas/{name}"));
            if let (true, Some(target)) = (reached.insert(name), target) {
                parts(document, target, reached);
            }
        } else if !std::ptr::eq(part, node) {
            parts(document, part, reached);
        }
    }
}
