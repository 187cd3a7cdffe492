//! Who may call: the alternatives in effect for each operation.

use std::collections::BTreeMap;

use super::Comparison;
use super::calls::{self, Call};
use super::schemes::schemes;
use crate::canonical::At;
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;

/// Schemes that are needed together, with their scopes in order.
type Alternative<'a> = BTreeMap<&'a str, Vec<&'a str>>;

impl<'a> Comparison<'a> {
    /// Calls schemes by their new names, where only the name is another.
    fn call_by_new_names(&self, list: &mut Vec<Alternative<'a>>, old: &Call<'a>, new: &Call<'a>) {
        let before = schemes(self.old.root(old.at.document));
        let after = schemes(self.new.root(new.at.document));
        let known = |name: &str| after.is_some_and(|it| it.child(name).is_some());
        if list.iter().flat_map(BTreeMap::keys).all(|name| known(name)) {
            return;
        }
        let names = self.renamed_schemes(before, after);
        for alternative in &mut *list {
            let renamed = std::mem::take(alternative)
                .into_iter()
                .map(|(name, scopes)| {
                    let partner = names.iter().find(|(old, _)| *old == name);
                    (partner.map_or(name, |(_, new)| new), scopes)
                });
            *alternative = renamed.collect();
        }
        list.sort();
    }

    pub(super) fn security(&mut self, pair: Pair, old: &Call<'a>, new: &Call<'a>) {
        let before = old.inherited(&self.old, "security");
        let after = new.inherited(&self.new, "security");
        let (mut was, is) = (alternatives(before), alternatives(after));
        self.call_by_new_names(&mut was, old, new);
        let places = calls::stated((old, &self.old), (new, &self.new), "security");
        let (at_old, at_new) = (Some(places.0), Some(places.1));
        for alternative in &was {
            let name = words(alternative);
            if is.iter().any(|other| suffices(alternative, other)) {
                if was
                    .iter()
                    .any(|other| other != alternative && suffices(alternative, other))
                    && !is.contains(alternative)
                {
                    let why = "another way asks for less, and every caller can use it";
                    let message = format!("`{{}}` no longer names {name}");
                    let rule = rules::SECURITY_ALTERNATIVE_REDUNDANT;
                    let fact = Fact::judged(rule, Wire::Silent, why, message)
                        .places(at_old, at_new)
                        .values(Some(name.clone()), None)
                        .named(name);
                    self.found(pair, Guard::OPEN, fact);
                }
                continue;
            }
            // What is needed besides, when it is an old alternative with more in it.
            let stricter = is.iter().find(|other| suffices(other, alternative));
            let (rule, message) = match stricter {
                Some(stricter) if alternative.is_empty() => (
                    rules::SECURITY_ANONYMOUS_REMOVED,
                    format!("`{{}}` needs {} now", words(stricter)),
                ),
                Some(stricter) if alternative.keys().eq(stricter.keys()) => (
                    rules::SECURITY_SCOPE_ADDED,
                    format!("`{{}}` needs {} instead of {name}", words(stricter)),
                ),
                Some(stricter) => (
                    rules::SECURITY_REQUIREMENT_ADDED,
                    format!("`{{}}` needs {} instead of {name}", words(stricter)),
                ),
                None => (
                    rules::SECURITY_ALTERNATIVE_REMOVED,
                    format!("`{{}}` can no longer be called with {name}"),
                ),
            };
            let why = "callers that prove who they are in this way are refused";
            let fact = Fact::judged(rule, Wire::Breaking, why, message)
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
            let (rule, message) = if alternative.is_empty() {
                (
                    rules::SECURITY_REQUIREMENT_REMOVED,
                    "`{}` can be called by anybody".to_owned(),
                )
            } else if eased {
                (
                    rules::SECURITY_REQUIREMENT_REMOVED,
                    format!("`{{}}` needs no more than {name}"),
                )
            } else {
                (
                    rules::SECURITY_ALTERNATIVE_ADDED,
                    format!("`{{}}` can be called with {name}"),
                )
            };
            let why = "callers go on with what they used before";
            let fact = Fact::judged(rule, Wire::Compatible, why, message)
                .places(at_old, at_new)
                .values(None, Some(name.clone()))
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
        for scheme in is.iter().flat_map(BTreeMap::keys) {
            self.scheme(pair, old, new, scheme);
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
