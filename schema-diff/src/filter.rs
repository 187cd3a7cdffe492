//! A part of a comparison: one rule, one resource, one path, one operation or one schema.

use super::report::Judged;
use super::report::Report;

/// Leaves what `wanted` names: a rule or the start of its id, a resource, an operation, a schema or
/// one of its fields, a path or the start of one.
pub fn only(report: &mut Report, wanted: &str) {
    report.findings.retain(|finding| fits(finding, wanted));
    let Report { findings, code, .. } = report;
    if let Some(code) = code {
        let left = |fingerprint: &String| findings.iter().any(|it| it.fingerprint == *fingerprint);
        code.changes
            .retain(|change| change.explained_by.iter().any(left));
    }
}

fn fits(finding: &Judged, wanted: &str) -> bool {
    let part_of = |whole: &str, separator: char| {
        whole
            .strip_prefix(wanted.trim_end_matches(separator))
            .is_some_and(|after| after.is_empty() || after.starts_with(separator))
    };
    part_of(finding.rule.id, '.')
        || finding.group == wanted
        || finding.subject == wanted
        || finding.subject.owner == wanted
        || finding.reach.iter().any(|reach| {
            reach.operation == wanted || (wanted.starts_with('/') && part_of(&reach.path, '/'))
        })
}
