//! Where nodes stand: pointers, lines, and what people call the place.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use api_schema_text::pointer;

use super::canonical::{At, Fast};
use super::finding::{Place, Subject};
use super::side::Named;
use api_schema_text::{Node, Pos, Value};

/// The places of some nodes, found in one walk over each document.
pub(super) struct Places {
    known: Fast<usize, (String, Pos)>,
}

impl Places {
    /// Finds the nodes of these addresses.
    pub(super) fn find(documents: &[Named], wanted: impl Iterator<Item = usize>) -> Self {
        let mut walk = Walk {
            left: wanted.collect(),
            known: Fast::default(),
            pointer: String::new(),
        };
        for named in documents {
            let root = named.document.root();
            walk.node(root, root.pos);
        }
        Self { known: walk.known }
    }

    /// Where a node stands.
    pub(super) fn of(&self, documents: &[Named], at: At<'_>) -> Option<Place> {
        let (pointer, pos) = self.known.get(&at.address())?;
        let named = documents.get(at.document)?;
        Some(Place {
            document: named.name.clone(),
            pointer: pointer.clone(),
            file: named.document.file(*pos).to_owned(),
            line: pos.line,
        })
    }
}

struct Walk {
    left: HashSet<usize>,
    known: Fast<usize, (String, Pos)>,
    pointer: String,
}

impl Walk {
    /// `pos` is where the key stands, for a value that has one.
    fn node(&mut self, node: &Node, pos: Pos) {
        if self.left.is_empty() {
            return;
        }
        let address = std::ptr::from_ref(node).addr();
        if self.left.remove(&address) {
            self.known.insert(address, (self.pointer.clone(), pos));
        }
        let length = self.pointer.len();
        match &node.value {
            Value::Object(entries) => {
                for (key, inner) in entries {
                    pointer::push(&mut self.pointer, &key.name);
                    self.node(inner, key.pos);
                    self.pointer.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    self.pointer.push('/');
                    self.pointer.push_str(&index.to_string());
                    self.node(inner, inner.pos);
                    self.pointer.truncate(length);
                }
            }
            _ => {}
        }
    }
}

/// The pointer without what depends on the order of lists: the same as long as the place is.
pub(super) fn stable(pointer: &str, root: &Node) -> String {
    let mut out = String::new();
    let mut tokens = pointer.split('/').skip(1).peekable();
    let mut node = Some(root);
    while let Some(token) = tokens.next() {
        let plain = pointer::unescape(token);
        let list = node.and_then(Node::as_array).is_some();
        node = node.and_then(|node| step(node, &plain));
        match token {
            "allOf" | "enum" | "required" | "type" => {
                let index = tokens.peek().filter(|it| it.parse::<usize>().is_ok());
                let next = index.and_then(|it| it.parse::<usize>().ok());
                if let Some(next) = next {
                    tokens.next();
                    node = node.and_then(|node| node.as_array()?.get(next));
                }
                if token != "allOf" {
                    out.push('/');
                    out.push_str(token);
                }
            }
            _ if list => {
                // Parameters, tags and servers have names.
                let name = |key: &str| node.and_then(|it| it.get(key)).and_then(Node::as_str);
                let parts: Vec<&str> = ["in", "name", "url", "$ref", "title"]
                    .iter()
                    .filter_map(|key| name(key))
                    .collect();
                out.push('/');
                if parts.is_empty() {
                    out.push_str(token);
                } else {
                    out.push_str(&parts.join(" "));
                }
            }
            _ => {
                out.push('/');
                out.push_str(token);
            }
        }
    }
    out
}

