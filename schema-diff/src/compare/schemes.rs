//! Schemes by which callers prove who they are, with the flows and scopes of their tokens.

use super::Comparison;
use super::calls::Call;
use super::extensions::same_or_absent;
use crate::canonical::text::{quoted, short};
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;

/// What a scheme is made of.
const PARTS: [&str; 6] = ["type", "name", "in", "scheme", "flows", "openIdConnectUrl"];

impl<'a> Comparison<'a> {
    /// Compares the schemes of one name.
    pub(super) fn scheme(&mut self, from: Pair, old: &Call<'a>, new: &Call<'a>, name: &str) {
        let find = |root: At<'a>| schemes(root)?.child(name);
        let before = find(self.old.root(old.at.document));
        let after = find(self.new.root(new.at.document));
        let (Some(before), Some(after)) = (before, after) else {
            return;
        };
        let (old, new) = (self.old.follow(before), self.new.follow(after));
        let (pair, first) = self.pair(old, new);
        self.graph.connect(from, pair, Guard::OPEN);
        if !first || equal::same(old.node, new.node) {
            return;
        }
        // A scheme of another type has other parts.
        let whole = !same_part("type", old, new);
        for key in PARTS.into_iter().filter(|key| !whole || *key == "type") {
            let (was, is) = (old.child(key), new.child(key));
            if same_part(key, old, new) {
                continue;
            }
            if key == "flows" {
                self.flows(pair, was.unwrap_or(old), is.unwrap_or(new));
                continue;
            }
            let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
            let message = format!("{key} of the scheme `{name}` changed");
            let why = "old callers prove who they are in the old way";
            let fact = Fact::judged(rules::SECURITY_SCHEME_CHANGED, Wire::Breaking, why, message)
                .places(was.or(Some(old)), is.or(Some(new)))
                .values(text(was), text(is))
                .named(key);
            self.found(pair, Guard::OPEN, fact);
        }
        self.notes(pair, old, new, &PARTS);
    }

