//! Finds every schema, says what it is called and whether requests or replies contain it.

use std::collections::{HashMap, HashSet};

use super::index::{Operation, Parameter, components};
use super::shape::component;
use super::walk;
use crate::load::{Document, Key, Node, Pos};

/// A schema and where it stands.
pub(super) struct Site<'d> {
    pub(super) node: &'d Node,
    /// Place of its name, or of the schema where it has none.
    pub(super) pos: Pos,
    /// What messages call it: `Bill.total`, `items of Bill.lines`, `body of bills_create`.
    pub(super) label: String,
    pub(super) role: Role<'d>,
    /// The component it is part of.
    pub(super) owner: Option<&'d str>,
    /// Whether a request body contains it.
    pub(super) in_request: bool,
    /// Whether a success reply contains it.
    pub(super) in_reply: bool,
    /// Whether it is part of a `oneOf` or `anyOf`, or the value of a catch-all.
    pub(super) in_union: bool,
}

/// What a schema is to the thing around it.
#[derive(Clone, Copy)]
pub(super) enum Role<'d> {
    Component,
    Property(&'d Key),
    Items,
    /// Of an `allOf`.
    Part,
    /// Of a `oneOf`, `anyOf` or `not`.
    Variant,
    /// `additionalProperties`
    CatchAll,
    /// Of a parameter with this `in`.
    Parameter(&'d str),
    Header,
    Body,
    Reply,
}

impl<'d> Site<'d> {
    /// The name of the property this is.
    pub(super) fn property(&self) -> Option<&'d Key> {
        match self.role {
            Role::Property(key) => Some(key),
            _ => None,
        }
    }

    /// The place of the keyword, or of the schema.
    pub(super) fn pos_of(&self, keyword: &str) -> Pos {
        self.node
            .entry(keyword)
            .map_or(self.pos, |(key, _)| key.pos)
    }
}

/// Every schema of components, parameters, bodies and replies.
pub(super) fn find<'d>(
    document: &'d Document,
    operations: &[Operation<'d>],
    parameters: &[Parameter<'d>],
) -> Vec<Site<'d>> {
    let requests = reachable(document, operations.iter().filter_map(|it| it.body));
    let replies = operations.iter().flat_map(|it| &it.successes);
    let replies = reachable(document, replies.map(|(_, reply)| *reply));
    let mut found = Found(Vec::new());
    for (key, node) in components(document, "schemas") {
        let name = key.name.as_str();
        found.add(Site {
            node,
            pos: key.pos,
            label: name.to_owned(),
            role: Role::Component,
            owner: Some(name),
            in_request: requests.contains(name),
            in_reply: replies.contains(name),
            in_union: false,
        });
    }
    for parameter in parameters {
        if let Some(node) = parameter.node.get("schema") {
            let role = Role::Parameter(parameter.place);
            found.inline(node, node.pos, parameter.label.clone(), role);
        }
    }
    let mut seen = HashSet::new();
    for operation in operations {
        let bodies = operation.body.map(|body| (body, "body", Role::Body));
        let replies = operation.successes.iter();
        let replies = replies.map(|(_, reply)| (*reply, "reply", Role::Reply));
        for (holder, what, role) in bodies.into_iter().chain(replies) {
            if !seen.insert(std::ptr::from_ref(holder)) {
                continue;
            }
            for (name, header) in holder.get("headers").into_iter().flat_map(Node::entries) {
                if let Some(node) = header.get("schema") {
                    let label = format!("header {} of {}", name.name, operation.name);
                    found.inline(node, node.pos, label, Role::Header);
                }
            }
            for (_, media) in holder.get("content").into_iter().flat_map(Node::entries) {
                if let Some(node) = media.get("schema") {
                    let label = format!("{what} of {}", operation.name);
                    found.inline(node, node.pos, label, role);
                }
            }
        }
    }
    found.0
}

struct Found<'d>(Vec<Site<'d>>);

impl<'d> Found<'d> {
    fn inline(&mut self, node: &'d Node, pos: Pos, label: String, role: Role<'d>) {
        self.add(Site {
            node,
            pos,
            label,
            role,
            owner: None,
            in_request: matches!(role, Role::Body),
            in_reply: matches!(role, Role::Reply),
            in_union: false,
        });
    }

    /// Adds a schema and those inside it.
    fn add(&mut self, site: Site<'d>) {
        let node = site.node;
        if node.as_object().is_none() {
            return;
        }
        let inner = |node: &'d Node, pos: Pos, label: String, role: Role<'d>| Site {
            node,
            pos,
            label,
            role,
            owner: site.owner,
            in_request: site.in_request,
            in_reply: site.in_reply,
            in_union: site.in_union || matches!(role, Role::Variant | Role::CatchAll),
        };
        let mut children = Vec::new();
        for (keyword, value) in node.entries() {
            match keyword.name.as_str() {
                "properties" => {
                    for (key, property) in value.entries() {
                        let label = format!("{}.{}", site.label, key.name);
                        children.push(inner(property, key.pos, label, Role::Property(key)));
                    }
                }
                "items" => {
                    let label = format!("items of {}", site.label);
                    children.push(inner(value, value.pos, label, Role::Items));
                }
                "additionalProperties" => {
                    let label = format!("other properties of {}", site.label);
                    children.push(inner(value, value.pos, label, Role::CatchAll));
                }
                // A part describes the same object, so it goes by the same name.
                "allOf" => {
                    for part in value.items() {
                        children.push(inner(part, part.pos, site.label.clone(), Role::Part));
                    }
                }
                "oneOf" | "anyOf" => {
                    for variant in value.items() {
                        let label = format!("a variant of {}", site.label);
                        children.push(inner(variant, variant.pos, label, Role::Variant));
                    }
                }
                "not" => {
                    let label = format!("the opposite of {}", site.label);
                    children.push(inner(value, value.pos, label, Role::Variant));
                }
                _ => {}
            }
        }
        self.0.push(site);
        for child in children {
            self.add(child);
        }
    }
}

/// The components that can be reached from the nodes.
fn reachable<'d>(document: &'d Document, from: impl Iterator<Item = &'d Node>) -> HashSet<&'d str> {
    let all: HashMap<&str, &Node> = components(document, "schemas")
        .map(|(key, node)| (key.name.as_str(), node))
        .collect();
    let mut reached = HashSet::new();
    let mut pending: Vec<&Node> = from.collect();
    while let Some(node) = pending.pop() {
        walk::objects(node, &mut |object| {
            if let Some(name) = component(object.node)
                && let Some((&name, &target)) = all.get_key_value(name)
                && reached.insert(name)
            {
                pending.push(target);
            }
        });
    }
    reached
}
