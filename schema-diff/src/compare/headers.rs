//! Headers of responses: which there are, and what each is like.

use super::Comparison;
use super::lifecycle::SunsetStatus;
use super::obligation::Obligation;
use super::parameters::STRUCTURE;
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules;

impl<'a> Comparison<'a> {
    pub(super) fn headers(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        let list = |at: At<'a>| -> Vec<(&'a str, At<'a>)> {
            at.child("headers")
                .into_iter()
                .flat_map(At::entries)
                .collect()
        };
        let (before, after) = (list(old), list(new));
        let find = |list: &[(&'a str, At<'a>)], name: &str| {
            let found = list.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
            found.map(|(_, at)| *at)
        };
        for &(name, at) in &before {
            if let Some(partner) = find(&after, name) {
                self.header(pair, at, partner);
                continue;
            }
            let own = self.old.follow(at);
            let (wire, why) = match self.sunset_status(own) {
                SunsetStatus::Passed => (
                    Wire::Compatible,
                    "it was deprecated, and the day until which it was to work has passed",
                ),
                SunsetStatus::Ahead => {
                    (Wire::Breaking, "callers were promised that it works longer")
                }
                _ if own.flag("required") == Some(true) => {
                    (Wire::Breaking, "callers could rely on it")
                }
                _ => (Wire::Undecided, "callers may use it where it is sent"),
            };
            let message = "`{}` is no longer sent";
            // Where callers respond, one header less is asked of them.
            let fact = Fact::judged(rules::RESPONSE_HEADER_REMOVED, wire, why, message)
                .with_verdict(Wire::Compatible, wire, why)
                .places(Some(at), Some(new))
                .values(Some(name.to_owned()), None)
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
        for &(name, at) in &after {
            if find(&before, name).is_none() {
                let message = format!("`{{}}` has the new header `{name}`");
                let required = self.new.follow(at).flag("required") == Some(true);
                // Where callers respond, it may be asked of them.
                let (asked, why) = if required {
                    (
                        Wire::Breaking,
                        "callers skip it; where they respond, they don't send it yet",
                    )
                } else {
                    (Wire::Compatible, "old callers skip it")
                };
                let fact =
                    Fact::judged(rules::RESPONSE_HEADER_ADDED, Wire::Compatible, why, message)
                        .with_verdict(asked, Wire::Compatible, why)
                        .places(Some(old), Some(at))
                        .values(None, Some(name.to_owned()))
                        .named(name);
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }

    /// Compares two response headers.
    pub(super) fn header(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
        let (old, new) = (self.old.follow(old), self.new.follow(new));
        let (pair, first) = self.pair(old, new);
        self.graph.connect(from, pair, Guard::OPEN);
        if first {
            self.header_pair(pair, old, new);
        }
    }

    pub(super) fn header_pair(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        if equal::same(old.node, new.node) {
            self.references(pair, old, new);
            return;
        }
        let rules = Obligation {
            required: (
                rules::RESPONSE_HEADER_BECAME_REQUIRED,
                "`{}` is always sent now",
            ),
            optional: (
                rules::RESPONSE_HEADER_BECAME_OPTIONAL,
                "`{}` may be left out now",
            ),
        };
        self.obligation(pair, old, new, &rules);
        self.spelling(pair, old, new, rules::RESPONSE_HEADER_STYLE_CHANGED);
        self.content(pair, old, new);
        self.notes(pair, old, new, STRUCTURE);
    }
}
