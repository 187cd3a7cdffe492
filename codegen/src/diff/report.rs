//! What a comparison yields as a whole.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::finding::{Decode, Finding, Rust, Wire};
use super::side::Side;
use crate::diagnostic::Diagnostic;

/// Which changes count as breaking where the descriptions leave room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Whatever an old caller isn't prepared for.
    #[default]
    Strict,
    /// As GitHub sees it: new values of a response's list are additions.
    GitHub,
    /// As Stripe sees it: besides, the format and length of texts aren't part of the contract.
    Stripe,
}

impl Profile {
    /// The name on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::GitHub => "github",
            Self::Stripe => "stripe",
        }
    }
}

/// How to compare.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What counts as breaking.
    pub profile: Profile,
    /// Whether to generate both sides and compare their Rust code.
    pub rust: bool,
    /// The day on which callers meet the change. Without it, nobody knows whether a sunset date has
    /// passed.
    pub today: Option<NaiveDate>,
    /// How many days callers are owed between hearing that something ends and its end.
    pub grace: u32,
}

/// The version bump that a change of the Rust code needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing was changed.
    None,
    /// Same interface.
    Patch,
    /// Additions.
    Minor,
    /// Code that uses the crate may stop compiling.
    Major,
}

/// One public item of the generated crate that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustChange {
    /// Its path.
    pub item: String,
    /// Its signature before.
    pub before: Option<String>,
    /// Its signature after.
    pub after: Option<String>,
    /// What that does to code that uses it.
    pub level: Rust,
    /// Fingerprints of the facts that caused it.
    pub explained_by: Vec<String>,
    /// What a user of the item has to know.
    pub note: &'static str,
}

/// What happened to the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustReport {
    /// Every change that a fact explains.
    pub changes: Vec<RustChange>,
    /// Every change that none does: a defect of this tool.
    pub unexplained: Vec<RustChange>,
    /// The bump that all of them need.
    pub required: Bump,
    /// The sides that no code can be generated from. Then nothing else is known here, and every
    /// finding has the verdict of its rule.
    pub failures: Vec<Failure>,
}

impl RustReport {
    /// Nothing was compared, for these reasons.
    pub(super) fn failed(failures: Vec<Failure>) -> Self {
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

impl Failure {
    /// A defect of this tool rather than of the schema.
    pub(super) fn unexpected(side: &Side, message: &str) -> Self {
        let documents = side.documents.first();
        let file = documents.and_then(|named| named.document.files().first());
        let complaint = Diagnostic {
            file: file.map_or("schema", String::as_str).to_owned(),
            line: 1,
            rule: "generate",
            message: message.to_owned(),
            help: "mend codegen".to_owned(),
        };
        Self {
            side: side.label.clone(),
            complaints: vec![complaint],
        }
    }
}

/// What a comparison yields.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What the old side is called.
    pub base: String,
    /// What the new side is called.
    pub head: String,
    /// What counted as breaking.
    pub profile: Profile,
    /// The facts: most severe first, then by rule and place.
    pub findings: Vec<Finding>,
    /// The generated code, where it was compared.
    pub rust: Option<RustReport>,
}

impl Report {
    /// The findings of one wire verdict.
    pub fn on_wire(&self, wire: Wire) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.wire == wire)
    }

    /// The findings that published crates don't survive.
    pub fn decode_risks(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.decode == Decode::Breaks)
    }

    /// Puts the findings into the order of a report.
    pub fn sort(&mut self) {
        self.findings.sort_by(|a, b| {
            let key = |finding: &Finding| (Reverse(finding.wire), finding.id);
            key(a)
                .cmp(&key(b))
                .then_with(|| place(a).cmp(&place(b)))
                .then_with(|| a.subject.cmp(&b.subject))
                .then_with(|| a.fingerprint.cmp(&b.fingerprint))
        });
    }
}

fn place(finding: &Finding) -> Option<(&str, &str)> {
    let place = finding.old.as_ref().or(finding.new.as_ref());
    place.map(|place| (place.document.as_str(), place.pointer.as_str()))
}
