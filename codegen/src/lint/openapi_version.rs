//! The document is what the generator reads.

use super::index::Index;
use super::report::{Report, Rule};
use crate::load::Node;

pub(super) const RULE: Rule = Rule {
    id: "openapi-version",
    summary: "openapi is a text 3.0.x, and info has a title and a version that are texts.",
    pitfall: "3.1 documents and a version written as a number are refused without a line",
    check,
};

fn check(index: &Index<'_>, report: &mut Report<'_>) {
    let root = index.document.root();
    let pos_of = |node: &Node, key: &str| node.entry(key).map_or(node.pos, |(key, _)| key.pos);
    let version = root
        .get("openapi")
        .and_then(Node::as_str)
        .unwrap_or_default();
    let patch = version.strip_prefix("3.0.").unwrap_or_default();
    if patch.is_empty() || !patch.bytes().all(|byte| byte.is_ascii_digit()) {
        report.at(
            pos_of(root, "openapi"),
            format!("the document is written for OpenAPI {version:?}"),
            "write openapi: '3.0.3'",
        );
    }
    let info = root.get("info");
    for key in ["title", "version"] {
        let is_text = info.and_then(|info| info.get(key)?.as_str()).is_some();
        if !is_text {
            report.at(
                info.map_or(root.pos, |info| pos_of(info, key)),
                format!("info has no {key} that is a text"),
                format!("add {key}, in quotes if it looks like a number"),
            );
        }
    }
}
