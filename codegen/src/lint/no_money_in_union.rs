//! Exact numbers stand in plain objects.

use super::index::Index;
use super::report::{Report, Rule};
use super::schemas::Site;
use super::shape::{kind, reference};
use super::walk;
use crate::load::{Document, Node};

pub(super) const RULE: Rule = Rule {
    id: "no-money-in-union",
    summary: "No decimal stands inside oneOf, anyOf or a catch-all, not even behind a reference.",
    pitfall: "values inside a union are buffered first, and an exact number can't be read from that buffer",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    for schema in index.schemas.iter().filter(|it| it.in_union) {
        let what = if kind(schema.node) == Some("number") {
            "is a number".to_owned()
        } else if let Some(money) = money_behind(index, schema) {
            format!("leads to the number {money}")
        } else {
            continue;
        };
        report.at(
            schema.pos,
            format!("{} {what} inside a union", schema.label),
            "give the number a property of its own outside the union, or $ref FreeForm",
        );
    }
}

/// The label of a number that the schema's reference leads to.
fn money_behind<'i>(index: &'i Index<'_>, schema: &Site<'_>) -> Option<&'i str> {
    let mut reached = Vec::new();
    follow_all(index.document, schema.node, &mut reached);
    index
        .schemas
        .iter()
        .filter(|site| kind(site.node) == Some("number"))
        .find(|site| site.owner.is_some_and(|owner| reached.contains(&owner)))
        .map(|site| site.label.as_str())
}

fn follow_all<'d>(document: &'d Document, node: &'d Node, reached: &mut Vec<&'d str>) {
    let mut targets = Vec::new();
    walk::objects(node, &mut |object| targets.extend(reference(object.node)));
    for target in targets {
        let Some(name) = target.strip_prefix("#/components/schemas/") else {
            continue;
        };
        if reached.contains(&name) {
            continue;
        }
        reached.push(name);
        if let Some(next) = document.resolve(target) {
            follow_all(document, next, reached);
        }
    }
}
