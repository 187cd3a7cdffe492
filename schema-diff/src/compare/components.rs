//! Components: what came, went or was renamed, and what no operation leads to.

use super::Comparison;
use super::documents::{SCHEMAS, map};
use crate::canonical::text::{quoted, short};
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::matching;
use crate::rules::{self, Rule};

impl<'a> Comparison<'a> {
    /// Components: what came, went or was renamed, and what no operation leads to.
    pub(super) fn components(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        let unreached = self.graph.add();
        for path in SCHEMAS {
            let list = |root: At<'a>| -> Vec<(&'a str, At<'a>)> {
                map(root, path).into_iter().flat_map(At::entries).collect()
            };
            let (before, after) = (list(old), list(new));
            for &(name, at) in &before {
                if let Some(partner) = map(new, path).and_then(|it| it.child(name)) {
                    self.schemas(unreached, Guard::OPEN, &[at], &[partner]);
                }
            }
            self.one_sided(unreached, &before, &after);
        }
        for (kind, rule) in [
            ("parameters", rules::COMPONENT_CHANGED),
            ("headers", rules::COMPONENT_CHANGED),
            ("responses", rules::COMPONENT_CHANGED),
            ("requestBodies", rules::COMPONENT_CHANGED),
            ("examples", rules::DOC_EXAMPLE_CHANGED),
            ("links", rules::COMPONENT_CHANGED),
            ("callbacks", rules::COMPONENT_CHANGED),
            ("pathItems", rules::COMPONENT_CHANGED),
        ] {
            self.shared(pair, unreached, old, new, kind, rule);
        }
    }

    /// Schemas that are on one side only.
    fn one_sided(&mut self, pair: Pair, before: &[(&'a str, At<'a>)], after: &[(&'a str, At<'a>)]) {
        let only = |list: &[(&'a str, At<'a>)], names: &dyn Fn(&(usize, &'a str)) -> bool| {
            let mine = list
                .iter()
                .filter(|(name, at)| names(&(at.document, *name)));
            mine.copied().collect::<Vec<_>>()
        };
        let removed = only(before, &|key| self.only_old.contains(key));
        let added = only(after, &|key| self.only_new.contains(key));
        let renamed = matching::renamed(&removed, &added);
        let why = "names aren't sent; where it was used is listed on its own";
        for &(was, is) in &renamed {
            let ((old_name, old), (new_name, new)) = (removed[was], added[is]);
            let message = format!("the schema `{old_name}` is called `{new_name}` now");
            let fact = Fact::judged(rules::SCHEMA_RENAMED, Wire::Silent, why, message)
                .places(Some(old), Some(new))
                .values(Some(quoted(old_name)), Some(quoted(new_name)));
            self.found(pair, Guard::OPEN, fact);
            self.schemas(pair, Guard::OPEN, &[old], &[new]);
        }
        for (index, &(name, at)) in removed.iter().enumerate() {
            if !renamed.iter().any(|(was, _)| *was == index) {
                let message = format!("the schema `{name}` is gone");
                let fact = Fact::judged(rules::SCHEMA_REMOVED, Wire::Silent, why, message)
                    .places(Some(at), None)
                    .values(Some(quoted(name)), None);
                self.found(pair, Guard::OPEN, fact);
            }
        }
        for (index, &(name, at)) in added.iter().enumerate() {
            if !renamed.iter().any(|(_, is)| *is == index) {
                let message = format!("the schema `{name}` is new");
                let fact = Fact::judged(rules::SCHEMA_ADDED, Wire::Silent, why, message)
                    .places(None, Some(at))
                    .values(None, Some(quoted(name)));
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }

    /// Whether operations of the component, a path item or callback, were compared.
    fn has_calls(&self, component: At<'a>) -> bool {
        let items = component.entries().map(|(_, item)| item.address());
        let items: Vec<usize> = items.chain([component.address()]).collect();
        let mut calls = self.calls.iter();
        calls.any(|call| items.contains(&call.item.address()))
    }

    /// Other components. Those that operations use were compared there.
    fn shared(
        &mut self,
        pair: Pair,
        unreached: Pair,
        old: At<'a>,
        new: At<'a>,
        kind: &str,
        changed: &'static Rule,
    ) {
        let path = format!("/components/{kind}");
        let (before, after) = (map(old, &path), map(new, &path));
        let why = "components aren't sent; where it was used is listed on its own";
        for (name, at) in before.into_iter().flat_map(At::entries) {
            let Some(partner) = after.and_then(|it| it.child(name)) else {
                let message = format!("{kind}/{name} is gone from the components");
                let fact = Fact::judged(rules::COMPONENT_REMOVED, Wire::Silent, why, message)
                    .places(Some(at), None);
                self.found(unreached, Guard::OPEN, fact);
                continue;
            };
            if equal::same(at.node, partner.node) || self.has_calls(partner) {
                continue;
            }
            match kind {
                "parameters" => {
                    let place = |at: At<'a>| (at.str("in"), at.str("name"));
                    if place(at) != place(partner) {
                        let message = format!("the parameter `{name}` is sent as a different one");
                        let fact = Fact::judged(changed, Wire::Silent, why, message)
                            .places(Some(at), Some(partner));
                        self.found(unreached, Guard::OPEN, fact);
                    }
                    self.parameter(unreached, at, partner);
                }
                "headers" => self.header(unreached, at, partner),
                "responses" => self.response(unreached, at, partner),
                "requestBodies" => self.body(unreached, at, partner),
                _ => {
                    let message = format!("{kind}/{name} of the components changed");
                    let fact = Fact::judged(changed, Wire::Silent, why, message)
                        .places(Some(at), Some(partner))
                        .values(Some(short(at.node)), Some(short(partner.node)));
                    self.found(pair, Guard::OPEN, fact);
                }
            }
        }
        for (name, at) in after.into_iter().flat_map(At::entries) {
            if before.and_then(|it| it.child(name)).is_none() {
                let message = format!("{kind}/{name} is new in the components");
                let fact = Fact::judged(rules::COMPONENT_ADDED, Wire::Silent, why, message)
                    .places(None, Some(at));
                self.found(unreached, Guard::OPEN, fact);
            }
        }
    }
}
