//! What a change of the schema does to Rust code: both sides are generated in memory, and the public
//! surfaces compared.

mod answers;
mod arguments;
pub mod bump;
pub mod classify;
mod declared;
mod envelopes;
mod items;
mod link;
mod methods;
mod own;
mod places;
mod reads;
mod requests;
pub mod surface;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use self::classify::{Change, changes};
use self::link::Linker;
use self::reads::Reading;
use self::surface::{Shape, Surface};
use super::finding::{Decode, Finding, Rust};
use super::report::{Failure, RustChange, RustReport};
use super::side::Side;
use crate::diagnostic::Diagnostic;
use crate::generate::{self, Output};
use crate::load::Document;
use crate::lower::Strictness;

/// Compares the code that is generated from the two sides, and tells each finding what it really does
/// to it. None where a side isn't this project's own schema, from which alone code is generated.
///
/// A side that can't be generated is reported, and the findings keep the verdict of their rules.
pub fn compare(old: &Side, new: &Side, findings: &mut Vec<Finding>) -> Option<RustReport> {
    if old.input.is_none() || new.input.is_none() {
        return None;
    }
    let (before, after) = thread::scope(|scope| {
        let before = scope.spawn(|| generated(old));
        let after = generated(new);
        (before.join(), after)
    });
    let before = before.unwrap_or_else(|_| Err(Failure::unexpected(old, "generation panicked")));
    let outcome = match (before, after) {
        (Ok(before), Ok(after)) => compare_code((old, &before), (new, &after), findings),
        (before, after) => Err([before.err(), after.err()].into_iter().flatten().collect()),
    };
    Some(outcome.unwrap_or_else(RustReport::failed))
}

/// The code of one side. The lint isn't asked: an old revision may have been written to other rules.
///
/// # Errors
/// Why there is none.
pub fn generated(side: &Side) -> Result<Output, Failure> {
    let refuse = |complaints: Vec<Diagnostic>| Failure {
        side: side.label.clone(),
        complaints,
    };
    let document: Option<&Document> = side.documents.first().map(|named| &named.document);
    let (Some(document), Some(input)) = (document, &side.input) else {
        return Err(Failure::unexpected(side, "it has no schema"));
    };
    generate::from_document(document, &input.legacy, Strictness::Lenient).map_err(refuse)
}

/// Compares code that was generated from the two sides before, and tells each finding what it really
/// does to it.
///
/// # Errors
/// Which side has code that isn't understood.
pub fn compare_code(
    (old, before): (&Side, &Output),
    (new, after): (&Side, &Output),
    findings: &mut Vec<Finding>,
) -> Result<RustReport, Vec<Failure>> {
    let touched = touched(before, after);
    let read = |side: &Side, output: &Output| {
        let files = output
            .rust()
            .filter(|(path, _)| touched.contains(folder(path)));
        Surface::read(files).map_err(|message| vec![Failure::unexpected(side, &message)])
    };
    let (was, is) = (read(old, before)?, read(new, after)?);
    let found = changes(&was, &is);
    let linker = (!found.is_empty()).then(|| Linker::new((old, &was), (new, &is)));
    let mut effects: BTreeMap<usize, Effect> = BTreeMap::new();
    let (mut explained, mut unexplained) = (Vec::new(), Vec::new());
    for change in &found {
        let mut causes = match &linker {
            Some(linker) => linker.causes(change, findings),
            None => BTreeSet::new(),
        };
        if causes.is_empty()
            && let Some(finding) = own::finding(change, (old, &was), (new, &is))
        {
            let print = &finding.fingerprint;
            let known = findings
                .iter()
                .position(|other| other.fingerprint == *print);
            causes.insert(known.unwrap_or(findings.len()));
            if known.is_none() {
                findings.push(finding);
            }
        }
        for cause in &causes {
            effects.entry(*cause).or_default().add(change, &was, &is);
        }
        let fingerprints = causes.iter().map(|at| findings[*at].fingerprint.clone());
        let change = RustChange {
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
    for (at, finding) in findings.iter_mut().enumerate() {
        effects.remove(&at).unwrap_or_default().tell(finding);
    }
    envelopes::tell(findings);
    answers::tell(findings, before);
    let required = bump::required(explained.iter().chain(&unexplained), !touched.is_empty());
    Ok(RustReport {
        changes: explained,
        unexplained,
        required,
        failures: Vec::new(),
    })
}

/// What a fact does to the code.
#[derive(Default)]
struct Effect {
    level: Option<Rust>,
    signature: bool,
    items: Vec<String>,
    readings: BTreeSet<Option<Reading>>,
}

impl Effect {
    fn add(&mut self, change: &Change<'_>, was: &Surface, is: &Surface) {
        let item = change.after.or(change.before);
        let is_fact = item.is_some_and(|item| matches!(item.shape, Shape::Fact { .. }));
        self.level = self.level.max(Some(change.level));
        self.signature |= !is_fact;
        self.items.push(change.path.to_owned());
        if item.is_some_and(reads::concern) {
            self.readings.insert(reads::of(change, was, is));
        }
    }

    fn tell(self, finding: &mut Finding) {
        finding.rust = self.level.unwrap_or(Rust::None);
        finding.signature = self.signature;
        finding.rust_items = self.items;
        let fails = [Some(Reading::MayBeMissing), Some(Reading::Unread)];
        if fails.iter().any(|it| self.readings.contains(it)) {
            if finding.direction.in_responses() {
                finding.decode = Decode::Breaks;
            }
        } else if self.readings.iter().eq(&[Some(Reading::ReadsAll)]) {
            finding.decode = Decode::Safe;
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
