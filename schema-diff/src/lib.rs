#![doc = include_str!("../README.md")]
//!
//! Every fact is found once, where the description states it, with the operations that it reaches.

pub mod accepted;
mod canonical;
mod compare;
pub mod consumer;
mod fact;
pub mod filter;
pub mod finding;
mod fingerprint;
mod judge;
mod matching;
mod pattern;
mod place;
mod reach;
pub mod render;
pub mod report;
pub mod rules;
pub mod side;
mod subset;
pub mod threshold;
mod variance;
pub mod version;
pub mod vocabulary;
mod witness;

use self::compare::lifecycle::Calendar;
use self::report::{Options, Report};
use self::side::Side;
use api_schema_text::Diagnostic;

/// What changed from `old` to `new`.
///
/// # Errors
/// What keeps the documents from being compared, such as a reference into another file.
///
/// ```
/// use api_schema_diff::finding::Wire;
/// use api_schema_diff::report::Options;
/// use api_schema_diff::{compare, side::Side};
/// use api_schema_text::Source;
///
/// let side = |label: &str, status: &str| {
///     let text = format!("openapi: 3.1.0\npaths: {{/Bills: {{get: {{responses: {{{status}: {{}}}}}}}}}}\n");
///     Side::document(label, &Source { path: "bills.yaml".to_owned(), text }).unwrap()
/// };
/// let report = compare(&side("old", "200"), &side("new", "204"), &Options::default()).unwrap();
/// let removed = &report.findings[0];
/// assert_eq!((removed.rule.id, removed.wire), ("response.status.removed", Wire::Breaking));
/// assert_eq!(removed.message, "`GET /Bills` no longer responds with 200");
/// ```
pub fn compare(old: &Side, new: &Side, options: &Options<'_>) -> Result<Report, Vec<Diagnostic>> {
    let calendar = Calendar {
        today: options.today,
        grace: options.grace,
    };
    let comparison = compare::run(old, new, calendar, options.vocabulary);
    let mut unresolved = keeping(
        comparison.old.take_unresolved(),
        comparison.new.take_unresolved(),
    );
    if !unresolved.is_empty() {
        unresolved.sort();
        return Err(unresolved);
    }
    let findings = judge::judge(&comparison, *options);
    let consumers = options.consumers.iter();
    let impacts = consumers.map(|consumer| consumer.impacts(old, new, &findings));
    let impacts = impacts.collect();
    let labels = (old.label.as_str(), new.label.as_str());
    Ok(Report::join(labels, options, findings, impacts))
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
