//! The rules of `schema/legacy/`. They have the ids of the rules for `schema/rest/` that say the same.
//!
//! An annotation there decides the same things: what is printed, what is sent again, what a caller learns. The readers
//! look for the keywords of `grammar` and take no notice of any other, so the lint refuses every other.

mod fits;
mod grammar;
mod names;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use self::grammar::When;
use super::sensitive_marked::{is_secret, is_telling};
use super::shape::is_true;
use super::{
    effect_known, evidence_known, evidence_present, extension_known, keyword_fits_type,
    keyword_known, keyword_missing, keyword_type, refs_resolve, required_known, sensitive_marked,
    unused_component,
};
use crate::annotation::{PREAMBLE, REQUEST, RESPONSE, SENSITIVE};
use crate::load::{Document, Key, Node, Pos};
use crate::soap::target;
use api_schema_text::Diagnostic;

/// The ids of the rules that hold for `schema/legacy/` as well.
pub const LEGACY_RULES: &[&str] = &[
    effect_known::RULE.id,
    evidence_known::RULE.id,
    evidence_present::RULE.id,
    extension_known::RULE.id,
    keyword_fits_type::RULE.id,
    keyword_known::RULE.id,
    keyword_missing::RULE.id,
    keyword_type::RULE.id,
    refs_resolve::RULE.id,
    required_known::RULE.id,
    sensitive_marked::RULE.id,
    unused_component::RULE.id,
];

/// The file with what all operations share.
const COMMON: &str = "common";

/// Looks at the files of `schema/legacy/`, each with its stem. The messages are sorted by file and line.
///
/// ```
/// use revio_codegen::{lint, load};
///
/// let text = r#"{"x-xml-operaton": "Bills_Query"}"#.to_owned();
/// let source = load::Source { path: "bills_query.json".to_owned(), text };
/// let files = [("bills_query".to_owned(), load::json(&source).unwrap())];
/// let found = lint::legacy(&files);
/// assert!(found.iter().any(|it| it.help.contains("write x-xml-operation")));
/// ```
pub fn legacy(files: &[(String, Document)]) -> Vec<Diagnostic> {
    let legacy = Legacy::new(files);
    let mut diagnostics = Vec::new();
    for file in &legacy.files {
        walk::check(&legacy, file, &mut diagnostics);
    }
    for definition in &legacy.definitions {
        sensitive(definition, &mut diagnostics);
        names::check(&legacy, definition, &mut diagnostics);
        fits::check(definition, &mut diagnostics);
        unused(&legacy, definition, &mut diagnostics);
    }
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}

/// A file and its stem.
struct File<'d> {
    stem: &'d str,
    document: &'d Document,
}

/// A definition and the file it is in.
struct Definition<'d> {
    key: &'d Key,
    node: &'d Node,
    document: &'d Document,
}

impl<'d> Definition<'d> {
    fn name(&self) -> &'d str {
        &self.key.name
    }

    fn properties(&self) -> impl Iterator<Item = (&'d Key, &'d Node)> {
        let properties = self.node.get("properties");
        properties.into_iter().flat_map(Node::entries)
    }

    fn report(&self, pos: Pos, rule: &'static str, message: String, help: &str) -> Diagnostic {
        self.document.diagnostic_at(pos, rule, message, help)
    }
}

/// All files, and which definition is used for what.
struct Legacy<'d> {
    files: Vec<File<'d>>,
    definitions: Vec<Definition<'d>>,
    /// Definitions that are requests, with the names of their responses.
    requests: BTreeMap<&'d str, Option<&'d str>>,
    /// What requests and responses hold, themselves included.
    sent: BTreeSet<&'d str>,
    received: BTreeSet<&'d str>,
}

impl<'d> Legacy<'d> {
    fn new(files: &'d [(String, Document)]) -> Self {
        let mut definitions = Vec::new();
        for (_, document) in files {
            let nodes = document.root().get("definitions").into_iter();
            for (key, node) in nodes.flat_map(Node::entries) {
                definitions.push(Definition {
                    key,
                    node,
                    document,
                });
            }
        }
        let mut requests = BTreeMap::new();
        let mut responses = vec![HEADER];
        for (_, document) in files {
            let of = |key| target(document.root().get(key)?.as_str()?);
            if let Some(request) = of(REQUEST) {
                requests.insert(request, of(RESPONSE));
            }
            responses.extend(of(RESPONSE));
        }
        let mut legacy = Self {
            files: files
                .iter()
                .map(|(stem, document)| File { stem, document })
                .collect(),
            definitions,
            requests,
            sent: BTreeSet::new(),
            received: BTreeSet::new(),
        };
        legacy.sent = legacy.reach(legacy.requests.keys().copied().collect());
        legacy.received = legacy.reach(responses);
        legacy
    }

    fn definition(&self, name: &str) -> Option<&Definition<'d>> {
        self.definitions.iter().find(|it| it.name() == name)
    }

    /// Every definition that one of these leads to.
    fn reach(&self, mut open: Vec<&'d str>) -> BTreeSet<&'d str> {
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            if let Some(definition) = self.definition(name)
                && found.insert(definition.name())
            {
                references(definition.node, &mut open);
            }
        }
        found
    }

    /// Whether somebody reads such a keyword in a definition or one of its properties.
    fn reads(&self, definition: &str, when: When) -> bool {
        match when {
            When::Always => true,
            When::Request => self.requests.contains_key(definition),
            When::Sent => self.sent.contains(definition),
            When::Received => self.received.contains(definition),
        }
    }
}

/// The definition that every response starts with.
const HEADER: &str = "Header";

fn references<'d>(node: &'d Node, into: &mut Vec<&'d str>) {
    for (key, value) in node.entries() {
        if [PREAMBLE, "$ref"].contains(&key.name.as_str()) {
            into.extend(value.as_str().and_then(target));
        }
        references(value, into);
    }
    for item in node.items() {
        references(item, into);
    }
}

/// What is obviously secret is never printed.
fn sensitive(definition: &Definition<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (key, property) in definition.properties() {
        let kind = property.get("type").and_then(Node::as_str);
        let is_text = matches!(kind, None | Some("string" | "array"));
        let is_text = is_text && property.get("format").is_none();
        let is_number = matches!(kind, Some("integer" | "number"));
        let is_telling = is_text && is_telling(&key.name) || is_number && is_secret(&key.name);
        if is_telling && !is_true(property, SENSITIVE) {
            diagnostics.push(definition.report(
                key.pos,
                sensitive_marked::RULE.id,
                format!(
                    "{}.{} sounds personal or secret, but isn't annotated",
                    definition.name(),
                    key.name
                ),
                "add \"x-revio-sensitive\": true",
            ));
        }
    }
}

/// Nothing in a definition has an effect when no message holds it.
fn unused(legacy: &Legacy<'_>, definition: &Definition<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let name = definition.name();
    if !legacy.sent.contains(name) && !legacy.received.contains(name) {
        diagnostics.push(definition.report(
            definition.key.pos,
            unused_component::RULE.id,
            format!("no request and no response holds {name}"),
            "remove it, or refer to it",
        ));
    }
}