fn step<'a>(node: &'a Node, token: &str) -> Option<&'a Node> {
    match &node.value {
        Value::Object(_) => node.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

/// What people call the place of a pointer: `Customer.status`, `payments_create`, `bills_list?status`.
///
/// `ids` maps method and path to the name of the operation.
pub(super) fn subject(
    pointer: &str,
    root: &Node,
    ids: &HashMap<(String, String), String>,
) -> Subject {
    let tokens: Vec<Cow<'_, str>> = pointer::keys(pointer).collect();
    let texts: Vec<&str> = tokens.iter().map(AsRef::as_ref).collect();
    match texts.as_slice() {
        ["components", "schemas", name, rest @ ..] | ["definitions" | "$defs", name, rest @ ..] => {
            Subject::new(*name, within(rest))
        }
        [
            "components",
            kind @ ("parameters" | "headers"),
            name,
            rest @ ..,
        ] => {
            let shown = root
                .pointer(&pointer::join(&format!("/components/{kind}"), name))
                .and_then(|it| it.get("name"))
                .and_then(Node::as_str)
                .unwrap_or(name);
            Subject::new(shown, within(rest))
        }
        ["components", "pathItems", name, method, rest @ ..]
        | ["components", "callbacks", name, _, method, rest @ ..]
            if *method != "parameters" =>
        {
            let depth = texts.len() - rest.len();
            let own = texts[..depth]
                .iter()
                .try_fold(root, |node, key| node.get(key));
            let id = own
                .and_then(|it| it.get("operationId"))
                .and_then(Node::as_str);
            let unnamed = || format!("{} {name}", method.to_uppercase());
            operation(&id.map_or_else(unnamed, str::to_owned), rest, own)
        }
        ["components", _, name, rest @ ..] => Subject::new(*name, within(rest)),
        ["components", kind] => (*kind).into(),
        ["paths" | "webhooks" | "x-webhooks", path, method, rest @ ..]
            if *method != "parameters" =>
        {
            let key = (method.to_uppercase(), (*path).to_owned());
            let unnamed = || format!("{} {path}", method.to_uppercase());
            let id = ids.get(&key).cloned().unwrap_or_else(unnamed);
            let own = root
                .get(texts[0])
                .and_then(|it| it.get(path))
                .and_then(|it| it.get(method));
            operation(&id, rest, own)
        }
        [
            "paths" | "webhooks" | "x-webhooks",
            path,
            "parameters",
            rest @ ..,
        ] => {
            let item = root.get(texts[0]).and_then(|it| it.get(path));
            let own = item.and_then(|it| it.get("parameters"));
            parameter(path, rest, own)
        }
        ["paths" | "webhooks" | "x-webhooks", path] => (*path).into(),
        ["security" | "servers"] => "the API".into(),
        [] if root.get("openapi").is_some() => "the API".into(),
        [] => "the description".into(),
        rest => {
            let inner = within(rest);
            let inner = inner.trim_start_matches('.');
            if inner.is_empty() {
                rest.first().copied().unwrap_or_default().into()
            } else {
                // A schema without a name: its outermost field stands for it.
                let (owner, part) = inner.split_at(inner.find('.').unwrap_or(inner.len()));
                Subject::new(owner, part)
            }
        }
    }
}

/// A part of an operation.
fn operation(id: &str, rest: &[&str], own: Option<&Node>) -> Subject {
    let part = match rest {
        ["parameters", rest @ ..] => {
            return parameter(id, rest, own.and_then(|it| it.get("parameters")));
        }
        ["callbacks", name, expression, method, rest @ ..] => {
            let inner = ["callbacks", name, expression, method];
            let own = own.and_then(|own| inner.iter().try_fold(own, |node, key| node.get(key)));
            return operation(&format!("{id} callback {name}"), rest, own);
        }
        ["requestBody", "content", _, rest @ ..] => format!(" body{}", within(rest)),
        ["requestBody", ..] => " body".to_owned(),
        ["responses", status, "headers", name, rest @ ..] => {
            format!(" {status} header {name}{}", within(rest))
        }
        ["responses", status, "content", _, rest @ ..] => format!(" {status}{}", within(rest)),
        ["responses", status, ..] => format!(" {status}"),
        _ => String::new(),
    };
    Subject::new(id, part)
}

fn parameter(id: &str, rest: &[&str], list: Option<&Node>) -> Subject {
    let [index, rest @ ..] = rest else {
        return id.into();
    };
    let items = list.and_then(Node::as_array);
    let own = items.and_then(|items| items.get(index.parse::<usize>().ok()?));
    let text = |key: &str| own.and_then(|it| it.get(key)).and_then(Node::as_str);
    let name = text("name").or_else(|| text("$ref").and_then(|it| it.rsplit('/').next()));
    match (text("in"), name) {
        (Some("query") | None, Some(name)) => Subject::new(id, format!("?{name}{}", within(rest))),
        (Some(place), Some(name)) => Subject::new(id, format!(" {place} {name}{}", within(rest))),
        _ => id.into(),
    }
}

/// The fields on the way into a schema: `.address.city`, `[]` for items, `{}` for other fields.
fn within(tokens: &[&str]) -> String {
    let mut out = String::new();
    let mut rest = tokens.iter();
    while let Some(token) = rest.next() {
        match *token {
            "properties" | "patternProperties" => {
                if let Some(name) = rest.next() {
                    out.push('.');
                    out.push_str(name);
                }
            }
            "items" | "prefixItems" => out.push_str("[]"),
            "additionalProperties" => out.push_str("{}"),
            _ => {}
        }
    }
    out
}
