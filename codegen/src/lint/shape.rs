//! What a schema amounts to when its references are followed and its parts put together.

use super::vocabulary::schema::PAGE_ENVELOPE;
use crate::load::{Document, Key, Node, Pos};

/// The properties and required names of an object schema, those of its `allOf` parts included.
#[derive(Default)]
pub(super) struct Shape<'d> {
    pub(super) properties: Vec<(&'d Key, &'d Node)>,
    pub(super) required: Vec<(&'d str, Pos)>,
}

impl<'d> Shape<'d> {
    pub(super) fn of(document: &'d Document, schema: &'d Node) -> Self {
        let mut shape = Self::default();
        shape.absorb(document, schema, &mut Vec::new());
        shape
    }

    /// Whether `required` names the property.
    pub(super) fn requires(&self, property: &str) -> bool {
        self.required.iter().any(|(name, _)| *name == property)
    }

    fn absorb(&mut self, document: &'d Document, schema: &'d Node, seen: &mut Vec<*const Node>) {
        // Each part once, so that a cycle ends; `no-component-cycle` reports it.
        if seen.contains(&std::ptr::from_ref(schema)) {
            return;
        }
        seen.push(std::ptr::from_ref(schema));
        if let Some(target) = reference(schema) {
            if let Some(target) = document.resolve(target) {
                self.absorb(document, target, seen);
            }
            return;
        }
        if let Some(properties) = schema.get("properties") {
            self.properties.extend(properties.entries());
        }
        if let Some(required) = schema.get("required") {
            let names = required.items();
            self.required
                .extend(names.filter_map(|name| Some((name.as_str()?, name.pos))));
        }
        if let Some(parts) = schema.get("allOf") {
            for part in parts.items() {
                self.absorb(document, part, seen);
            }
        }
    }
}

/// The text of `$ref`.
pub(super) fn reference(node: &Node) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// The component that a reference to a schema names.
pub(super) fn component(node: &Node) -> Option<&str> {
    reference(node)?.strip_prefix("#/components/schemas/")
}

/// Follows references until something else is found. `None` when they lead nowhere or in a circle.
pub(super) fn follow<'d>(document: &'d Document, node: &'d Node) -> Option<&'d Node> {
    const MOST: usize = 32;
    let mut node = node;
    for _ in 0..MOST {
        match reference(node) {
            None => return Some(node),
            Some(target) => node = document.resolve(target)?,
        }
    }
    None
}

/// The value of `type`.
pub(super) fn kind(schema: &Node) -> Option<&str> {
    schema.get("type")?.as_str()
}

/// Whether the keyword is there and `true`.
pub(super) fn is_true(node: &Node, keyword: &str) -> bool {
    node.get(keyword).and_then(Node::as_bool) == Some(true)
}

/// Whether a component is a page: one of its parts is the page envelope.
pub(super) fn is_page(document: &Document, name: &str) -> bool {
    let schema = document.resolve(&format!("#/components/schemas/{name}"));
    let parts = schema.and_then(|schema| schema.get("allOf"));
    let mut parts = parts.into_iter().flat_map(Node::items);
    parts.any(|part| component(part) == Some(PAGE_ENVELOPE))
}
