//! Addresses of the service.

use super::Comparison;
use super::calls::{self, Call};
use crate::canonical::text::{quoted, short};
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;

impl<'a> Comparison<'a> {
    pub(super) fn servers(&mut self, pair: Pair, old: &Call<'a>, new: &Call<'a>) {
        let before = old
            .inherited(&self.old, "servers")
            .filter(|&it| is_said(it));
        let after = new
            .inherited(&self.new, "servers")
            .filter(|&it| is_said(it));
        match (before, after) {
            (None, None) => return,
            (Some(a), Some(b)) => {
                // Mostly the document's, which is compared once.
                let (inner, first) = self.pair(a, b);
                self.graph.connect(pair, inner, Guard::OPEN);
                if first && !equal::same(a.node, b.node) {
                    self.addresses(inner, a, b);
                }
                return;
            }
            _ => {}
        }
        let places = calls::stated((old, &self.old), (new, &self.new), "servers");
        let at_root = "the address that the document itself was read from";
        let (rule, wire, why, message) = if after.is_some() {
            (
                rules::SERVER_STATED,
                Wire::Undecided,
                "whether the address is the one that callers use isn't said",
                format!("`{{}}` has addresses of its own instead of {at_root}"),
            )
        } else {
            (
                rules::SERVER_REMOVED,
                Wire::Breaking,
                "callers of the old address get no response",
                format!("`{{}}` is only to be had at {at_root}"),
            )
        };
        let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
        let fact = Fact::judged(rule, wire, why, message)
            .places(Some(places.0), Some(places.1))
            .values(text(before), text(after));
        self.found(pair, Guard::OPEN, fact);
    }

    fn addresses(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        let list =
            |at: At<'a>| -> Vec<(&'a str, At<'a>)> { at.items().map(|it| (url(it), it)).collect() };
        let (before, after) = (list(old), list(new));
        for &(address, at) in &before {
            if let Some(&(_, partner)) = after.iter().find(|(it, _)| *it == address) {
                self.variables(pair, at, partner);
                self.notes(pair, at, partner, &["url", "variables"]);
                continue;
            }
            let why = "callers of this address get no response";
            let message = format!("the address {} is gone", quoted(address));
            let fact = Fact::judged(rules::SERVER_REMOVED, Wire::Breaking, why, message)
                .places(Some(at), Some(new))
                .values(Some(quoted(address)), None);
            self.found(pair, Guard::OPEN, fact);
        }
        for &(address, at) in &after {
            if !before.iter().any(|(it, _)| *it == address) {
                let why = "callers go on with the address that they use";
                let message = format!("the address {} is new", quoted(address));
                let fact = Fact::judged(rules::SERVER_ADDED, Wire::Compatible, why, message)
                    .places(Some(old), Some(at))
                    .values(None, Some(quoted(address)));
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }

    /// The variables of an address, those that it really has.
    fn variables(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        let list = |at: At<'a>| -> Vec<(&'a str, At<'a>)> {
            let variables = at.child("variables").into_iter().flat_map(At::entries);
            variables
                .filter(|(name, _)| url(at).contains(&format!("{{{name}}}")))
                .collect()
        };
        let (before, after) = (list(old), list(new));
        for &(name, at) in &before {
            let Some(&(_, partner)) = after.iter().find(|(it, _)| *it == name) else {
                continue;
            };
            let values = |at: At<'a>| -> Option<Vec<&'a str>> {
                let list = at.child("enum")?;
                Some(list.items().filter_map(|it| it.node.as_str()).collect())
            };
            let (was, is) = (values(at), values(partner));
            let shrunk = match (&was, &is) {
                (None, Some(_)) => true,
                (Some(was), Some(is)) => was.iter().any(|it| !is.contains(it)),
                _ => false,
            };
            let text = |at: At<'a>| Some(short(at.node));
            if was != is {
                let (wire, why) = if shrunk {
                    (
                        Wire::Breaking,
                        "callers that use one of the other values get no response",
                    )
                } else {
                    (
                        Wire::Compatible,
                        "every value that callers use is still one",
                    )
                };
                let message = format!("the values of `{name}` in an address changed");
                let fact = Fact::judged(rules::SERVER_VARIABLE_CHANGED, wire, why, message)
                    .places(Some(at), Some(partner))
                    .values(text(at), text(partner))
                    .named(name);
                self.found(pair, Guard::OPEN, fact);
            }
            if at.str("default") != partner.str("default") {
                let message = format!("the default of `{name}` in an address changed");
                let why = "callers that leave it out call another address";
                let fact =
                    Fact::judged(rules::SERVER_DEFAULT_CHANGED, Wire::Undecided, why, message)
                        .places(Some(at), Some(partner))
                        .values(text(at), text(partner))
                        .named(name);
                self.found(pair, Guard::OPEN, fact);
            }
            self.notes(pair, at, partner, &["enum", "default"]);
        }
    }
}

/// Whether addresses are named besides the one that goes without saying.
fn is_said(servers: At<'_>) -> bool {
    let mut addresses = servers.items();
    !(addresses.next().is_none_or(|it| url(it).is_empty()) && addresses.next().is_none())
}

fn url(at: At<'_>) -> &str {
    at.str("url").unwrap_or("/").trim_end_matches('/')
}
