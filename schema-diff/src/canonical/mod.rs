//! The form in which descriptions are compared: what they mean, however it is spelled.
//!
//! Nothing is copied out of the trees. A schema is known by the address of its node, or by those of
//! several nodes that hold together (`allOf`); what it means is worked out when a comparison gets
//! there, and only for what isn't written the same on both sides.

pub(super) mod equal;
pub(super) mod number;
pub(super) mod shape;
pub(super) mod text;
pub(super) mod types;
pub(super) mod view;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use self::shape::Shape;
use crate::side::{Named, Side};
use api_schema_text::Diagnostic;
use api_schema_text::{Node, Value};

/// What a reference is called that leads nowhere.
pub(super) const BROKEN: &str = "diff-broken-ref";

/// A node and the document it is in.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) document: usize,
    pub(super) node: &'a Node,
}

impl<'a> At<'a> {
    /// The node's address: what it is known by.
    pub(super) fn address(self) -> usize {
        std::ptr::from_ref(self.node).addr()
    }

    pub(super) fn child(self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.with(node))
    }

    pub(super) fn with(self, node: &'a Node) -> Self {
        Self { node, ..self }
    }

    pub(super) fn str(self, key: &str) -> Option<&'a str> {
        self.node.get(key).and_then(Node::as_str)
    }

    pub(super) fn flag(self, key: &str) -> Option<bool> {
        self.node.get(key).and_then(Node::as_bool)
    }

    /// The entries of an object, each value with its document.
    pub(super) fn entries(self) -> impl Iterator<Item = (&'a str, Self)> {
        let entries = self.node.as_object().unwrap_or_default().iter();
        entries.map(move |(key, node)| (key.name.as_str(), self.with(node)))
    }

    /// The items of a list, each with its document.
    pub(super) fn items(self) -> impl Iterator<Item = Self> {
        self.node.items().map(move |node| self.with(node))
    }
}

/// A schema of one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Schema(u32);

/// A map whose keys are addresses or small numbers.
pub(super) type Fast<K, V> = rustc_hash::FxHashMap<K, V>;

/// One side's documents, and the schemas that were met in them.
pub(super) struct Tree<'a> {
    pub(super) documents: &'a [Named],
    /// Whether `$ref` hides what stands beside it and `nullable` means something, by document.
    old_dialect: Vec<bool>,
    schemas: RefCell<Schemas<'a>>,
    unresolved: RefCell<Vec<Diagnostic>>,
}

