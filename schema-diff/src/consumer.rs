//! What a change does to those who use the API through generated code.
//!
//! A comparison knows what is sent. Whether code that was generated from the old description still
//! reads the responses, and whether code written against it still compiles, depends on the generator:
//! a [`Consumer`] answers both, for each finding by its fingerprint, and the report joins them.

use std::collections::BTreeMap;

use api_schema_text::Diagnostic;

use super::finding::Finding;
use super::side::Side;

/// Someone who uses the API through generated code.
pub trait Consumer {
    /// What the findings do to this consumer, and what only its own code shows.
    fn impacts(&self, old: &Side, new: &Side, findings: &[Finding]) -> Impacts;
}

/// What a change does to one consumer.
#[derive(Clone, Debug, Default)]
pub struct Impacts {
    /// By the fingerprint of the finding; a finding that isn't here does nothing.
    pub by_finding: BTreeMap<String, Impact>,
    /// Facts that only the generated code shows.
    pub findings: Vec<Finding>,
    /// The generated code, where it was compared.
    pub code: Option<CodeReport>,
    /// What reports call the consumer.
    pub labels: Option<Labels>,
}

/// What one finding does to consumers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// Whether published clients still read the responses.
    pub decode: Decode,
    /// What it does to code that uses the generated code: by rule, or from the code where it was
    /// generated.
    pub level: Level,
    /// Whether a generated signature changes at all.
    pub signature: bool,
    /// The generated items that change because of it.
    pub items: Vec<String>,
}

impl Impact {
    /// The worse of both, for two consumers.
    pub fn join(&mut self, other: Self) {
        self.decode = self.decode.max(other.decode);
        self.level = self.level.max(other.level);
        self.signature |= other.signature;
        self.items.extend(other.items);
    }
}

/// What clients that are already published make of a service that follows the new description.
///
/// They find the operation where they call it, and read what it responds with: any response to a request
/// that the new description accepts, errors among them. Whether it accepts their requests is the verdict
/// on the wire, and on the wire alone: a request without a new required parameter is refused, and clients
/// read that refusal like every other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decode {
    /// Each call finds its operation, and each response is read.
    #[default]
    Safe,
    /// A call finds nothing where it goes, or a response isn't read.
    Breaks,
}

impl Decode {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Breaks => "breaks",
        }
    }
}

/// What a change does to code that uses the generated code, in terms of semantic versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No public item changes.
    #[default]
    None,
    /// Only additions.
    Minor,
    /// Code may stop compiling.
    Major,
}

impl Level {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The version bump that a change of the code needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing was changed.
    None,
    /// Same interface.
    Patch,
    /// Additions.
    Minor,
    /// Code that uses the generated code may stop compiling.
    Major,
}

impl Bump {
    /// The word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// One public item of the generated code that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// Its path.
    pub item: String,
    /// Its signature before.
    pub before: Option<String>,
    /// Its signature after.
    pub after: Option<String>,
    /// What that does to code that uses it.
    pub level: Level,
    /// Fingerprints of the findings that caused it.
    pub explained_by: Vec<String>,
    /// What a user of the item has to know.
    pub note: &'static str,
}

/// What happened to the generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeReport {
    /// Every change that a finding explains.
    pub changes: Vec<ItemChange>,
    /// Every change that none does: a defect of the tool.
    pub unexplained: Vec<ItemChange>,
    /// The bump that all of them need.
    pub required: Bump,
    /// The sides that no code can be generated from. Then nothing else is known here, and every
    /// finding has the level of its rule.
    pub failures: Vec<Failure>,
}

impl CodeReport {
    /// Nothing was compared, for these reasons.
    pub fn failed(failures: Vec<Failure>) -> Self {
        Self {
            changes: Vec::new(),
            unexplained: Vec::new(),
            required: Bump::None,
            failures,
        }
    }
}

/// Why a side has no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What the side is called.
    pub side: String,
    /// What keeps it from being generated.
    pub complaints: Vec<Diagnostic>,
}

/// What reports call a consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The language of the generated code: `Rust`.
    pub language: &'static str,
    /// Clients that were published before: `published crates`.
    pub clients: &'static str,
}

impl Default for Labels {
    fn default() -> Self {
        Self {
            language: "Client",
            clients: "published clients",
        }
    }
}
