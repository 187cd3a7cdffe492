//! The report for programs: facts, not prose to be parsed.

use serde_json::{Value, json};

use super::class::Class;
use super::context::{Context, Revision};
use super::summary::Summary;
use super::words::failures;
use crate::consumer::ItemChange;
use crate::finding::{Place, Reach, Witness};
use crate::report::Report;
use crate::report::{Accepted, Judged};
use crate::threshold;

/// The version of the form. Version 1 was made when Rust was the only language of generated code, and
/// calls what happens to it `rust`.
///
/// It goes up when a reader of the old form would misread the new one.
pub const SCHEMA_VERSION: u32 = 1;

/// The JSON Schema of the form.
pub const JSON_SCHEMA: &str = include_str!("report.schema.json");

/// The report as JSON with a line end; the same comparison gives the same bytes.
///
/// It is valid under [`JSON_SCHEMA`].
pub fn json(report: &Report, context: &Context) -> String {
    let mut text = format!("{:#}", value(report, context));
    text.push('\n');
    text
}

fn value(report: &Report, context: &Context) -> Value {
    let summary = Summary::of(report);
    json!({
        "schema_version": SCHEMA_VERSION,
        "rules": context.rules,
        "base": revision(&report.base, &context.base),
        "head": revision(&report.head, &context.head),
        "profile": report.profile.word(),
        "threshold": {
            "fail_on": context.fail_on.word(),
            "reached_by": threshold::reached(report, context.fail_on),
        },
        "summary": {
            "breaking": summary.breaking,
            "undecided": summary.undecided,
            "decode_risks": summary.decode,
            "rust": summary.level.word(),
            "rust_items": summary.items,
            "rust_generated": summary.generated,
            "rust_unexplained": summary.unexplained,
            "accepted": summary.accepted,
            "additions": summary.additions,
            "compatible": summary.compatible,
            "deprecations": summary.deprecations,
            "source": summary.source,
            "docs": summary.docs,
        },
        "versions": context.versions.as_ref().map(|versions| json!({
            "base": versions.base,
            "declared": versions.declared,
            "needed": versions.needed,
            "enough": versions.enough,
        })),
        "findings": report.findings.iter().map(finding).collect::<Vec<_>>(),
        "rust": report.code.as_ref().map(|code| json!({
            "required": code.required.word(),
            "changes": changes(&code.changes),
            "unexplained": changes(&code.unexplained),
            "failures": failures(report),
        })),
        "accepted_to_mend": context.stale.iter().map(|it| json!({
            "file": it.file,
            "line": it.line,
            "message": it.message,
            "help": it.help,
        })).collect::<Vec<_>>(),
    })
}

fn revision(label: &str, revision: &Revision) -> Value {
    json!({ "label": label, "commit": revision.commit })
}

fn finding(finding: &Judged) -> Value {
    json!({
        "id": finding.rule.id,
        "class": Class::of(finding).word(),
        "group": finding.group,
        "subject": finding.subject.to_string(),
        "message": finding.message,
        "direction": finding.direction.word(),
        "effect": finding.effect.word(),
        "wire": finding.wire.word(),
        "decode": finding.impact.decode.word(),
        "rust": finding.impact.level.word(),
        "signature": finding.impact.signature,
        "reason": finding.reason,
        "compatible_by": finding.rule.compatible_by,
        "old": finding.old.as_ref().map(place),
        "new": finding.new.as_ref().map(place),
        "before": finding.before,
        "after": finding.after,
        "reach": finding.reach.iter().map(reach).collect::<Vec<_>>(),
        "witness": finding.witness.as_ref().map(witness),
        "rust_items": finding.impact.items,
        "fingerprint": finding.fingerprint,
        "accepted": finding.accepted.as_ref().map(accepted),
    })
}

fn place(place: &Place) -> Value {
    json!({
        "document": place.document,
        "pointer": place.pointer,
        "file": place.file,
        "line": place.line,
    })
}

fn reach(reach: &Reach) -> Value {
    json!({
        "operation": reach.operation,
        "method": reach.method,
        "path": reach.path,
        "direction": reach.direction.word(),
        "status": reach.status,
    })
}

fn witness(witness: &Witness) -> Value {
    json!({
        "value": witness.value,
        "old_accepts": witness.old_accepts,
        "new_accepts": witness.new_accepts,
        "verified": witness.verified,
    })
}

fn accepted(accepted: &Accepted) -> Value {
    json!({
        "reason": accepted.reason,
        "by": accepted.by,
        "kind": accepted.kind,
        "until_version": accepted.until_version,
    })
}

fn changes(changes: &[ItemChange]) -> Value {
    let change = |change: &ItemChange| {
        json!({
            "item": change.item,
            "before": change.before,
            "after": change.after,
            "level": change.level.word(),
            "explained_by": change.explained_by,
            "note": change.note,
        })
    };
    changes.iter().map(change).collect()
}
