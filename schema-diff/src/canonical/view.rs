//! A schema without its wrappers: references, `allOf`, unions of one, and the ways to say "or null".

use super::types::Types;
use super::{At, Schema, Tree};
use api_schema_text::{Node, Value};

/// Keywords that say nothing about what is valid.
const ANNOTATIONS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "id",
    "readOnly",
    "summary",
    "title",
    "writeOnly",
    "xml",
];

/// Whether a keyword says nothing about what is valid.
pub(crate) fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || key.starts_with("x-")
}

/// A schema as it is used somewhere.
#[derive(Clone, Debug)]
pub(crate) struct View<'a> {
    /// The nodes on the way, from the place of use to the parts. Annotations are read from them.
    pub(crate) sites: Vec<At<'a>>,
    /// Whether a wrapper adds null.
    pub(crate) nullable: bool,
    /// What is left.
    pub(crate) core: Schema,
    /// The reference that the place of use consists of.
    pub(crate) reference: Option<&'a str>,
}

impl<'a> View<'a> {
    /// The view of nodes that hold together; mostly it is one.
    pub(crate) fn of(tree: &Tree<'a>, nodes: &[At<'a>]) -> Self {
        let mut unwrap = Unwrap {
            tree,
            sites: Vec::new(),
            parts: Vec::new(),
            leaf: None,
            nullable: false,
            reference: None,
            open: Vec::new(),
        };
        for &node in nodes {
            unwrap.node(node, nodes.len() == 1);
        }
        let mut parts = unwrap.parts;
        let mut seen = Vec::with_capacity(parts.len());
        parts.retain(|part| {
            let new = !seen.contains(&part.address());
            seen.push(part.address());
            new
        });
        if parts.is_empty() {
            parts.extend(unwrap.leaf.or(nodes.first().copied()));
        }
        Self {
            sites: unwrap.sites,
            nullable: unwrap.nullable,
            core: tree.schema(&parts),
            reference: unwrap.reference,
        }
    }

    /// The first value of an annotation on the way, with the node that has it.
    pub(crate) fn annotation(&self, key: &str) -> Option<At<'a>> {
        self.sites.iter().find_map(|site| site.child(key))
    }

    /// Whether an annotation is true on the way.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.sites.iter().any(|site| site.flag(key) == Some(true))
    }
}

struct Unwrap<'t, 'a> {
    tree: &'t Tree<'a>,
    sites: Vec<At<'a>>,
    parts: Vec<At<'a>>,
    /// The last node that had nothing to unwrap.
    leaf: Option<At<'a>>,
    nullable: bool,
    reference: Option<&'a str>,
    /// The nodes that are being unwrapped, against circles.
    open: Vec<usize>,
}

impl<'a> Unwrap<'_, 'a> {
    /// Unwraps one node. `alone` means that nothing stands beside it at the place of use.
    fn node(&mut self, at: At<'a>, alone: bool) {
        if self.open.contains(&at.address()) {
            return;
        }
        self.open.push(at.address());
        self.sites.push(at);
        self.inside(at, alone);
        self.open.pop();
    }

    fn inside(&mut self, at: At<'a>, alone: bool) {
        if let Some(text) = at.str("$ref") {
            let target = self.tree.resolve(at, text);
            let Some(target) = target else {
                self.parts.push(at);
                return;
            };
            if alone && self.reference.is_none() {
                self.reference = Some(text);
            }
            let bare = self.hides_siblings(at);
            if !bare && says_something(at.node) {
                self.parts.push(at);
            }
            self.node(target, alone);
            return;
        }
        let inner = wrapped(self.tree, at);
        if inner.is_empty() {
            self.leaf = Some(at);
            if matches!(at.node.value, Value::Bool(false)) || says_something(at.node) {
                self.parts.push(at);
            }
            return;
        }
        if at.flag("nullable") == Some(true) {
            self.nullable = true;
        }
        let own = says_something(at.node);
        if own {
            self.parts.push(at);
        }
        let alone = alone && !own && inner.len() == 1;
        for (child, nullable) in inner {
            self.nullable |= nullable;
            self.node(child, alone);
        }
    }

    fn hides_siblings(&self, at: At<'a>) -> bool {
        self.tree.is_old_dialect(at.document)
    }
}

/// What is to be unwrapped: the elements of `allOf`, and the only one of a union besides null.
fn wrapped<'a>(tree: &Tree<'a>, at: At<'a>) -> Vec<(At<'a>, bool)> {
    let mut inner = Vec::new();
    if let Some(all) = at.child("allOf") {
        inner.extend(all.items().map(|child| (child, false)));
    }
    for key in UNIONS {
        if let Some(variants) = at.child(key)
            && let Some(only) = only_variant(tree, variants)
        {
            inner.push(only);
        }
    }
    inner
}

/// The keywords of unions.
pub(crate) const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// The variant of a union that has one, apart from null; and whether it has null.
pub(crate) fn only_variant<'a>(tree: &Tree<'a>, variants: At<'a>) -> Option<(At<'a>, bool)> {
    let mut others = variants.items().filter(|&it| !is_null(tree, it));
    let only = others.next()?;
    if others.next().is_some() {
        return None;
    }
    Some((only, variants.node.items().len() > 1))
}

/// How many wrappers may stand around null.
const WRAPPERS: usize = 8;

/// Whether the schema accepts null and nothing else.
pub(crate) fn is_null<'a>(tree: &Tree<'a>, at: At<'a>) -> bool {
    let mut at = at;
    for _ in 0..WRAPPERS {
        let kinds = at.child("type").map(|kinds| Types::listed(kinds.node));
        if kinds == Some(Types::NULL) {
            return true;
        }
        let target = match at.str("$ref") {
            Some(text) => tree.resolve(at, text),
            None => only_part(at),
        };
        let Some(target) = target else { break };
        at = target;
    }
    let is_null = |node: &Node| matches!(node.value, Value::Null);
    let listed = at.node.get("enum").and_then(Node::as_array);
    at.node.get("const").is_some_and(is_null)
        || listed.is_some_and(|values| !values.is_empty() && values.iter().all(is_null))
}

/// What a schema wraps, when that is all it does.
fn only_part(at: At<'_>) -> Option<At<'_>> {
    let mut said = at.entries().filter(|(key, _)| !is_annotation(key));
    let (key, parts) = said.next()?;
    let wraps = key == "allOf" || UNIONS.contains(&key);
    if !wraps || said.next().is_some() || parts.node.items().len() != 1 {
        return None;
    }
    parts.items().next()
}

/// Whether the node itself restricts what is valid, apart from what [`wrapped`] takes out of it.
fn says_something(node: &Node) -> bool {
    node.entries().any(|(key, value)| match key.name.as_str() {
        "$ref" | "allOf" | "nullable" => false,
        "oneOf" | "anyOf" => {
            let null = |node: &Node| node.get("type").and_then(Node::as_str) == Some("null");
            value.items().filter(|&it| !null(it)).count() > 1
        }
        // Belongs to a union; alone it only says how to tell variants apart.
        "discriminator" => node.get("oneOf").is_some() || node.get("anyOf").is_some(),
        key => !is_annotation(key),
    })
}
