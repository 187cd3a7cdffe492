//! Answers: statuses, headers, links.

use super::super::canonical::text::short;
use super::super::canonical::{At, equal};
use super::super::fact::{Fact, Guard, Pair};
use super::super::finding::{Decode, Wire};
use super::Comparison;
use super::calls::Call;

impl<'a> Comparison<'a> {
    pub(super) fn responses(&mut self, index: usize, own: Pair, old: &Call<'a>, new: &Call<'a>) {
        let list = |call: &Call<'a>| -> Vec<(&'a str, At<'a>)> {
            let responses = call.at.child("responses");
            let entries = responses.into_iter().flat_map(At::entries);
            entries
                .filter(|(status, _)| !status.starts_with("x-"))
                .collect()
        };
        let (before, after) = (list(old), list(new));
        let is_request = new.is_reversed;
        let find = |list: &[(&'a str, At<'a>)], status: &str| {
            let found = list.iter().find(|(it, _)| it.eq_ignore_ascii_case(status));
            found.map(|(_, at)| *at)
        };
        for &(status, at) in &before {
            let from = self.graph.add();
            self.root(index, is_request, Some(status), from);
            if let Some(partner) = find(&after, status) {
                self.response(from, at, partner);
            } else if let Some(wider) = covering(status).find_map(|it| find(&after, it)) {
                // A status of its own became part of a range, which says what it is like now.
                self.response(from, at, wider);
                self.status(own, status, Some(at), None, (old, new), true);
            } else {
                self.status(own, status, Some(at), None, (old, new), false);
            }
        }
        for &(status, at) in &after {
            if find(&before, status).is_some() {
                continue;
            }
            let wider = covering(status).find_map(|it| find(&before, it));
            if let Some(wider) = wider {
                let from = self.graph.add();
                self.root(index, is_request, Some(status), from);
                self.response(from, wider, at);
            }
            self.status(own, status, None, Some(at), (old, new), wider.is_some());
        }
    }

    /// A status that is on one side only. `covered` means that a range of the other side has it.
    fn status(
        &mut self,
        pair: Pair,
        status: &str,
        old: Option<At<'a>>,
        new: Option<At<'a>>,
        calls: (&Call<'a>, &Call<'a>),
        covered: bool,
    ) {
        let success = status.starts_with('2');
        let range = status.eq_ignore_ascii_case("default") || status.to_uppercase().ends_with("XX");
        let (id, wire, why) = match (old.is_some(), covered, success, range) {
            (true, true, ..) => (
                "response.status.merged",
                Wire::Compatible,
                "a range has it, which says what it is like",
            ),
            (true, _, true, _) => (
                "response.status.removed",
                Wire::Breaking,
                "callers wait for this status, and get another one",
            ),
            (true, _, _, true) => (
                "response.range.removed",
                Wire::Undecided,
                "what the service answers instead isn't described",
            ),
            (true, ..) => (
                "response.status.removed",
                Wire::Compatible,
                "callers have one error less to be prepared for",
            ),
            (false, true, ..) => (
                "response.status.split",
                Wire::Compatible,
                "a range had it, and callers were prepared for that",
            ),
            (false, _, _, true) => (
                "response.range.added",
                Wire::Undecided,
                "callers weren't told about these statuses",
            ),
            (false, ..) => (
                "response.status.added",
                Wire::Undecided,
                "callers aren't prepared for this status",
            ),
        };
        let what = if old.is_some() {
            "no longer"
        } else {
            "may now"
        };
        let message = match old {
            Some(_) => format!("`{{}}` {what} answers with {status}"),
            None => format!("`{{}}` {what} answer with {status}"),
        };
        let text = |at: Option<At<'a>>| at.map(|_| status.to_owned());
        let mut fact = Fact::judged(id, wire, why, message)
            .places(old.or(Some(calls.0.at)), new.or(Some(calls.1.at)))
            .values(text(old), text(new))
            .named(status);
        if new.is_some() && success && !covered {
            fact = fact.decoded(Decode::Breaks);
        }
        self.found(pair, Guard::OPEN, fact);
    }

    /// Compares two answers.
    pub(super) fn response(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
        let (old, new) = (self.old.follow(old), self.new.follow(new));
        let (pair, first) = self.pair(old, new);
        self.graph.connect(from, pair, Guard::OPEN);
        if !first {
            return;
        }
        if equal::same(old.node, new.node) {
            self.references(pair, old, new);
            return;
        }
        match (old.child("content"), new.child("content")) {
            (None, None) => {}
            (Some(before), Some(after)) => self.media(pair, before, after, "response.media"),
            (before, after) => self.content_on_one_side(pair, before, after, (old, new)),
        }
        self.headers(pair, old, new);
        if !super::extensions::same_or_absent(old.child("links"), new.child("links")) {
            let why = "links say where to go next; they aren't sent";
            let message = "the links of `{}` are others";
            let fact = Fact::judged("response.links.changed", Wire::Silent, why, message).places(
                old.child("links").or(Some(old)),
                new.child("links").or(Some(new)),
            );
            self.found(pair, Guard::OPEN, fact);
        }
        self.notes(pair, old, new, &["$ref", "content", "headers", "links"]);
    }

    /// An answer got a body or lost it.
    fn content_on_one_side(
        &mut self,
        pair: Pair,
        old: Option<At<'a>>,
        new: Option<At<'a>>,
        owners: (At<'a>, At<'a>),
    ) {
        let is_empty = |at: Option<At<'a>>| at.is_none_or(|it| it.entries().next().is_none());
        if is_empty(old) && is_empty(new) {
            return;
        }
        let (id, wire, why, message) = if new.is_some() {
            (
                "response.body.added",
                Wire::Compatible,
                "callers skip a body that they don't expect",
                "`{}` has a body now",
            )
        } else {
            (
                "response.body.removed",
                Wire::Breaking,
                "callers wait for the body",
                "`{}` no longer has a body",
            )
        };
        let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
        let fact = Fact::judged(id, wire, why, message)
            .places(old.or(Some(owners.0)), new.or(Some(owners.1)))
            .values(text(old), text(new));
        self.found(pair, Guard::OPEN, fact);
    }

    fn headers(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
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
            let required = self.old.follow(at).flag("required") == Some(true);
            let (wire, why) = if required {
                (Wire::Breaking, "callers could rely on it")
            } else {
                (Wire::Undecided, "callers may use it where it is sent")
            };
            let message = format!("`{{}}` no longer has the header `{name}`");
            let fact = Fact::judged("response.header.removed", wire, why, message)
                .places(Some(at), Some(new))
                .values(Some(name.to_owned()), None)
                .named(name);
            self.found(pair, Guard::OPEN, fact);
        }
        for &(name, at) in &after {
            if find(&before, name).is_none() {
                let message = format!("`{{}}` has the new header `{name}`");
                let why = "old callers skip it";
                let fact = Fact::judged("response.header.added", Wire::Compatible, why, message)
                    .places(Some(old), Some(at))
                    .values(None, Some(name.to_owned()))
                    .named(name);
                self.found(pair, Guard::OPEN, fact);
            }
        }
    }
}

/// The ranges that hold a status, the narrowest first.
fn covering(status: &str) -> impl Iterator<Item = &'static str> {
    let range = match status.as_bytes() {
        [b'1', b'0'..=b'9', _] => Some("1XX"),
        [b'2', b'0'..=b'9', _] => Some("2XX"),
        [b'3', b'0'..=b'9', _] => Some("3XX"),
        [b'4', b'0'..=b'9', _] => Some("4XX"),
        [b'5', b'0'..=b'9', _] => Some("5XX"),
        _ => None,
    };
    let default = !status.eq_ignore_ascii_case("default");
    range.into_iter().chain(default.then_some("default"))
}
