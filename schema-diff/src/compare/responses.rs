//! Responses: statuses, bodies, links.

use super::Comparison;
use super::calls::Call;
use super::media::Carrier;
use crate::canonical::text::short;
use crate::canonical::{At, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::Wire;
use crate::rules::Decodes;
use crate::rules::{self, Rule};

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
        let reversed = calls.1.is_reversed;
        let (rule, wire, why) = match (old.is_some(), covered) {
            (true, true) => (
                rules::RESPONSE_STATUS_MERGED,
                Wire::Compatible,
                "a range has it, which says what it is like",
            ),
            (false, true) => (
                rules::RESPONSE_STATUS_SPLIT,
                Wire::Compatible,
                "a range had it, and callers were prepared for that",
            ),
            (true, false) => Kind::of(status).lost(reversed),
            (false, false) => gained(status, reversed),
        };
        let what = if old.is_some() {
            "no longer"
        } else {
            "may now"
        };
        let message = match old {
            Some(_) => format!("`{{}}` {what} responds with {status}"),
            None => format!("`{{}}` {what} respond with {status}"),
        };
        let text = |at: Option<At<'a>>| at.map(|_| status.to_owned());
        let mut fact = Fact::judged(rule, wire, why, message)
            .places(old.or(Some(calls.0.at)), new.or(Some(calls.1.at)))
            .values(text(old), text(new))
            .status(status);
        if let Some(at) = new.filter(|_| is_success(status) && !covered && !reversed) {
            fact = fact.decoded(if self.answers_something_else(at, calls.0) {
                Decodes::Always
            } else {
                Decodes::Strictly
            });
        }
        self.found(pair, Guard::OPEN, fact);
    }

    /// Whether callers who wait for the body of a success get another one, or none.
    fn answers_something_else(&self, new: At<'a>, old: &Call<'a>) -> bool {
        let content = |at: Option<At<'a>>| at.and_then(|at| at.child("content"));
        let is = content(Some(self.new.follow(new)));
        let responses = old.at.child("responses").into_iter().flat_map(At::entries);
        let known = responses.filter(|(status, _)| is_success(status));
        let mut bodies = known.filter_map(|(_, at)| content(Some(self.old.follow(at))));
        bodies.any(|was| is.is_none_or(|is| !equal::same(was.node, is.node)))
    }

    /// Compares two responses.
    pub(super) fn response(&mut self, from: Pair, old: At<'a>, new: At<'a>) {
        let Some((pair, old, new)) = self.enter(from, old, new) else {
            return;
        };
        match (old.child("content"), new.child("content")) {
            (None, None) => {}
            (before @ Some(_), after @ Some(_)) => {
                self.media(pair, before, after, (old, new), Carrier::Response);
            }
            (before, after) => self.content_on_one_side(pair, before, after, (old, new)),
        }
        self.headers(pair, old, new);
        if !super::extensions::same_or_absent(old.child("links"), new.child("links")) {
            let why = "links say where to go next; they aren't sent";
            let message = "the links of `{}` changed";
            let fact = Fact::judged(rules::RESPONSE_LINKS_CHANGED, Wire::Silent, why, message)
                .places(
                    old.child("links").or(Some(old)),
                    new.child("links").or(Some(new)),
                );
            self.found(pair, Guard::OPEN, fact);
        }
        self.notes(pair, old, new, &["$ref", "content", "headers", "links"]);
    }

    /// A response got a body or lost it.
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
        // Where callers respond, the body is theirs.
        let (rule, request, response, why, message) = if new.is_some() {
            (
                rules::RESPONSE_BODY_ADDED,
                Wire::Breaking,
                Wire::Compatible,
                "callers skip a body that they don't expect; where they respond, they send none yet",
                "`{}` has a body now",
            )
        } else {
            (
                rules::RESPONSE_BODY_REMOVED,
                Wire::Undecided,
                Wire::Breaking,
                "callers wait for the body",
                "`{}` no longer has a body",
            )
        };
        let text = |at: Option<At<'a>>| at.map(|it| short(it.node));
        let fact = Fact::judged(rule, response, why, message)
            .with_verdict(request, response, why)
            .places(old.or(Some(owners.0)), new.or(Some(owners.1)))
            .values(text(old), text(new));
        self.found(pair, Guard::OPEN, fact);
    }
}

/// What a response of some status says.
#[derive(Clone, Copy)]
enum Kind {
    Success,
    /// To go on elsewhere, or in another way.
    Detour,
    Error,
    /// Anything, where nothing else is said; or a range of errors.
    Rest,
}

impl Kind {
    fn of(status: &str) -> Self {
        match status.as_bytes().first() {
            Some(b'2') => Self::Success,
            Some(b'1' | b'3') => Self::Detour,
            _ if is_range(status) => Self::Rest,
            _ => Self::Error,
        }
    }

    /// Such a response isn't given any more; `reversed` means that it is callers who gave it.
    fn lost(self, reversed: bool) -> (&'static Rule, Wire, &'static str) {
        match (self, reversed) {
            (Self::Success, true) => (
                rules::RESPONSE_STATUS_REMOVED,
                Wire::Breaking,
                "callers that respond like this aren't understood",
            ),
            (Self::Rest, true) => (
                rules::RESPONSE_RANGE_REMOVED,
                Wire::Undecided,
                "what becomes of callers that respond like this isn't said",
            ),
            (_, true) => (
                rules::RESPONSE_STATUS_REMOVED,
                Wire::Undecided,
                "what becomes of callers that respond like this isn't said",
            ),
            (Self::Success, _) => (
                rules::RESPONSE_STATUS_REMOVED,
                Wire::Breaking,
                "callers wait for this status, and get a different one",
            ),
            (Self::Detour, _) => (
                rules::RESPONSE_STATUS_REMOVED,
                Wire::Undecided,
                "callers may go where it leads, and what they get instead isn't said",
            ),
            (Self::Error, _) => (
                rules::RESPONSE_STATUS_REMOVED,
                Wire::Compatible,
                "callers have one error less to be prepared for",
            ),
            (Self::Rest, _) => (
                rules::RESPONSE_RANGE_REMOVED,
                Wire::Undecided,
                "what the service responds with instead isn't described",
            ),
        }
    }
}

/// Such a response may be given now.
fn gained(status: &str, reversed: bool) -> (&'static Rule, Wire, &'static str) {
    let (rule, why) = if is_range(status) {
        (
            rules::RESPONSE_RANGE_ADDED,
            "callers don't expect these statuses",
        )
    } else {
        (
            rules::RESPONSE_STATUS_ADDED,
            "callers aren't prepared for this status",
        )
    };
    if reversed {
        let why = "callers go on with the responses that they send";
        return (rule, Wire::Compatible, why);
    }
    (rule, Wire::Undecided, why)
}

/// Whether it stands for several statuses.
fn is_range(status: &str) -> bool {
    let upper = status.to_ascii_uppercase();
    upper == "DEFAULT" || upper.ends_with("XX")
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
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
