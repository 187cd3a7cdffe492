//! What a change of the schema does to Rust code and to published crates: plugs into the comparison of
//! documents, `api-schema-diff`, which knows nothing of either.
//!
//! [`Generated`] generates both sides in memory and compares the public surfaces; [`ByRule`] judges any
//! other description by the table in [`rules`]. [`vocabulary`] says what this schema's keywords mean.

pub mod classify;
mod decode;
mod link;
mod own;
mod places;
mod read;
mod reads;
mod responses;
mod revision;
pub mod rules;
pub mod surface;
pub mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use api_schema_diff::consumer::{
    CodeReport, Consumer, Failure, Impact, Impacts, ItemChange, Labels, Level,
};
use api_schema_diff::finding::Finding;
use api_schema_diff::report::{Options, Report};
use api_schema_diff::rules::Rule;
use api_schema_diff::side::Side;
use api_schema_diff::version;
use api_schema_text::Diagnostic;

use self::classify::{Change, changes};
use self::decode::{Readings, decode};
use self::link::Linker;
use self::responses::Responses;
pub use self::revision::Revision;
use self::surface::{Shape, Surface};
pub use self::vocabulary::Revio;
use crate::generate::{self, Output};
use crate::lower::Strictness;

/// What a comment of `cargo xtask diff` is found by when it is edited.
pub const MARKER: &str = "<!-- revio-diff -->";

/// What reports call those who use this crate.
const LABELS: Labels = Labels {
    language: "Rust",
    clients: "published crates",
};

/// How published crates read responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Like this project's crate: every field but a record's own id may be absent or null, enums are
    /// open, unknown fields are skipped.
    Tolerant,
    /// As typify generates by default: what the description requires has to be there.
    Strict,
}

impl Reader {
    /// What a rule does to code that uses such a crate, before the generated code is looked at.
    pub fn level(self, rule: &Rule) -> Level {
        let effect = rules::effect(rule);
        effect.map_or(Level::None, |effect| match self {
            Self::Tolerant => effect.ours,
            Self::Strict => effect.typify,
        })
    }

    /// What follows from the rule of a finding alone.
    fn impact(self, finding: &Finding) -> Impact {
        let level = self.level(finding.rule);
        Impact {
            decode: decode(finding, self, None),
            level,
            signature: level != Level::None,
            items: Vec::new(),
        }
    }

    /// The same for all findings.
    fn impacts(self, findings: &[Finding]) -> Impacts {
        Impacts {
            by_finding: joined(findings.iter().map(|it| (it, self.impact(it)))),
            labels: Some(LABELS),
            ..Impacts::default()
        }
    }
}

/// Crates that are generated from a description which isn't this project's: judged by rule.
#[derive(Clone, Copy, Debug)]
pub struct ByRule(pub Reader);

impl Consumer for ByRule {
    fn impacts(&self, _: &Side, _: &Side, findings: &[Finding]) -> Impacts {
        self.0.impacts(findings)
    }
}

/// The crate that this project generates, from both sides.
///
/// A side that can't be generated is reported, and the findings keep the verdict of their rules.
#[derive(Clone, Copy, Debug)]
pub struct Generated<'c> {
    /// The code of the old side, see [`generated`].
    pub old: &'c Result<Output, Failure>,
    /// The code of the new side.
    pub new: &'c Result<Output, Failure>,
}

impl Consumer for Generated<'_> {
    fn impacts(&self, old: &Side, new: &Side, findings: &[Finding]) -> Impacts {
        let outcome = match (self.old, self.new) {
            (Ok(before), Ok(after)) => compare_code((old, before), (new, after), findings),
            (before, after) => {
                let failures = [before, after]
                    .into_iter()
                    .filter_map(|it| it.as_ref().err());
                Err(failures.cloned().collect())
            }
        };
        outcome.unwrap_or_else(|failures| Impacts {
            code: Some(CodeReport::failed(failures)),
            ..Reader::Tolerant.impacts(findings)
        })
    }
}

/// Compares two revisions of this project's schema, with the code that is generated from them.
///
/// # Errors
/// What keeps the documents from being compared.
pub fn compare(
    old: &Revision,
    new: &Revision,
    options: &Options<'_>,
) -> Result<Report, Vec<Diagnostic>> {
    let (before, after) = thread::scope(|scope| {
        let before = scope.spawn(|| generated(old));
        let after = generated(new);
        (before.join(), after)
    });
    let panicked = |_| Err(unexpected(&old.side, "generation panicked"));
    let code = Generated {
        old: &before.unwrap_or_else(panicked),
        new: &after,
    };
    compare_with(old, new, &code, options)
}

/// The same with code that was generated before.
///
/// # Errors
/// What keeps the documents from being compared.
pub fn compare_with(
    old: &Revision,
    new: &Revision,
    code: &Generated<'_>,
    options: &Options<'_>,
) -> Result<Report, Vec<Diagnostic>> {
    let options = Options {
        vocabulary: &Revio,
        consumers: &[code],
        ..*options
    };
    api_schema_diff::compare(&old.side, &new.side, &options)
}

/// The code of one side. The lint isn't asked: an old revision may have been written to other rules.
///
/// # Errors
/// Why there is none.
pub fn generated(revision: &Revision) -> Result<Output, Failure> {
    let Some(named) = revision.side.documents.first() else {
        return Err(unexpected(&revision.side, "it has no schema"));
    };
    let (document, legacy) = (&named.document, &revision.input.legacy);
    generate::from_document(document, legacy, Strictness::Lenient).map_err(|complaints| Failure {
        side: revision.side.label.clone(),
        complaints,
    })
}

