//! What vendor keywords mean: those that start with `x-` and that not everybody agrees on.

use std::collections::BTreeSet;

use api_schema_text::Node;

use super::canonical::text::short;
use super::finding::{Finding, Wire};
use super::rules::Rule;

/// The vendor keywords of a description.
///
/// Without one, only a few keywords are known that many tools agree on (`x-sunset`,
/// `x-stability-level`, `x-extensible-enum`); every other one is reported and called silent.
pub trait Vocabulary {
    /// The rules that its judgements name.
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    /// What it means that a keyword changed; nothing where it isn't one of this vocabulary.
    fn keyword(&self, _key: &str, _old: Option<&Node>, _new: Option<&Node>) -> Option<Meaning> {
        None
    }

    /// Whether a keyword holds a reference to a schema, as `$ref` does.
    fn is_reference(&self, _key: &str) -> bool {
        false
    }

    /// Where a JSON Schema is entered that describes the messages of an operation.
    fn entry<'n>(&self, _root: &'n Node) -> Option<Entry<'n>> {
        None
    }

    /// The group that reports list a finding under, such as a resource. Without one it is what the
    /// paths of its operations start with.
    fn group(&self, _finding: &Finding) -> Option<String> {
        None
    }

    /// Whether a document is the one that is meant when none is named.
    fn is_main_document(&self, _name: &str) -> bool {
        false
    }
}

/// What a changed keyword means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It lists the values of an open enum that are known: each that comes or goes is a fact.
    KnownValues,
    /// One fact.
    Fact(Judgement),
}

/// The verdict on a keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The rule, one of [`Vocabulary::rules`].
    pub rule: &'static Rule,
    /// The verdict where callers send the value.
    pub request: Wire,
    /// The verdict where the service sends it.
    pub response: Wire,
    /// Why.
    pub reason: &'static str,
    /// A sentence in which `{}` stands for the subject.
    pub message: String,
}

impl Judgement {
    /// The same verdict in both directions.
    pub fn both(
        rule: &'static Rule,
        wire: Wire,
        reason: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            request: wire,
            response: wire,
            reason,
            message: message.into(),
        }
    }

    /// A keyword that nothing on the wire depends on.
    pub fn silent(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self::both(rule, Wire::Silent, "it isn't sent", message)
    }
}

/// Where the messages of an operation are described.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry<'n> {
    /// What the operation is called.
    pub operation: Option<&'n str>,
    /// Reference to the request.
    pub request: Option<&'n str>,
    /// Reference to the response.
    pub response: Option<&'n str>,
    /// Whether the document only holds definitions for others.
    pub only_definitions: bool,
}

/// A node as messages show it: short JSON, or `nothing`.
pub fn written(node: Option<&Node>) -> String {
    node.map_or_else(|| "nothing".to_owned(), short)
}

/// A vocabulary without words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Vocabulary for Plain {}

/// The group of a finding.
pub(super) fn group(vocabulary: &dyn Vocabulary, finding: &Finding) -> String {
    if let Some(group) = vocabulary.group(finding) {
        return group;
    }
    let segments: BTreeSet<&str> = finding
        .reach
        .iter()
        .filter_map(|reach| reach.path.split('/').find(|segment| !segment.is_empty()))
        .collect();
    match (segments.len(), segments.first()) {
        (1, Some(only)) => (*only).to_owned(),
        (0, _) => "not reached".to_owned(),
        _ => "shared".to_owned(),
    }
}

/// Where a finding stands, for people.
pub(super) fn pointer(vocabulary: &dyn Vocabulary, finding: &Finding) -> String {
    match finding.old.as_ref().or(finding.new.as_ref()) {
        Some(place) if vocabulary.is_main_document(&place.document) => place.pointer.clone(),
        Some(place) => format!("{}#{}", place.document, place.pointer),
        None => finding.subject.to_string(),
    }
}