#[derive(Default)]
struct Schemas<'a> {
    by_address: Fast<usize, Schema>,
    by_addresses: HashMap<Vec<usize>, Schema>,
    parts: Vec<Rc<[At<'a>]>>,
    shapes: Fast<u32, Rc<Shape<'a>>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(side: &'a Side) -> Self {
        let old_dialect = |named: &Named| {
            let version = named.document.root().get("openapi").and_then(Node::as_str);
            version.is_some_and(|version| version.starts_with("3.0"))
        };
        Self {
            documents: &side.documents,
            old_dialect: side.documents.iter().map(old_dialect).collect(),
            schemas: RefCell::default(),
            unresolved: RefCell::default(),
        }
    }

    /// The outermost node of a document.
    pub(super) fn root(&self, document: usize) -> At<'a> {
        let node = self.documents[document].document.root();
        At { document, node }
    }

    /// Whether the document is `OpenAPI` 3.0.
    pub(super) fn is_old_dialect(&self, document: usize) -> bool {
        self.old_dialect[document]
    }

    /// Where a reference leads, in this document or another one of the side.
    pub(super) fn resolve(&self, from: At<'a>, reference: &str) -> Option<At<'a>> {
        if reference.starts_with('#') {
            let document = &self.documents[from.document].document;
            let node = document
                .resolve(reference)
                .or_else(|| decoded(reference).and_then(|plain| document.resolve(&plain)))
                .or_else(|| anchored(document.root(), reference.strip_prefix('#')?));
            if node.is_none() {
                let message = format!("{reference} leads nowhere");
                self.complain(from, BROKEN, message, "describe what it refers to");
            }
            return node.map(|node| from.with(node));
        }
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let name = file.rsplit('/').next().unwrap_or(file);
        let named = self.documents.iter().position(|named| {
            let files = named.document.files().iter();
            files
                .map(|path| path.rsplit('/').next().unwrap_or(path))
                .any(|path| path == name)
        });
        let Some(index) = named else {
            let message = format!("{reference} leads into another file");
            let help = "bundle the description into one file first; nothing is fetched";
            self.complain(from, "diff-external-ref", message, help);
            return None;
        };
        let node = self.documents[index].document.root().pointer(fragment);
        if node.is_none() {
            let message = format!("{reference} leads nowhere");
            self.complain(from, BROKEN, message, "describe what it refers to");
        }
        node.map(|node| At {
            document: index,
            node,
        })
    }

    /// Whether a schema's reference can't be followed.
    fn leads_nowhere(&self, schema: At<'a>, reference: At<'a>) -> bool {
        let text = reference.node.as_str();
        text.is_some_and(|text| self.resolve(schema, text).is_none())
    }

    /// Keeps why a reference can't be followed, once.
    fn complain(&self, from: At<'a>, rule: &'static str, message: String, help: &str) {
        let document = &self.documents[from.document].document;
        let diagnostic = document.diagnostic_at(from.node.pos, rule, message, help);
        let mut unresolved = self.unresolved.borrow_mut();
        if !unresolved.contains(&diagnostic) {
            unresolved.push(diagnostic);
        }
    }

    /// Follows `$ref` of anything but a schema.
    pub(super) fn follow(&self, at: At<'a>) -> At<'a> {
        let mut current = at;
        for _ in 0..32 {
            let Some(reference) = current.str("$ref") else {
                return current;
            };
            match self.resolve(current, reference) {
                Some(target) => current = target,
                None => return current,
            }
        }
        let message = "the reference leads back to itself";
        let help = "describe what it refers to";
        self.complain(at, BROKEN, message.to_owned(), help);
        current
    }

    /// The schema that all these nodes make together.
    pub(super) fn schema(&self, parts: &[At<'a>]) -> Schema {
        let mut schemas = self.schemas.borrow_mut();
        let next = Schema(u32::try_from(schemas.parts.len()).unwrap_or(u32::MAX));
        let known = if let [only] = parts {
            *schemas.by_address.entry(only.address()).or_insert(next)
        } else {
            let addresses = parts.iter().map(|part| part.address()).collect();
            *schemas.by_addresses.entry(addresses).or_insert(next)
        };
        if known == next {
            schemas.parts.push(parts.into());
        }
        known
    }

    /// The nodes that make the schema.
    pub(super) fn parts(&self, schema: Schema) -> Rc<[At<'a>]> {
        let schemas = self.schemas.borrow();
        Rc::clone(&schemas.parts[schema.0 as usize])
    }

    /// What the schema means.
    pub(super) fn shape(&self, schema: Schema) -> Rc<Shape<'a>> {
        if let Some(shape) = self.schemas.borrow().shapes.get(&schema.0) {
            return Rc::clone(shape);
        }
        let shape = Rc::new(Shape::of(self, &self.parts(schema)));
        let mut schemas = self.schemas.borrow_mut();
        schemas.shapes.insert(schema.0, Rc::clone(&shape));
        shape
    }

    /// The references that lead nowhere, or out of the side.
    pub(super) fn take_unresolved(&self) -> Vec<Diagnostic> {
        self.unresolved.take()
    }
}

/// The reference with its percent signs decoded, when it has any.
fn decoded(reference: &str) -> Option<String> {
    if !reference.contains('%') {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(reference).decode_utf8();
    decoded.ok().map(Into::into)
}

/// The schema with this `$anchor`.
fn anchored<'a>(node: &'a Node, anchor: &str) -> Option<&'a Node> {
    if anchor.is_empty() || anchor.starts_with('/') {
        return None;
    }
    let named = ["$anchor", "$dynamicAnchor"]
        .iter()
        .any(|key| node.get(key).and_then(Node::as_str) == Some(anchor));
    if named {
        return Some(node);
    }
    match &node.value {
        Value::Object(entries) => entries.iter().find_map(|(_, node)| anchored(node, anchor)),
        Value::Array(items) => items.iter().find_map(|node| anchored(node, anchor)),
        _ => None,
    }
}
