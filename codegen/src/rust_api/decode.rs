//! Whether crates that are already published still read what a service responds with.

use std::collections::{BTreeMap, BTreeSet};

use api_schema_diff::consumer::Decode;
use api_schema_diff::finding::{Direction, Finding, Wire};
use api_schema_diff::rules::{self, Decodes, Rule};

use super::Reader;
use super::reads::Reading;
use super::responses::Responses;

/// What the generated code says about one finding: how each type that reads the value fares.
pub(super) type Readings = BTreeSet<Option<Reading>>;

/// The verdict on one finding, from the most certain evidence to the least:
///
/// 1. the old code takes any response of these operations, whatever is in it;
/// 2. a type written by hand reads the value: the table of envelopes says how;
/// 3. the types that both sides generate show whether the old one reads what the new one may send;
/// 4. the rule, by how strict the types are.
///
/// `code` is the old code and what it shows; without it, the rule decides.
pub(super) fn decode(
    finding: &Finding,
    reader: Reader,
    code: Option<(&mut Responses<'_>, &Readings)>,
) -> Decode {
    let by_rule = by_rule(finding, reader);
    let Some((responses, readings)) = code else {
        return by_rule;
    };
    let in_responses = finding.direction.in_responses();
    let fails = [Some(Reading::MayBeMissing), Some(Reading::Unread)];
    let by_types = if fails.iter().any(|it| readings.contains(it)) {
        if in_responses {
            Decode::Breaks
        } else {
            by_rule
        }
    } else if readings.iter().eq(&[Some(Reading::ReadsAll)]) {
        Decode::Safe
    } else {
        by_rule
    };
    let by_envelope = match envelope(finding) {
        Some(Member::Skipped) => Decode::Safe,
        Some(Member::Needed) if in_responses && may_be_absent(finding.rule) => Decode::Breaks,
        Some(Member::Present)
            if in_responses
                && may_be_absent(finding.rule)
                && finding.rule != rules::SCHEMA_NULLABLE_ADDED =>
        {
            Decode::Breaks
        }
        _ => by_types,
    };
    let about_responses =
        finding.direction == Direction::Response || finding.rule.is_about_responses();
    if by_envelope == Decode::Breaks && about_responses && responses.take_any(finding) {
        return Decode::Safe;
    }
    by_envelope
}

/// What follows from the rule alone.
fn by_rule(finding: &Finding, reader: Reader) -> Decode {
    // Errors are kept as they come.
    if reader == Reader::Tolerant && only_errors(finding) {
        return Decode::Safe;
    }
    let noticed = finding.direction.in_responses() && finding.strict >= Wire::Undecided;
    let breaks = match finding.decodes {
        Decodes::Always => noticed,
        Decodes::Strictly => noticed && reader == Reader::Strict,
        Decodes::Never => false,
    };
    if breaks { Decode::Breaks } else { Decode::Safe }
}

/// Whether all responses that a finding concerns say that the call failed.
fn only_errors(finding: &Finding) -> bool {
    let responses = finding
        .reach
        .iter()
        .filter(|it| it.direction.in_responses());
    let mut responses = responses.peekable();
    responses.peek().is_some()
        && responses.all(|reach| {
            let status = reach.status.as_deref().unwrap_or("2XX");
            !status.starts_with('2') && !status.eq_ignore_ascii_case("default")
        })
}

/// How a member of an envelope is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Member {
    /// It has to be there, and no null.
    Needed,
    /// It has to be there, if only as null.
    Present,
    /// Nobody looks at it.
    Skipped,
}

/// The schemas that have no generated type, with the members that are read. All others are skipped.
/// What surrounds records is read with types written by hand, so that no generated code shows what a
/// change does to them.
const ENVELOPES: [(&str, &[(&str, Member)]); 4] = [
    ("Acknowledged", &[]),
    ("Created", &[("id", Member::Needed)]),
    // Whatever has_more and record_count hold, the records are read.
    ("PageEnvelope", &[]),
    ("RecordEnvelope", &[]),
];

/// A page is named for its record: the lint sees to that.
const PAGE: &str = "Page";

/// How the member of an envelope is read that a finding is about.
fn envelope(finding: &Finding) -> Option<Member> {
    let rest = finding.subject.part.strip_prefix('.')?;
    if finding.subject.owner.ends_with(PAGE) && rest == "records" {
        return Some(Member::Present);
    }
    let (_, members) = ENVELOPES
        .iter()
        .find(|(name, _)| *name == finding.subject.owner)?;
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let member = rest.split(|c| !is_name(c)).next().unwrap_or_default();
    let known: BTreeMap<&str, Member> = members.iter().copied().collect();
    Some(known.get(member).copied().unwrap_or(Member::Skipped))
}

fn may_be_absent(rule: &'static Rule) -> bool {
    [
        rules::SCHEMA_PROPERTY_BECAME_OPTIONAL,
        rules::SCHEMA_PROPERTY_REQUIRED_REMOVED,
        rules::SCHEMA_PROPERTY_REMOVED,
        rules::SCHEMA_NULLABLE_ADDED,
    ]
    .contains(&rule)
}
