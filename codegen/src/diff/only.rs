//! A part of a comparison: one rule, one resource, one path, one operation or one schema.

use super::finding::Finding;
use super::render::{group, owner};
use super::report::Report;

/// Leaves what `wanted` names: a rule or the start of its id, a resource, an operation, a schema or
/// one of its fields, a path or the start of one.
pub fn only(report: &mut Report, wanted: &str) {
    report.findings.retain(|finding| fits(finding, wanted));
    let Report { findings, rust, .. } = report;
    if let Some(rust) = rust {
        let left = |fingerprint: &String| findings.iter().any(|it| it.fingerprint == *fingerprint);
        rust.changes
            .retain(|change| change.explained_by.iter().any(left));
    }
}

fn fits(finding: &Finding, wanted: &str) -> bool {
    let part_of = |whole: &str, separator: char| {
        whole
            .strip_prefix(wanted.trim_end_matches(separator))
            .is_some_and(|after| after.is_empty() || after.starts_with(separator))
    };
    part_of(finding.id, '.')
        || group(finding) == wanted
        || finding.subject == wanted
        || owner(&finding.subject) == wanted
        || finding.reach.iter().any(|reach| {
            reach.operation == wanted || (wanted.starts_with('/') && part_of(&reach.path, '/'))
        })
}
