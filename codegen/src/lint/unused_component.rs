//! Everything in components is used.

use std::collections::HashSet;

use super::index::Index;
use super::report::{Report, Rule};
use super::shape::reference;
use super::walk;
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "unused-component",
    summary: "Every component can be reached from an operation; every security scheme from a requirement.",
    pitfall: "dead schemas look like part of the API, and nobody keeps them true",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let root = index.document.root();
    let mut used: HashSet<String> = HashSet::new();
    let mut pending = Vec::new();
    pending.extend(root.get("paths"));
    for requirement in root.get("security").into_iter().flat_map(Node::items) {
        for (scheme, _) in requirement.entries() {
            used.insert(format!("#/components/securitySchemes/{}", scheme.name));
        }
    }
    while let Some(node) = pending.pop() {
        walk::objects(node, &mut |object| {
            if let Some(target) = reference(object.node)
                && used.insert(target.to_owned())
            {
                pending.extend(index.document.resolve(target));
            }
        });
    }
    let components = root.get("components");
    for (kind, map) in components.into_iter().flat_map(Node::entries) {
        for (name, _) in map.entries() {
            if !used.contains(&format!("#/components/{}/{}", kind.name, name.name)) {
                report.at(
                    name.pos,
                    format!("nothing uses {} in components/{}", name.name, kind.name),
                    "remove it, or refer to it",
                );
            }
        }
    }
}