    /// The ways to get a token.
    fn flows(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        for (name, before) in old.entries() {
            let Some(after) = new.child(name) else {
                let why = "callers that get their token in this way can't any more";
                let message = format!("the flow `{name}` is gone");
                let fact = Fact::judged(rules::SECURITY_FLOW_REMOVED, Wire::Breaking, why, message)
                    .places(Some(before), Some(new))
                    .named(name);
                self.found(pair, Guard::OPEN, fact);
                continue;
            };
            for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
                let (was, is) = (before.child(key), after.child(key));
                if !same_or_absent(was, is) {
                    let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
                    // Without an address of its own, tokens are renewed where they are given.
                    let (wire, why) = if was.is_some() {
                        (
                            Wire::Breaking,
                            "old callers ask for tokens at the old address",
                        )
                    } else {
                        (
                            Wire::Compatible,
                            "old callers go on with the address that they know",
                        )
                    };
                    let message = format!("{key} of the flow `{name}` changed");
                    let rule = rules::SECURITY_FLOW_CHANGED;
                    let fact = Fact::judged(rule, wire, why, message)
                        .places(was.or(Some(before)), is.or(Some(after)))
                        .values(text(was), text(is))
                        .named(key);
                    self.found(pair, Guard::OPEN, fact);
                }
            }
            self.scopes(pair, before, after);
        }
        for (name, after) in new.entries() {
            if old.child(name).is_none() && old.str("type").is_none() {
                let why = "callers go on with the flow that they use";
                let message = format!("the flow `{name}` is new");
                let fact = Fact::judged(rules::SECURITY_FLOW_ADDED, Wire::Compatible, why, message)
                    .places(Some(old), Some(after))
                    .named(name);
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }

    fn scopes(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        let names = |at: At<'a>| -> Vec<&'a str> {
            let scopes = at.child("scopes").into_iter().flat_map(At::entries);
            scopes.map(|(name, _)| name).collect()
        };
        let (was, is) = (names(old), names(new));
        let both = (
            old.child("scopes").or(Some(old)),
            new.child("scopes").or(Some(new)),
        );
        for (before, after) in both.0.into_iter().zip(both.1) {
            for name in was.iter().filter(|name| is.contains(name)) {
                let (was, is) = (before.child(name), after.child(name));
                if !same_or_absent(was, is) {
                    let why = "what a scope is called is sent, its description isn't";
                    let message = format!("the scope {} is described differently", quoted(name));
                    let fact = Fact::judged(rules::DOC_TEXT_CHANGED, Wire::Silent, why, message)
                        .places(was, is)
                        .named(*name);
                    self.found(pair, Guard::OPEN, fact);
                }
            }
        }
        for name in was.iter().filter(|name| !is.contains(name)) {
            let why = "a token with this scope can't be had any more";
            let message = format!("the scope {} is gone", quoted(name));
            let fact = Fact::judged(rules::SECURITY_SCOPE_REMOVED, Wire::Breaking, why, message)
                .places(both.0, both.1)
                .named(*name);
            self.found(pair, Guard::OPEN, fact);
        }
        for name in is.iter().filter(|name| !was.contains(name)) {
            let why = "callers go on with the scopes that they have";
            let message = format!("the scope {} is new", quoted(name));
            let fact = Fact::judged(
                rules::SECURITY_SCOPE_OFFERED,
                Wire::Compatible,
                why,
                message,
            )
            .places(both.0, both.1)
            .named(*name);
            self.found(pair, Guard::OPEN, fact);
        }
    }

    /// Schemes that no operation uses, and those that are on one side only.
    pub(super) fn unused_schemes(&mut self, pair: Pair, old: usize, new: usize) {
        let before = schemes(self.old.root(old));
        let after = schemes(self.new.root(new));
        let why = "a scheme matters where operations name it";
        let renamed = self.renamed_schemes(before, after);
        for &(was, is) in &renamed {
            let at = |schemes: Option<At<'a>>, name| schemes.and_then(|it| it.child(name));
            let why = "the names of schemes aren't sent";
            let message = format!("the scheme `{was}` is called `{is}` now");
            let fact = Fact::judged(rules::SECURITY_SCHEME_RENAMED, Wire::Silent, why, message)
                .places(at(before, was), at(after, is))
                .values(Some(was.to_owned()), Some(is.to_owned()));
            self.found(pair, Guard::OPEN, fact);
        }
        for (name, at) in before.into_iter().flat_map(At::entries) {
            if renamed.iter().any(|(was, _)| *was == name) {
                continue;
            }
            let partner = after.and_then(|it| it.child(name));
            let (rule, message) = match partner {
                None => (
                    rules::SECURITY_SCHEME_REMOVED,
                    format!("the scheme `{name}` is gone"),
                ),
                Some(partner) => {
                    let known = super::Parts::Other(at.address(), partner.address());
                    if self.known.contains_key(&known) || equal::same(at.node, partner.node) {
                        continue;
                    }
                    (
                        rules::SECURITY_SCHEME_UNUSED_CHANGED,
                        format!("the scheme `{name}`, which no operation uses, changed"),
                    )
                }
            };
            let fact =
                Fact::judged(rule, Wire::Silent, why, message).places(Some(at), partner.or(after));
            self.found(pair, Guard::OPEN, fact);
        }
        for (name, at) in after.into_iter().flat_map(At::entries) {
            let is_new = before.and_then(|it| it.child(name)).is_none();
            if is_new && !renamed.iter().any(|(_, is)| *is == name) {
                let message = format!("the scheme `{name}` is new");
                let fact = Fact::judged(rules::SECURITY_SCHEME_ADDED, Wire::Silent, why, message)
                    .places(before, Some(at));
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }

    /// Schemes of which only the name is another, each by its old and its new name.
    pub(super) fn renamed_schemes(
        &self,
        before: Option<At<'a>>,
        after: Option<At<'a>>,
    ) -> Vec<(&'a str, &'a str)> {
        let only = |here: Option<At<'a>>, there: Option<At<'a>>| -> Vec<(&'a str, At<'a>)> {
            let known = |name: &str| there.is_some_and(|it| it.child(name).is_some());
            let entries = here.into_iter().flat_map(At::entries);
            entries.filter(|(name, _)| !known(name)).collect()
        };
        let mut added = only(after, before);
        let mut found = Vec::new();
        for (was, old) in only(before, after) {
            let old = self.old.follow(old);
            let partner = added.iter().position(|&(_, new)| {
                let new = self.new.follow(new);
                PARTS.iter().all(|key| same_part(key, old, new))
            });
            if let Some(partner) = partner {
                found.push((was, added.remove(partner).0));
            }
        }
        found
    }
}

/// The schemes of a document.
pub(super) fn schemes(root: At<'_>) -> Option<At<'_>> {
    root.child("components")?.child("securitySchemes")
}

/// Whether both schemes have the same part. Letters count, but not in headers.
fn same_part(key: &str, old: At<'_>, new: At<'_>) -> bool {
    let header = |at: At<'_>| at.str("in") == Some("header");
    match (old.str(key), new.str(key)) {
        (Some(a), Some(b)) if key == "scheme" || key == "name" && header(old) && header(new) => {
            a.eq_ignore_ascii_case(b)
        }
        _ => same_or_absent(old.child(key), new.child(key)),
    }
}
