//! What the rules look at, found once: operations, parameters and schemas with the names that
//! messages give them.

use std::collections::HashSet;

use super::schemas::{self, Site};
use super::shape::{follow, reference};
use super::vocabulary::METHODS;
use super::walk;
use crate::load::{Document, Key, Node, Pos};

/// The document and everything of interest in it.
pub(super) struct Index<'d> {
    pub(super) document: &'d Document,
    /// Path templates with their items.
    pub(super) paths: Vec<(&'d Key, &'d Node)>,
    pub(super) operations: Vec<Operation<'d>>,
    /// Every parameter object once, shared ones first.
    pub(super) parameters: Vec<Parameter<'d>>,
    /// Every schema, outer ones first.
    pub(super) schemas: Vec<Site<'d>>,
    /// Every reference with the keyword its holder stands under.
    pub(super) references: Vec<Reference<'d>>,
}

/// An operation.
pub(super) struct Operation<'d> {
    pub(super) path: &'d Key,
    /// The method with its place.
    pub(super) method: &'d Key,
    pub(super) node: &'d Node,
    /// The operationId, or method and path where it is missing.
    pub(super) name: String,
    /// Its own parameters and those of the path, references followed.
    pub(super) parameters: Vec<Parameter<'d>>,
    /// The request body, reference followed.
    pub(super) body: Option<&'d Node>,
    /// The replies with a status of 2xx, references followed.
    pub(super) successes: Vec<(&'d Key, &'d Node)>,
}

/// A parameter, where it is used or where it is defined.
#[derive(Clone)]
pub(super) struct Parameter<'d> {
    pub(super) pos: Pos,
    pub(super) node: &'d Node,
    pub(super) name: &'d str,
    /// `query`, `path`, `header` or `cookie`.
    pub(super) place: &'d str,
    /// What messages call it: `parameter search.status of bills_list`.
    pub(super) label: String,
}

/// A `$ref`.
pub(super) struct Reference<'d> {
    pub(super) text: &'d Node,
    pub(super) key: &'d Key,
    pub(super) holder: &'d Node,
    pub(super) under: &'d str,
}

impl<'d> Operation<'d> {
    /// The operationId.
    pub(super) fn id(&self) -> Option<&'d str> {
        self.node.get("operationId")?.as_str()
    }

    /// The only tag.
    pub(super) fn tag(&self) -> Option<&'d str> {
        match self.node.get("tags")?.as_array()? {
            [tag] => tag.as_str(),
            _ => None,
        }
    }

    /// What follows the tag in the operationId.
    pub(super) fn verb(&self) -> Option<&'d str> {
        self.id()?.strip_prefix(self.tag()?)?.strip_prefix('_')
    }

    /// A string under `key`.
    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.node.get(key)?.as_str()
    }

    /// The place of the entry `key`, or of the operation.
    pub(super) fn pos_of(&self, key: &str) -> Pos {
        self.node
            .entry(key)
            .map_or(self.method.pos, |(key, _)| key.pos)
    }

    /// The schema of the JSON request body.
    pub(super) fn body_schema(&self) -> Option<&'d Node> {
        self.body?
            .get("content")?
            .get("application/json")?
            .get("schema")
    }

    /// The status and JSON schema of the only success, when it has one.
    pub(super) fn reply(&self) -> Option<(&'d Key, &'d Node)> {
        let [(status, response)] = self.successes.as_slice() else {
            return None;
        };
        let schema = response
            .get("content")?
            .get("application/json")?
            .get("schema")?;
        Some((status, schema))
    }
}

impl<'d> Index<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let root = document.root();
        let paths: Vec<_> = root
            .get("paths")
            .into_iter()
            .flat_map(Node::entries)
            .collect();
        let operations: Vec<_> = paths
            .iter()
            .flat_map(|(path, item)| operations(document, path, item))
            .collect();
        let parameters = parameters(document, &operations);
        let schemas = schemas::find(document, &operations, &parameters);
        let mut references = Vec::new();
        walk::objects(root, &mut |object| {
            if let Some((key, text)) = object.node.entry("$ref") {
                references.push(Reference {
                    text,
                    key,
                    holder: object.node,
                    under: object.under,
                });
            }
        });
        Self {
            document,
            paths,
            operations,
            parameters,
            schemas,
            references,
        }
    }

    /// The component schemas.
    pub(super) fn components(&self) -> impl Iterator<Item = (&'d Key, &'d Node)> {
        components(self.document, "schemas")
    }
}

/// The components of one kind.
pub(super) fn components<'d>(
    document: &'d Document,
    kind: &str,
) -> impl Iterator<Item = (&'d Key, &'d Node)> + use<'d> {
    document
        .root()
        .get("components")
        .and_then(|all| all.get(kind))
        .into_iter()
        .flat_map(Node::entries)
}

fn operations<'d>(
    document: &'d Document,
    path: &'d Key,
    item: &'d Node,
) -> impl Iterator<Item = Operation<'d>> {
    item.entries()
        .filter(|(method, _)| METHODS.contains(&method.name.as_str()))
        .map(move |(method, node)| {
            let name = match node.get("operationId").and_then(Node::as_str) {
                Some(id) => id.to_owned(),
                None => format!("{} {}", method.name.to_uppercase(), path.name),
            };
            let of = format!("of {name}");
            let parameters = [node, item]
                .into_iter()
                .filter_map(|holder| holder.get("parameters"))
                .flat_map(Node::items)
                .filter_map(|node| parameter(document, node, node.pos, &of))
                .collect();
            let successes = node
                .get("responses")
                .into_iter()
                .flat_map(Node::entries)
                .filter(|(status, _)| is_success(&status.name))
                .filter_map(|(status, reply)| Some((status, follow(document, reply)?)))
                .collect();
            Operation {
                path,
                method,
                node,
                name,
                parameters,
                body: node
                    .get("requestBody")
                    .and_then(|body| follow(document, body)),
                successes,
            }
        })
}

/// `200` to `299`, and the range `2XX`.
pub(super) fn is_success(status: &str) -> bool {
    status.len() == 3 && status.starts_with('2')
}

fn parameter<'d>(
    document: &'d Document,
    node: &'d Node,
    pos: Pos,
    of: &str,
) -> Option<Parameter<'d>> {
    // refs-resolve speaks about a reference to something else.
    if reference(node).is_some_and(|it| !it.starts_with("#/components/parameters/")) {
        return None;
    }
    let node = follow(document, node)?;
    node.as_object()?;
    let name = node.get("name").and_then(Node::as_str).unwrap_or("");
    Some(Parameter {
        pos,
        node,
        name,
        place: node.get("in").and_then(Node::as_str).unwrap_or(""),
        label: match name {
            "" => format!("a parameter without a name {of}"),
            name => format!("parameter {name} {of}"),
        },
    })
}

/// Every parameter object once: a shared one, or one on a path, would be reported for each use.
fn parameters<'d>(document: &'d Document, operations: &[Operation<'d>]) -> Vec<Parameter<'d>> {
    let shared = components(document, "parameters").filter_map(|(key, node)| {
        let mut parameter = parameter(document, node, key.pos, "")?;
        parameter.label = format!("shared parameter {}", key.name);
        reference(node).is_none().then_some(parameter)
    });
    let mut seen = HashSet::new();
    shared
        .chain(operations.iter().flat_map(|it| it.parameters.clone()))
        .filter(|parameter| seen.insert(std::ptr::from_ref(parameter.node)))
        .collect()
}
