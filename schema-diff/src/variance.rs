//! Variance: what a change does to callers follows from what it does to the valid values, and from who
//! sends them.
//!
//! Requests are contravariant: they must not lose valid values. Responses are covariant: they must not
//! gain any. Where the effect isn't known, the verdict is undecided.

use super::finding::{Direction, Effect, Wire};
use super::report::Profile;
use super::rules::{self, Rule};

/// The verdicts for both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) request: Wire,
    pub(super) response: Wire,
}

impl Verdict {
    pub(super) const fn both(wire: Wire) -> Self {
        Self {
            request: wire,
            response: wire,
        }
    }

    /// The verdicts that follow from an effect.
    pub(super) const fn of(effect: Effect) -> Self {
        let (request, response) = match effect {
            Effect::Narrows => (Wire::Breaking, Wire::Compatible),
            Effect::Widens => (Wire::Compatible, Wire::Breaking),
            Effect::Replaces => (Wire::Breaking, Wire::Breaking),
            Effect::Equal => (Wire::Silent, Wire::Silent),
            Effect::Unknown => (Wire::Undecided, Wire::Undecided),
        };
        Self { request, response }
    }

    /// The same, but no better than this.
    pub(super) fn at_least(self, wire: Wire) -> Self {
        Self {
            request: self.request.max(wire),
            response: self.response.max(wire),
        }
    }

    /// The verdict for the directions that are reached.
    pub(super) fn on(self, direction: Direction) -> Wire {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
            Direction::Both => self.request.max(self.response),
            Direction::Unreachable => Wire::Silent,
        }
    }
}

/// Why whatever happens to drafts and trials is compatible.
pub(super) const UNPROMISED: &str =
    "only operations that are drafts or trials have it, and these may change at any time";

/// Why a verdict is what it is, in words.
pub(super) fn reason(effect: Effect, direction: Direction) -> &'static str {
    match (effect, direction) {
        (_, Direction::Unreachable) => "no operation leads there, so it is never sent",
        (Effect::Equal, _) => "what is valid stays the same",
        (Effect::Unknown, _) => "whether the same values are valid can't be decided",
        (Effect::Narrows | Effect::Replaces, Direction::Request) => {
            "a request that was valid may no longer be"
        }
        (Effect::Widens | Effect::Replaces, Direction::Response) => {
            "a response may be one that callers don't know"
        }
        (Effect::Narrows, Direction::Response) => "responses stay within what callers know",
        (Effect::Widens, Direction::Request) => "every request that was valid still is",
        (Effect::Narrows, Direction::Both) => {
            "a request that was valid may no longer be; responses stay within what callers know"
        }
        (Effect::Widens, Direction::Both) => {
            "every request that was valid still is; a response may be one that callers don't know"
        }
        (Effect::Replaces, Direction::Both) => {
            "a request that was valid may no longer be, and a response may be one that callers don't \
             know"
        }
    }
}

/// What a profile makes of a verdict.
pub(super) fn under(profile: Profile, rule: &Rule, wire: Wire, direction: Direction) -> Wire {
    let addition = rule == rules::SCHEMA_ENUM_VALUE_ADDED && direction.in_responses();
    let formats = [
        rules::SCHEMA_FORMAT_ADDED,
        rules::SCHEMA_FORMAT_REMOVED,
        rules::SCHEMA_FORMAT_CHANGED,
    ];
    let stated_texts = formats.contains(&rule) && !direction.in_requests();
    let gone = [
        rules::SCHEMA_PROPERTY_REMOVED,
        rules::PARAM_REMOVED,
        rules::RESPONSE_HEADER_REMOVED,
    ];
    let removed = gone.contains(&rule);
    match profile {
        Profile::GitHub | Profile::Stripe if addition && wire == Wire::Undecided => {
            Wire::Compatible
        }
        Profile::GitHub | Profile::Stripe if removed && wire == Wire::Undecided => Wire::Breaking,
        Profile::Stripe if stated_texts => wire.min(Wire::Compatible),
        _ => wire,
    }
}
