//! Reads texts of the legacy schemas.

use crate::annotation;
use crate::load::{Document, Node};
use api_schema_text::Diagnostic;

/// `X` of `common.json#/definitions/X`.
pub(crate) fn target(reference: &str) -> Option<&str> {
    Some(reference.split_once("#/definitions/")?.1)
}

pub(super) fn text(node: &Node, key: &str) -> Option<String> {
    Some(node.get(key)?.as_str()?.to_owned())
}

pub(super) fn strings(node: Option<&Node>) -> Vec<&str> {
    node.into_iter()
        .flat_map(Node::items)
        .filter_map(Node::as_str)
        .collect()
}

pub(super) fn owned(node: Option<&Node>) -> Vec<String> {
    strings(node).into_iter().map(str::to_owned).collect()
}

pub(super) fn candidates(node: &Node) -> Vec<String> {
    owned(node.get(annotation::CANDIDATES))
}

/// A complaint about a place in a schema.
pub(super) fn wrong(document: &Document, node: &Node, message: impl Into<String>) -> Diagnostic {
    document.diagnostic_at(
        node.pos,
        "legacy-wire",
        message,
        "x-vocabulary in schema/legacy/common.json says what is possible",
    )
}

/// A word of a vocabulary, as the value that it stands for.
pub(super) fn one_of<T>(
    document: &Document,
    node: &Node,
    key: &str,
    words: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, Diagnostic> {
    let word = node.get(key).and_then(Node::as_str);
    let known = word.filter(|word| words.contains(word)).and_then(parse);
    known.ok_or_else(|| {
        wrong(
            document,
            node.get(key).unwrap_or(node),
            format!("{key} is none of {}", words.join(", ")),
        )
    })
}
