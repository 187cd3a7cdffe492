//! In which part of a report a finding is shown.

use crate::consumer::{Decode, Level};
use crate::finding::Wire;
use crate::report::Judged;
use crate::rules::Topic;

/// The parts of a report, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Callers or published clients break.
    Breaking,
    /// It can't be decided whether they do.
    Undecided,
    /// A maintainer has accepted it.
    Accepted,
    /// Something is new.
    Addition,
    /// Something else that callers don't notice.
    Compatible,
    /// Something is on its way out.
    Deprecation,
    /// Nothing on the wire, but names or types of the generated code.
    Source,
    /// Documentation and other words.
    Docs,
}

impl Class {
    /// Every class, in the order of a report.
    pub const ALL: [Self; 8] = [
        Self::Breaking,
        Self::Undecided,
        Self::Accepted,
        Self::Addition,
        Self::Compatible,
        Self::Deprecation,
        Self::Source,
        Self::Docs,
    ];

    /// Where a finding belongs.
    pub fn of(finding: &Judged) -> Self {
        if finding.accepted.is_some() {
            return Self::Accepted;
        }
        if finding.wire == Wire::Breaking {
            return Self::Breaking;
        }
        // Visible even when nobody can say more about it.
        if finding.wire == Wire::Undecided {
            return Self::Undecided;
        }
        if finding.impact.decode == Decode::Breaks {
            return Self::Breaking;
        }
        if finding.rule.topic == Topic::Lifecycle {
            return Self::Deprecation;
        }
        match (finding.wire, finding.impact.level) {
            (Wire::Compatible, _) if finding.rule.topic == Topic::Addition => Self::Addition,
            (Wire::Compatible, _) => Self::Compatible,
            (_, Level::None) => Self::Docs,
            _ => Self::Source,
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Undecided => "Undecided",
            Self::Accepted => "Accepted",
            Self::Addition => "Additions",
            Self::Compatible => "Other compatible changes",
            Self::Deprecation => "Deprecations",
            Self::Source => "Names and types of generated code",
            Self::Docs => "Documentation",
        }
    }

    /// The word that programs use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Undecided => "undecided",
            Self::Accepted => "accepted",
            Self::Addition => "addition",
            Self::Compatible => "compatible",
            Self::Deprecation => "deprecation",
            Self::Source => "source",
            Self::Docs => "docs",
        }
    }
}
