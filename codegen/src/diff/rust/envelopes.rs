//! What surrounds records: the crate reads it with types written by hand, so that no generated code
//! shows what a change does to crates that are already published.

use crate::diff::finding::{Decode, Finding};

/// How a member is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    /// It has to be there, and no null.
    Needed,
    /// It may be missing, or null.
    Taken,
}

/// The schemas that have no generated type, with the members that are read. All others are skipped.
const ENVELOPES: [(&str, &[(&str, Read)]); 4] = [
    ("Acknowledged", &[]),
    ("Created", &[("id", Read::Needed)]),
    (
        "PageEnvelope",
        &[("has_more", Read::Taken), ("record_count", Read::Taken)],
    ),
    ("RecordEnvelope", &[]),
];

/// Corrects the verdicts on members of envelopes.
pub(super) fn tell(findings: &mut [Finding]) {
    for finding in findings {
        let Some((schema, rest)) = finding.subject.split_once('.') else {
            continue;
        };
        let envelope = ENVELOPES.iter().find(|(name, _)| *name == schema);
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let member = rest.split(|c| !is_name(c)).next().unwrap_or_default();
        let Some((_, members)) = envelope else {
            continue;
        };
        let member = members.iter().find(|(name, _)| *name == member);
        if member.is_none() {
            finding.decode = Decode::Safe;
        } else if member.is_some_and(|(_, read)| *read == Read::Needed)
            && may_be_absent(finding.id)
            && finding.direction.in_responses()
        {
            finding.decode = Decode::Breaks;
        }
    }
}

fn may_be_absent(id: &str) -> bool {
    matches!(
        id,
        "schema.property.became.optional"
            | "schema.property.required.removed"
            | "schema.property.removed"
            | "schema.nullable.added"
    )
}
