//! Compares two revisions of a description: what a change does to callers, to crates that are already
//! published, and to Rust code that uses the generated crate.
//!
//! Every fact is found once, where the description states it, with the operations that it reaches.

pub mod accepted;
mod canonical;
mod compare;
mod fact;
pub mod finding;
mod fingerprint;
mod judge;
mod law;
mod matching;
pub mod only;
mod pattern;
mod place;
mod reach;
pub mod render;
pub mod report;
pub mod rules;
pub mod rust;
pub mod side;
mod subset;
pub mod threshold;
pub mod trial;
mod witness;

use self::compare::lifecycle::Calendar;
use self::report::{Options, Report};
use self::side::Side;
use crate::diagnostic::Diagnostic;

/// What changed from `old` to `new`.
///
/// # Errors
/// What keeps the documents from being compared, such as a reference into another file.
///
/// ```
/// use revio_codegen::diff::finding::Wire;
/// use revio_codegen::diff::report::Options;
/// use revio_codegen::diff::{compare, side::Side};
/// use revio_codegen::load::Source;
///
/// let side = |label: &str, status: &str| {
///     let text = format!("openapi: 3.1.0\npaths: {{/Bills: {{get: {{responses: {{{status}: {{}}}}}}}}}}\n");
///     Side::document(label, &Source { path: "bills.yaml".to_owned(), text }).unwrap()
/// };
/// let report = compare(&side("old", "200"), &side("new", "204"), &Options::default()).unwrap();
/// let removed = &report.findings[0];
/// assert_eq!((removed.id, removed.wire), ("response.status.removed", Wire::Breaking));
/// assert_eq!(removed.message, "`GET /Bills` no longer answers with 200");
/// ```
pub fn compare(old: &Side, new: &Side, options: &Options) -> Result<Report, Vec<Diagnostic>> {
    let calendar = Calendar {
        today: options.today,
        grace: options.grace,
    };
    let comparison = compare::run(old, new, calendar);
    let mut unresolved = keeping(
        comparison.old.take_unresolved(),
        comparison.new.take_unresolved(),
    );
    if !unresolved.is_empty() {
        unresolved.sort();
        return Err(unresolved);
    }
    let mut report = Report {
        base: old.label.clone(),
        head: new.label.clone(),
        profile: options.profile,
        findings: judge::judge(&comparison, *options, old.shape),
        rust: None,
    };
    if options.rust {
        report.rust = rust::compare(old, new, &mut report.findings);
    }
    report.sort();
    Ok(report)
}

/// What keeps two sides from being compared. A reference that leads nowhere was perhaps never right,
/// and may be what the new side mends: only new ones count.
fn keeping(old: Vec<Diagnostic>, new: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_broken = |it: &Diagnostic| it.rule == canonical::BROKEN;
    let known: Vec<String> = old
        .iter()
        .filter(|it| is_broken(it))
        .map(|it| it.message.clone())
        .collect();
    let old = old.into_iter().filter(|it| !is_broken(it));
    let new = new
        .into_iter()
        .filter(|it| !(is_broken(it) && known.contains(&it.message)));
    old.chain(new).collect()
}
