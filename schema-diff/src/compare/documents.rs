//! Whole documents: what they have on one side only, and where walks start.

use super::Comparison;
use super::calls::Call;
use crate::canonical::At;
use crate::canonical::text::{quoted, short};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;
use crate::side::Kind;

impl<'a> Comparison<'a> {
    /// Compares every document with the one of the same name; two single ones always.
    pub(super) fn documents(&mut self) {
        let (olds, news) = (self.old.documents, self.new.documents);
        let alone = olds.len() == 1 && news.len() == 1;
        for (index, old) in olds.iter().enumerate() {
            let partner = news.iter().position(|new| alone || new.name == old.name);
            match partner {
                Some(other) if news[other].kind == old.kind => {
                    self.named(index, other, old.kind);
                    self.finish();
                }
                _ => self.alone(index, true, &old.name),
            }
        }
        for (index, new) in news.iter().enumerate() {
            let known = |name: &str| {
                olds.iter()
                    .any(|old| old.name == name && old.kind == new.kind)
            };
            if !alone && !known(&new.name) {
                self.alone(index, false, &new.name);
            }
        }
        if alone && olds[0].kind != news[0].kind {
            self.alone(0, false, &news[0].name);
        }
        self.overlaps();
    }

    /// A document that is on one side only.
    fn alone(&mut self, index: usize, is_old: bool, name: &str) {
        let pair = self.graph.add();
        let tree = if is_old { &self.old } else { &self.new };
        let root = tree.root(index);
        let fact = if is_old {
            let why = "everything it describes is gone";
            let message = format!("the document `{name}` is gone");
            Fact::judged(rules::DOCUMENT_REMOVED, Wire::Breaking, why, message)
                .places(Some(root), None)
        } else {
            let why = "old callers don't know what it describes";
            let message = format!("the document `{name}` is new");
            Fact::judged(rules::DOCUMENT_ADDED, Wire::Compatible, why, message)
                .places(None, Some(root))
        };
        let request = self.calls.len();
        self.calls.push(Call::whole("ALL", name, None, root));
        self.root(request, true, None, pair);
        self.root(request, false, None, pair);
        self.found(pair, Guard::OPEN, fact);
    }

    fn named(&mut self, old: usize, new: usize, kind: Kind) {
        let (before, after) = (self.old.root(old), self.new.root(new));
        let (pair, _) = self.pair(before, after);
        self.names_on_one_side(before, after);
        match kind {
            Kind::OpenApi => {
                self.info(pair, before, after);
                self.operations(pair, old, new);
            }
            Kind::JsonSchema => self.starts(pair, before, after),
        }
        self.finish();
        self.components(pair, before, after);
        self.finish();
    }

    /// Remembers which named schemas are on one side only.
    fn names_on_one_side(&mut self, old: At<'a>, new: At<'a>) {
        for path in SCHEMAS {
            let (before, after) = (map(old, path), map(new, path));
            for (name, _) in before.iter().flat_map(|it| it.entries()) {
                if after.and_then(|it| it.child(name)).is_none() {
                    self.only_old.insert((old.document, name));
                }
            }
            for (name, _) in after.iter().flat_map(|it| it.entries()) {
                if before.and_then(|it| it.child(name)).is_none() {
                    self.only_new.insert((new.document, name));
                }
            }
        }
    }

