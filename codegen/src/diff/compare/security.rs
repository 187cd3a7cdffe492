//! Who may call: the alternatives in effect for each operation, and the schemes they name.

use std::collections::BTreeMap;

use super::super::canonical::text::{quoted, short};
use super::super::canonical::{At, equal};
use super::super::fact::{Fact, Guard, Pair};
use super::super::finding::Wire;
use super::Comparison;
use super::calls::Call;

/// What a scheme is made of.
const PARTS: [&str; 6] = ["type", "name", "in", "scheme", "flows", "openIdConnectUrl"];

/// Schemes that are needed together, with their scopes in order.
type Alternative<'a> = BTreeMap<&'a str, Vec<&'a str>>;

impl<'a> Comparison<'a> {
    pub(super) fn security(&mut self, pair: Pair, old: &Call<'a>, new: &Call<'a>) {
        let before = old.inherited(&self.old, "security");
        let after = new.inherited(&self.new, "security");
        let (was, is) = (alternatives(before), alternatives(after));
        let at_old = before.or(Some(old.at));
        let at_new = after.or(Some(new.at));
        for alternative in &was {
            let name = words(alternative);
            if is.iter().any(|other| suffices(alternative, other)) {
                if was
                    .iter()
                    .any(|other| other != alternative && suffices(alternative, other))
                    && !is.contains(alternative)
                {
                    let why = "another way asks for less, and every caller can go it";
                    let message = format!("`{{}}` no longer names {name}");
                    let id = "security.alternative.redundant";
                    let fact = Fact::judged(id, Wire::Silent, why, message)
                        .places(at_old, at_new)
                        .values(Some(name.clone()), None)
                        .named(name);
                    self.found(pair, Guard::OPEN, fact);
                }
                continue;
            }
            // What is needed besides, when it is an old alternative with more in it.
            let stricter = is.iter().find(|other| suffices(other, alternative));
            let (id, message) = match stricter {
                Some(stricter) if alternative.is_empty() => (
                    "security.anonymous.removed",
                    format!("`{{}}` needs {} now", words(stricter)),
                ),
                Some(stricter) if alternative.keys().eq(stricter.keys()) => (
                    "security.scope.added",
                    format!("`{{}}` needs {} instead of {name}", words(stricter)),
                ),
                Some(stricter) => (
                    "security.requirement.added",
                    format!("`{{}}` needs {} instead of {name}", words(stricter)),
                ),
                None => (
                    "security.alternative.removed",
                    format!("`{{}}` can no longer be called with {name}"),
                ),
            };
            let why = "callers that prove who they are in this way are refused";
            let fact = Fact::judged(id, Wire::Breaking, why, message)
                .places(at_old, at_new)
                .values(Some(name.clone()), stricter.map(words))
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
        for alternative in &is {
            if was.iter().any(|other| other == alternative) {
                continue;
            }
            let eased = was.iter().any(|other| suffices(other, alternative));
            let stricter = was.iter().any(|other| suffices(alternative, other));
            if stricter
                && !eased
                && !was
                    .iter()
                    .any(|other| is.iter().any(|it| suffices(other, it)))
            {
                // The other half of a requirement that grew.
                continue;
            }
            let name = words(alternative);
            let (id, message) = if eased {
                (
                    "security.requirement.removed",
                    format!("`{{}}` needs no more than {name}"),
                )
            } else {
                (
                    "security.alternative.added",
                    format!("`{{}}` can be called with {name}"),
                )
            };
            let why = "callers go on with what they used before";
            let fact = Fact::judged(id, Wire::Compatible, why, message)
                .places(at_old, at_new)
                .values(None, Some(name.clone()))
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
        for scheme in is.iter().flat_map(BTreeMap::keys) {
            self.scheme(pair, old, new, scheme);
        }
    }

    /// Compares the schemes of one name.
    fn scheme(&mut self, from: Pair, old: &Call<'a>, new: &Call<'a>, name: &str) {
        let find = |root: At<'a>| -> Option<At<'a>> {
            let schemes = root.child("components")?.child("securitySchemes")?;
            schemes.child(name)
        };
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
        for key in PARTS {
            let (was, is) = (old.child(key), new.child(key));
            let same = match (was, is) {
                (Some(a), Some(b)) if key == "scheme" || key == "name" => {
                    let lower = |at: At<'a>| at.node.as_str().map(str::to_ascii_lowercase);
                    lower(a) == lower(b)
                }
                _ => super::extensions::same_or_absent(was, is),
            };
            if same {
                continue;
            }
            if key == "flows" {
                self.flows(pair, was.unwrap_or(old), is.unwrap_or(new));
                continue;
            }
            let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
            let message = format!("{key} of the scheme `{name}` is another");
            let why = "old callers prove who they are in the old way";
            let fact = Fact::judged("security.scheme.changed", Wire::Breaking, why, message)
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
                let fact = Fact::judged("security.flow.removed", Wire::Breaking, why, message)
                    .places(Some(before), Some(new))
                    .named(name);
                self.found(pair, Guard::OPEN, fact);
                continue;
            };
            for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
                let (was, is) = (before.child(key), after.child(key));
                if !super::extensions::same_or_absent(was, is) {
                    let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
                    let why = "old callers ask for tokens at the old address";
                    let message = format!("{key} of the flow `{name}` is another");
                    let id = "security.flow.changed";
                    let fact = Fact::judged(id, Wire::Breaking, why, message)
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
                let fact = Fact::judged("security.flow.added", Wire::Compatible, why, message)
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
        for name in was.iter().filter(|name| !is.contains(name)) {
            let why = "a token with this scope can't be had any more";
            let message = format!("the scope {} is gone", quoted(name));
            let fact = Fact::judged("security.scope.removed", Wire::Breaking, why, message)
                .places(both.0, both.1)
                .named(*name);
            self.found(pair, Guard::OPEN, fact);
        }
        for name in is.iter().filter(|name| !was.contains(name)) {
            let why = "callers go on with the scopes that they have";
            let message = format!("the scope {} is new", quoted(name));
            let fact = Fact::judged("security.scope.offered", Wire::Compatible, why, message)
                .places(both.0, both.1)
                .named(*name);
            self.found(pair, Guard::OPEN, fact);
        }
    }

    /// Schemes that no operation uses, and those that are on one side only.
    pub(super) fn unused_schemes(&mut self, pair: Pair, old: usize, new: usize) {
        let schemes = |root: At<'a>| {
            let components = root.child("components");
            components.and_then(|it| it.child("securitySchemes"))
        };
        let before = schemes(self.old.root(old));
        let after = schemes(self.new.root(new));
        let why = "a scheme matters where operations name it";
        for (name, at) in before.into_iter().flat_map(At::entries) {
            let partner = after.and_then(|it| it.child(name));
            let (id, message) = match partner {
                None => (
                    "security.scheme.removed",
                    format!("the scheme `{name}` is gone"),
                ),
                Some(partner) => {
                    let known = super::Parts::Other(at.address(), partner.address());
                    if self.known.contains_key(&known) || equal::same(at.node, partner.node) {
                        continue;
                    }
                    (
                        "security.scheme.unused.changed",
                        format!("the scheme `{name}`, which no operation uses, is another"),
                    )
                }
            };
            let fact =
                Fact::judged(id, Wire::Silent, why, message).places(Some(at), partner.or(after));
            self.found(pair, Guard::OPEN, fact);
        }
        for (name, at) in after.into_iter().flat_map(At::entries) {
            if before.and_then(|it| it.child(name)).is_none() {
                let message = format!("the scheme `{name}` is new");
                let fact = Fact::judged("security.scheme.added", Wire::Silent, why, message)
                    .places(before, Some(at));
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }
}

/// The alternatives, in order. None means that anybody may call.
fn alternatives(at: Option<At<'_>>) -> Vec<Alternative<'_>> {
    let Some(at) = at else {
        return vec![Alternative::new()];
    };
    let mut list: Vec<Alternative<'_>> = at
        .items()
        .map(|alternative| {
            let schemes = alternative.entries().map(|(name, scopes)| {
                let mut names: Vec<&str> =
                    scopes.items().filter_map(|it| it.node.as_str()).collect();
                names.sort_unstable();
                (name, names)
            });
            schemes.collect()
        })
        .collect();
    if list.is_empty() {
        list.push(Alternative::new());
    }
    list.sort();
    list.dedup();
    list
}

/// Whether what `held` asks for is enough for `asked`.
fn suffices(held: &Alternative<'_>, asked: &Alternative<'_>) -> bool {
    asked.iter().all(|(scheme, scopes)| {
        held.get(scheme)
            .is_some_and(|mine| scopes.iter().all(|scope| mine.contains(scope)))
    })
}

fn words(alternative: &Alternative<'_>) -> String {
    if alternative.is_empty() {
        return "nothing".to_owned();
    }
    let one = |(scheme, scopes): (&&str, &Vec<&str>)| {
        if scopes.is_empty() {
            format!("`{scheme}`")
        } else {
            format!("`{scheme}` with {}", scopes.join(", "))
        }
    };
    alternative
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join(" and ")
}