/// A defect of this tool rather than of the schema.
fn unexpected(side: &Side, message: &str) -> Failure {
    let document = side.documents.first();
    let file = document.and_then(|named| named.document.files().first());
    let complaint = Diagnostic {
        file: file.map_or("schema", String::as_str).to_owned(),
        line: 1,
        rule: "generate",
        message: message.to_owned(),
        help: "fix codegen".to_owned(),
    };
    Failure {
        side: side.label.clone(),
        complaints: vec![complaint],
    }
}

/// Compares the code of both sides.
///
/// # Errors
/// Which side has code that isn't understood.
fn compare_code(
    (old, before): (&Side, &Output),
    (new, after): (&Side, &Output),
    findings: &[Finding],
) -> Result<Impacts, Vec<Failure>> {
    let touched = touched(before, after);
    let read = |side: &Side, output: &Output| {
        let files = output
            .rust()
            .filter(|(path, _)| touched.contains(folder(path)));
        Surface::read(files).map_err(|message| vec![unexpected(side, &message)])
    };
    let (was, is) = (read(old, before)?, read(new, after)?);
    let found = changes(&was, &is);
    let linker = (!found.is_empty()).then(|| Linker::new((old, &was), (new, &is)));
    let mut all = findings.to_vec();
    let mut effects: BTreeMap<usize, Effect> = BTreeMap::new();
    let (mut explained, mut unexplained) = (Vec::new(), Vec::new());
    for change in &found {
        let mut causes = match &linker {
            Some(linker) => linker.causes(change, &all),
            None => BTreeSet::new(),
        };
        if causes.is_empty()
            && let Some(finding) = own::finding(change, (old, &was), (new, &is))
        {
            let print = &finding.fingerprint;
            let known = all.iter().position(|other| other.fingerprint == *print);
            causes.insert(known.unwrap_or(all.len()));
            if known.is_none() {
                all.push(finding);
            }
        }
        for cause in &causes {
            effects.entry(*cause).or_default().add(change, &was, &is);
        }
        let fingerprints = causes.iter().map(|at| all[*at].fingerprint.clone());
        let change = ItemChange {
            item: change.path.to_owned(),
            before: change.before.map(|item| item.signature(change.path)),
            after: change.after.map(|item| item.signature(change.path)),
            level: change.level,
            explained_by: fingerprints.collect(),
            note: change.note,
        };
        if change.explained_by.is_empty() {
            unexplained.push(change);
        } else {
            explained.push(change);
        }
    }
    let mut responses = Responses::of(before);
    let impacts = all.iter().enumerate().map(|(at, finding)| {
        let effect = effects.remove(&at).unwrap_or_default();
        let code = Some((&mut responses, &effect.readings));
        let impact = Impact {
            decode: decode(finding, Reader::Tolerant, code),
            level: effect.level,
            signature: effect.signature,
            items: effect.items,
        };
        (finding, impact)
    });
    let by_finding = joined(impacts);
    let required = version::required(explained.iter().chain(&unexplained), !touched.is_empty());
    Ok(Impacts {
        by_finding,
        findings: all.split_off(findings.len()),
        code: Some(CodeReport {
            changes: explained,
            unexplained,
            required,
            failures: Vec::new(),
        }),
        labels: Some(LABELS),
    })
}

/// What is known of each finding; two with the same fingerprint are the same fact.
fn joined<'f>(impacts: impl Iterator<Item = (&'f Finding, Impact)>) -> BTreeMap<String, Impact> {
    let mut joined: BTreeMap<String, Impact> = BTreeMap::new();
    for (finding, impact) in impacts {
        let known = joined.entry(finding.fingerprint.clone()).or_default();
        known.join(impact);
    }
    joined
}

/// What a fact does to the code.
#[derive(Default)]
struct Effect {
    level: Level,
    signature: bool,
    items: Vec<String>,
    readings: Readings,
}

impl Effect {
    fn add(&mut self, change: &Change<'_>, was: &Surface, is: &Surface) {
        let item = change.after.or(change.before);
        let is_fact = item.is_some_and(|item| matches!(item.shape, Shape::Fact { .. }));
        self.level = self.level.max(change.level);
        self.signature |= !is_fact;
        self.items.push(change.path.to_owned());
        if item.is_some_and(reads::concern) {
            self.readings.insert(reads::of(change, was, is));
        }
    }
}

/// The folders of the crate that hold a file which isn't the same on both sides.
fn touched<'o>(before: &'o Output, after: &'o Output) -> BTreeSet<&'o str> {
    let files = |output: &'o Output| -> BTreeMap<&'o str, &'o str> {
        output
            .rust()
            .filter(|(path, _)| path.starts_with("revio-api/"))
            .collect()
    };
    let (before, after) = (files(before), files(after));
    let differ = |(path, text): (&&'o str, &&'o str), other: &BTreeMap<&str, &str>| {
        (other.get(*path) != Some(text)).then(|| folder(path))
    };
    let gone = before.iter().filter_map(|file| differ(file, &after));
    gone.chain(after.iter().filter_map(|file| differ(file, &before)))
        .collect()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