    /// What stands at the top of an `OpenAPI` document.
    fn info(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        const STRUCTURE: &[&str] = &[
            "paths",
            "webhooks",
            "x-webhooks",
            "components",
            "security",
            "servers",
            "tags",
        ];
        let both = old.child("info").is_some() == new.child("info").is_some();
        let structure: Vec<&str> = STRUCTURE
            .iter()
            .copied()
            .chain(both.then_some("info"))
            .collect();
        self.notes(pair, old, new, &structure);
        if let (Some(before), Some(after)) = (old.child("info"), new.child("info")) {
            self.notes(pair, before, after, &["version"]);
            let text = |at: At<'a>| at.child("version").map(|it| short(it.node));
            let (was, is) = (text(before), text(after));
            if was != is {
                let why = "it says what the description is, not what is sent";
                let message = "the version of the description changed";
                let fact =
                    Fact::judged(rules::DOCUMENT_VERSION_CHANGED, Wire::Silent, why, message)
                        .places(before.child("version"), after.child("version"))
                        .values(was, is);
                self.found(pair, Guard::OPEN, fact);
            }
        }
        self.tags(pair, old, new);
    }

    /// The list of tags: a set of names with words.
    fn tags(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        let list = |at: At<'a>| -> Vec<(&'a str, At<'a>)> {
            let tags = at.child("tags");
            let items = tags
                .into_iter()
                .flat_map(|it| it.items().collect::<Vec<_>>());
            items.filter_map(|it| Some((it.str("name")?, it))).collect()
        };
        let (before, after) = (list(old), list(new));
        let why = "tags aren't sent";
        for &(name, at) in &before {
            if let Some(&(_, partner)) = after.iter().find(|(it, _)| *it == name) {
                self.notes(pair, at, partner, &["name"]);
                continue;
            }
            let message = format!("the tag {} is gone", quoted(name));
            let fact = Fact::judged(rules::DOC_TAG_REMOVED, Wire::Silent, why, message)
                .places(Some(at), new.child("tags"))
                .values(Some(quoted(name)), None)
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
        for &(name, at) in &after {
            if !before.iter().any(|(it, _)| *it == name) {
                let message = format!("the tag {} is new", quoted(name));
                let fact = Fact::judged(rules::DOC_TAG_ADDED, Wire::Silent, why, message)
                    .places(old.child("tags"), Some(at))
                    .values(None, Some(quoted(name)))
                    .named(name);
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }

    /// Where a JSON Schema starts: at the shapes that its operation names, else at its root, else at
    /// everything it defines.
    fn starts(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        const STRUCTURE: &[&str] = &["definitions", "$defs"];
        let call = self.calls.len();
        let entry = |at: At<'a>| self.vocabulary.entry(at.node).unwrap_or_default();
        let (before, after) = (entry(old), entry(new));
        let name = before.operation;
        let path = name.unwrap_or("the schema");
        self.calls.push(Call::whole("POST", path, name, old));
        let mut started = false;
        for (was, is, is_request) in [
            (before.request, after.request, true),
            (before.response, after.response, false),
        ] {
            let was = was.and_then(|text| self.old.resolve(old, text));
            let is = is.and_then(|text| self.new.resolve(new, text));
            if let (Some(was), Some(is)) = (was, is) {
                let inner = self.graph.add();
                self.root(call, is_request, None, inner);
                self.schemas(inner, Guard::OPEN, &[was], &[is]);
                started = true;
            }
        }
        if started || before.only_definitions {
            if started {
                self.root(call, true, None, pair);
                self.root(call, false, None, pair);
            }
            self.notes(pair, old, new, STRUCTURE);
            return;
        }
        self.root(call, true, None, pair);
        self.root(call, false, None, pair);
        self.schemas(pair, Guard::OPEN, &[old], &[new]);
        for path in ["/definitions", "/$defs"] {
            if let (Some(before), Some(after)) = (map(old, path), map(new, path)) {
                for (name, before) in before.entries() {
                    if let Some(after) = after.child(name) {
                        self.schemas(pair, Guard::OPEN, &[before], &[after]);
                    }
                }
            }
        }
    }
}

/// Where named schemas are.
pub(super) const SCHEMAS: [&str; 3] = ["/components/schemas", "/definitions", "/$defs"];

pub(super) fn map<'a>(root: At<'a>, pointer: &str) -> Option<At<'a>> {
    root.node.pointer(pointer).map(|node| root.with(node))
}
