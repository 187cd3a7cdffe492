//! What a comparison yields as a whole.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;

use chrono::NaiveDate;

use super::consumer::{CodeReport, Consumer, Decode, Impact, Impacts, Labels};
use super::finding::{Finding, Wire};
use super::vocabulary::{self, Plain, Vocabulary};

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
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// What counts as breaking.
    pub profile: Profile,
    /// The day on which callers meet the change. Without it, nobody knows whether a sunset date has
    /// passed.
    pub today: Option<NaiveDate>,
    /// How many days callers are owed between hearing that something ends and its end.
    pub grace: u32,
    /// What vendor keywords mean.
    pub vocabulary: &'o dyn Vocabulary,
    /// Whose generated code is looked at.
    pub consumers: &'o [&'o dyn Consumer],
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            today: None,
            grace: 0,
            vocabulary: &Plain,
            consumers: &[],
        }
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("profile", &self.profile)
            .field("today", &self.today)
            .field("grace", &self.grace)
            .finish_non_exhaustive()
    }
}

/// Why a maintainer accepts a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Why it is accepted.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// `accepted`, or `correction` when the service has always behaved like the new description.
    pub kind: String,
    /// The version up to which the entry holds.
    pub until_version: Option<String>,
}

/// A finding with what consumers make of it, and the response of a maintainer.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The fact.
    pub finding: Finding,
    /// What it does to consumers.
    pub impact: Impact,
    /// The group that reports list it under: a resource, a path, a document.
    pub group: String,
    /// Where it stands, for people: the pointer, with the document unless that is the main one.
    pub pointer: String,
    /// Why it is accepted, if it is.
    pub accepted: Option<Accepted>,
}

impl Deref for Judged {
    type Target = Finding;

    fn deref(&self) -> &Finding {
        &self.finding
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
    pub findings: Vec<Judged>,
    /// The generated code, where it was compared.
    pub code: Option<CodeReport>,
    /// What consumers are called.
    pub labels: Labels,
}

impl Report {
    /// Joins findings with what consumers make of them.
    pub(super) fn join(
        labels: (&str, &str),
        options: &Options<'_>,
        mut findings: Vec<Finding>,
        consumers: Vec<Impacts>,
    ) -> Self {
        let mut impacts: HashMap<String, Impact> = HashMap::new();
        let mut code = None;
        let mut names = None;
        for consumer in consumers {
            for (fingerprint, impact) in consumer.by_finding {
                impacts.entry(fingerprint).or_default().join(impact);
            }
            findings.extend(consumer.findings);
            code = code.or(consumer.code);
            names = names.or(consumer.labels);
        }
        let judged = findings.into_iter().map(|finding| Judged {
            impact: impacts
                .get(&finding.fingerprint)
                .cloned()
                .unwrap_or_default(),
            group: vocabulary::group(options.vocabulary, &finding),
            pointer: vocabulary::pointer(options.vocabulary, &finding),
            accepted: None,
            finding,
        });
        let mut report = Self {
            base: labels.0.to_owned(),
            head: labels.1.to_owned(),
            profile: options.profile,
            findings: judged.collect(),
            code,
            labels: names.unwrap_or_default(),
        };
        report.sort();
        report
    }

    /// The findings of one wire verdict.
    pub fn on_wire(&self, wire: Wire) -> impl Iterator<Item = &Judged> {
        self.findings
            .iter()
            .filter(move |finding| finding.wire == wire)
    }

    /// The findings that published clients don't survive.
    pub fn decode_risks(&self) -> impl Iterator<Item = &Judged> {
        self.findings
            .iter()
            .filter(|finding| finding.impact.decode == Decode::Breaks)
    }

    /// Puts the findings into the order of a report.
    pub fn sort(&mut self) {
        self.findings.sort_by(|a, b| {
            let key = |finding: &Judged| (Reverse(finding.wire), finding.rule.id);
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
