//! One name, one list of values.

use std::collections::HashMap;

use super::index::Index;
use super::report::{Report, Rule};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "enum-same-values",
    summary: "Lists with the same x-revio-enum name have the same values in the same order and are equally \
              complete.",
    pitfall: "one Rust type is made for all of them, so values of one place would be missing in another",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let mut first = HashMap::new();
    for schema in &index.schemas {
        let Some(name) = schema.node.get("x-revio-enum").and_then(Node::as_str) else {
            continue;
        };
        let keyword = ["enum", "x-revio-values"]
            .into_iter()
            .find(|keyword| schema.node.get(keyword).is_some());
        let Some(keyword) = keyword else { continue };
        let list = schema.node.get(keyword).into_iter().flat_map(Node::items);
        let values: Vec<&str> = list.filter_map(Node::as_str).collect();
        let pos = schema.pos_of(keyword);
        let Some((first_keyword, first_values, first_pos)) = first.get(name) else {
            first.insert(name, (keyword, values, pos));
            continue;
        };
        if *first_values != values {
            report.at(
                pos,
                format!(
                    "{name} has other values than in {}",
                    report.place(*first_pos)
                ),
                "write the same values in the same order, or give the list another name",
            );
        } else if *first_keyword != keyword {
            report.at(
                pos,
                format!(
                    "{name} is written as {keyword}, but as {first_keyword} in {}",
                    report.place(*first_pos)
                ),
                "use enum in both places when the list is complete, else x-revio-values",
            );
        }
    }
}
