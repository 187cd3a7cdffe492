//! A fact while a comparison runs: known by nodes, not yet judged.

use super::canonical::{At, Schema};
use super::finding::{Effect, Wire};
use super::rules::{Decodes, Rule};
use super::variance::Verdict;

/// Which directions pass: a property that the service alone sends is in no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Guard {
    pub(super) request: bool,
    pub(super) response: bool,
}

impl Guard {
    pub(super) const OPEN: Self = Self {
        request: true,
        response: true,
    };
}

/// A pair of an old and a new part of the documents, as [`super::reach::Graph`] counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pair(pub(super) u32);

/// The schemas at the node of a fact, one of each side, for its witness.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schemas {
    pub(super) old: Schema,
    pub(super) new: Schema,
}

/// What a fact is about within its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The place itself.
    Whole,
    /// The field that its name says.
    Field,
    /// The status that its name says.
    Status,
    /// What its name says, with the sign in front.
    Detail,
}

/// One fact.
#[derive(Clone, Debug)]
pub(super) struct Fact<'a> {
    pub(super) rule: &'static Rule,
    pub(super) effect: Effect,
    pub(super) verdict: Verdict,
    /// Why, where the words of variance don't fit.
    pub(super) reason: Option<&'static str>,
    /// A sentence in which `{}` stands for the subject.
    pub(super) message: String,
    /// What tells it from other facts of its rule at the same place.
    pub(super) name: String,
    /// What it is about within the place.
    pub(super) part: Part,
    pub(super) old: Option<At<'a>>,
    pub(super) new: Option<At<'a>>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) schemas: Option<Schemas>,
    /// When published crates break, where the rule alone can't tell.
    pub(super) decodes: Option<Decodes>,
    pub(super) owners: Vec<(Pair, Guard)>,
}

impl<'a> Fact<'a> {
    /// A fact that variance judges.
    pub(super) fn by_variance(
        rule: &'static Rule,
        effect: Effect,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            effect,
            verdict: Verdict::of(effect),
            reason: None,
            message: message.into(),
            name: String::new(),
            part: Part::Whole,
            old: None,
            new: None,
            before: None,
            after: None,
            schemas: None,
            decodes: None,
            owners: Vec::new(),
        }
    }

    /// A fact that isn't about a set of values.
    pub(super) fn judged(
        rule: &'static Rule,
        wire: Wire,
        reason: &'static str,
        message: impl Into<String>,
    ) -> Self {
        let effect = match wire {
            Wire::Silent => Effect::Equal,
            Wire::Compatible => Effect::Widens,
            Wire::Undecided => Effect::Unknown,
            Wire::Breaking => Effect::Replaces,
        };
        let verdict = Verdict::both(wire);
        Self {
            verdict,
            reason: Some(reason),
            ..Self::by_variance(rule, effect, message)
        }
    }

    /// The same with other verdicts.
    pub(super) fn with_verdict(self, request: Wire, response: Wire, reason: &'static str) -> Self {
        Self {
            verdict: Verdict { request, response },
            reason: Some(reason),
            ..self
        }
    }

    pub(super) fn places(self, old: Option<At<'a>>, new: Option<At<'a>>) -> Self {
        Self { old, new, ..self }
    }

    pub(super) fn values(self, before: Option<String>, after: Option<String>) -> Self {
        Self {
            before,
            after,
            ..self
        }
    }

    pub(super) fn named(self, name: impl Into<String>) -> Self {
        let name = name.into();
        Self { name, ..self }
    }

    /// About a field of the object at the place.
    pub(super) fn field(self, name: impl Into<String>) -> Self {
        let part = Part::Field;
        Self { part, ..self }.named(name)
    }

    /// About a part that `name` says in full, with the sign in front: `?status`, ` header X`.
    pub(super) fn detail(self, name: impl Into<String>) -> Self {
        let part = Part::Detail;
        Self { part, ..self }.named(name)
    }

    /// About a status of the operation at the place.
    pub(super) fn status(self, status: &str) -> Self {
        let part = Part::Status;
        Self { part, ..self }.named(status)
    }

    pub(super) fn on(self, old: Schema, new: Schema) -> Self {
        let schemas = Some(Schemas { old, new });
        Self { schemas, ..self }
    }

    pub(super) fn decoded(self, decodes: Decodes) -> Self {
        let decodes = Some(decodes);
        Self { decodes, ..self }
    }
}
