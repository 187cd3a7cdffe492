//! Compares two revisions of a description: what a change does to callers, to crates that are already
//! published, and to Rust code that uses the generated crate.
//!
//! Every fact is found once, where the description states it, with the operations that it reaches.

pub mod accepted;
pub mod finding;
pub mod only;
pub mod render;
pub mod report;
pub mod rules;
pub mod rust;
pub mod side;
pub mod threshold;

use self::finding::{Decode, Direction, Effect, Finding, Rust, Wire};
use self::report::{Options, Report};
use self::side::Side;
use crate::diagnostic::Diagnostic;
use crate::load::Node;

/// What changed from `old` to `new`.
///
/// # Errors
/// What keeps the documents from being compared, such as a reference into another file.
pub fn compare(old: &Side, new: &Side, options: &Options) -> Result<Report, Vec<Diagnostic>> {
    let mut report = Report {
        base: old.label.clone(),
        head: new.label.clone(),
        profile: options.profile,
        findings: Vec::new(),
        rust: None,
    };
    let operations = |side: &Side| -> Vec<(String, String)> {
        let roots = side.documents.iter().map(|named| named.document.root());
        let paths = roots.filter_map(|root| root.get("paths"));
        paths
            .flat_map(Node::entries)
            .flat_map(|(path, item)| {
                item.entries().filter_map(|(method, operation)| {
                    let call = format!("{} {}", method.name.to_uppercase(), path.name);
                    let id = operation.get("operationId").and_then(Node::as_str);
                    operation
                        .as_object()
                        .map(|_| (call.clone(), id.map_or(call, str::to_owned)))
                })
            })
            .collect()
    };
    let before = operations(old);
    let after = operations(new);
    let found = |id, subject: &str, wire, rust| Finding {
        id,
        subject: subject.to_owned(),
        message: format!("{subject}: {id}"),
        direction: Direction::Both,
        effect: Effect::Replaces,
        wire,
        decode: Decode::Safe,
        rust,
        signature: rust != Rust::None,
        reason: String::new(),
        compatible_by: rules::find(id).and_then(|rule| rule.compatible_by),
        old: None,
        new: None,
        before: None,
        after: None,
        reach: Vec::new(),
        witness: None,
        rust_items: Vec::new(),
        fingerprint: format!("{id}:{subject}"),
        accepted: None,
    };
    for (call, id) in &before {
        if !after.iter().any(|(other, _)| other == call) {
            report
                .findings
                .push(found("op.removed", id, Wire::Breaking, Rust::Major));
        }
    }
    for (call, id) in &after {
        if !before.iter().any(|(other, _)| other == call) {
            report
                .findings
                .push(found("op.added", id, Wire::Compatible, Rust::Minor));
        }
    }
    report.sort();
    Ok(report)
}
