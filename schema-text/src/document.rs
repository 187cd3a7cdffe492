//! One tree, the files it came from, and an index of its components.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::node::{Node, Pos};

/// A whole document: the bundled schema, or one JSON file.
///
/// ```
/// use api_schema_text::{Source, json};
///
/// let text = r##"{"a": {"$ref": "#/components/schemas/Bill"},
///     "components": {"schemas": {"Bill": {"type": "object"}}}}"##;
/// let document = json(&Source { path: "a.json".to_owned(), text: text.to_owned() }).unwrap();
/// let reference = document.root().pointer("/a/$ref").unwrap();
/// let bill = document.resolve(reference.as_str().unwrap()).unwrap();
/// let diagnostic = document.diagnostic_at(bill.pos, "rule", "it is empty", "add properties");
/// assert_eq!(diagnostic.to_string(), "a.json:2: rule: it is empty; add properties");
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    root: Node,
    files: Vec<String>,
    /// Place of each component: (entry in `components`, entry in that map), by `schemas/Customer`.
    components: HashMap<String, (usize, usize)>,
}

impl Document {
    /// A document of a tree; `files` are those that its places refer to.
    pub fn new(root: Node, files: Vec<String>) -> Self {
        let mut components = HashMap::new();
        if let Some(all) = root.get("components") {
            for (outer, (kind, map)) in all.entries().enumerate() {
                for (inner, (name, _)) in map.entries().enumerate() {
                    components.insert(format!("{}/{}", kind.name, name.name), (outer, inner));
                }
            }
        }
        Self {
            root,
            files,
            components,
        }
    }

    /// The outermost node.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The files that were read, in the order of [`Pos::file`].
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The file a place is in.
    pub fn file(&self, pos: Pos) -> &str {
        usize::try_from(pos.file)
            .ok()
            .and_then(|index| self.files.get(index))
            .map_or("", String::as_str)
    }

    /// The node that a document-local reference (`#/components/schemas/Customer`) points to.
    ///
    /// `None` for a reference into another document and for one that leads nowhere. The target may be
    /// a reference itself.
    pub fn resolve(&self, reference: &str) -> Option<&Node> {
        let pointer = reference.strip_prefix('#')?;
        if let Some(name) = pointer.strip_prefix("/components/")
            && let Some(&(outer, inner)) = self.components.get(name)
        {
            let (_, map) = self.root.get("components")?.as_object()?.get(outer)?;
            return map.as_object()?.get(inner).map(|(_, node)| node);
        }
        self.root.pointer(pointer)
    }

    /// The document as JSON, as [`Node::to_json`] writes it.
    pub fn to_json(&self) -> String {
        self.root.to_json()
    }

    /// A message about the place `pos` of this document.
    pub fn diagnostic_at(
        &self,
        pos: Pos,
        rule: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            file: self.file(pos).to_owned(),
            line: pos.line,
            rule,
            message: message.into(),
            help: help.into(),
        }
    }
}
