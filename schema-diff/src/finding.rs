//! What a comparison finds: one value for each fact, at the place that states it.

use std::fmt;

use serde_json::Value;

pub use super::fingerprint::fingerprint;
use super::rules::{Decodes, Rule};

/// Who sends the value that a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The caller.
    Request,
    /// The service.
    Response,
    /// Both.
    Both,
    /// Nobody: no operation leads there.
    Unreachable,
}

impl Direction {
    /// The direction of what is seen in requests, in responses, or both.
    pub fn of(request: bool, response: bool) -> Self {
        match (request, response) {
            (true, true) => Self::Both,
            (true, false) => Self::Request,
            (false, true) => Self::Response,
            (false, false) => Self::Unreachable,
        }
    }

    /// Whether callers send it.
    pub fn in_requests(self) -> bool {
        matches!(self, Self::Request | Self::Both)
    }

    /// Whether the service sends it.
    pub fn in_responses(self) -> bool {
        matches!(self, Self::Response | Self::Both)
    }

    /// The word that reports and fingerprints use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Both => "both",
            Self::Unreachable => "unreachable",
        }
    }
}

/// What a change does to the set of values that are valid at its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Some values are no longer valid.
    Narrows,
    /// Some values are valid that were not.
    Widens,
    /// Both.
    Replaces,
    /// Neither.
    Equal,
    /// It can't be decided.
    Unknown,
}

impl Effect {
    /// The effect of the change the other way round.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Narrows => Self::Widens,
            Self::Widens => Self::Narrows,
            other => other,
        }
    }

    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Narrows => "narrows",
            Self::Widens => "widens",
            Self::Replaces => "replaces",
            Self::Equal => "equal",
            Self::Unknown => "unknown",
        }
    }
}

/// What a change does to a caller that keeps to the old description, over HTTP.
///
/// Ordered from harmless to severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Nothing that is sent changes: documentation, names, another spelling of the same.
    Silent,
    /// Callers that kept to the old description still work.
    Compatible,
    /// It depends on something that the descriptions don't say.
    Undecided,
    /// Some of them don't.
    Breaking,
}

impl Wire {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Compatible => "compatible",
            Self::Undecided => "undecided",
            Self::Breaking => "breaking",
        }
    }
}

/// What a fact is about.
///
/// ```
/// use api_schema_diff::finding::Subject;
///
/// let subject = Subject::new("Customer", ".status");
/// assert_eq!(subject.to_string(), "Customer.status");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The schema, operation, path or document.
    pub owner: String,
    /// The part of it, with the sign that separates it: `.status`, `?status`, ` body.amount`; or
    /// nothing.
    pub part: String,
}

impl Subject {
    /// A part of an owner.
    pub fn new(owner: impl Into<String>, part: impl Into<String>) -> Self {
        Self {
            owner: owner.into(),
            part: part.into(),
        }
    }
}

impl From<&str> for Subject {
    /// An owner as a whole.
    fn from(owner: &str) -> Self {
        Self::new(owner, "")
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.owner)?;
        f.write_str(&self.part)
    }
}

impl PartialEq<&str> for Subject {
    fn eq(&self, text: &&str) -> bool {
        text.strip_prefix(self.owner.as_str()) == Some(self.part.as_str())
    }
}

/// Where a fact stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document, as [`super::side::Named`] calls it.
    pub document: String,
    /// JSON pointer into that document.
    pub pointer: String,
    /// The file.
    pub file: String,
    /// Line in that file, counted from 1.
    pub line: u32,
}

/// An operation that a fact concerns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reach {
    /// Its id, or method and path when it has none.
    pub operation: String,
    /// `GET`.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Whether its request or its response is concerned.
    pub direction: Direction,
    /// The status of the response.
    pub status: Option<String>,
}

/// A value that is valid on one side only.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The value, at the node of the fact.
    pub value: Value,
    /// Whether it is valid before the change.
    pub old_accepts: bool,
    /// Whether it is valid after it.
    pub new_accepts: bool,
    /// Whether a JSON Schema validator said so.
    pub verified: bool,
}

/// One fact. It never changes once it is made: what consumers make of it is an
/// [`Impact`](super::consumer::Impact).
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule, see [`rules`](mod@super::rules).
    pub rule: &'static Rule,
    /// What it is about: `Customer.status`, `payments_create`, `bills_list?status`.
    pub subject: Subject,
    /// One sentence, with both values.
    pub message: String,
    /// Who sends it.
    pub direction: Direction,
    /// What it does to the valid values.
    pub effect: Effect,
    /// What it does to callers.
    pub wire: Wire,
    /// What it does to callers before a profile makes exceptions.
    pub strict: Wire,
    /// When clients that know the old description fail to read a response.
    pub decodes: Decodes,
    /// Why the verdict is what it is, or why there can be none.
    pub reason: String,
    /// Where it stood.
    pub old: Option<Place>,
    /// Where it stands.
    pub new: Option<Place>,
    /// What was written there, as short JSON.
    pub before: Option<String>,
    /// What is written there, as short JSON.
    pub after: Option<String>,
    /// The operations that lead to it, in order of path.
    pub reach: Vec<Reach>,
    /// A value that shows it.
    pub witness: Option<Witness>,
    /// Sixteen hexadecimal digits that stay the same as long as the fact does.
    pub fingerprint: String,
}
