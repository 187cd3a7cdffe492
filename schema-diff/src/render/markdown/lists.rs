//! The parts below the tables: generated code, additions, and what nobody has to act on.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::details::signature;
use super::escape::{block, code, plain, prose};
use super::{View, collapsed};
use crate::consumer::ItemChange;
use crate::finding::Wire;
use crate::render::class::Class;
use crate::render::summary::count;
use crate::render::tree::tree;
use crate::render::words::{cut, one_line, predicate};
use crate::report::Judged;

/// Longest sentence of a list, in characters.
const SENTENCE: usize = 140;
/// Signatures that are shown without unfolding.
const OPEN: usize = 12;

impl View<'_> {
    /// Changes of the generated code, those that break code first.
    pub(super) fn signatures(&self, limit: usize, out: &mut String) {
        let Some(code) = &self.report.code else {
            return;
        };
        let mut changes: Vec<&ItemChange> = code.changes.iter().collect();
        changes.sort_by_key(|it| (Reverse(it.level), it.item.as_str()));
        if !changes.is_empty() {
            let _ = writeln!(out, "#### {} API\n", self.report.labels.language);
            let shown = changes.len().min(limit);
            let lines = |changes: &[&ItemChange]| -> Vec<String> {
                changes.iter().flat_map(|it| signature(it)).collect()
            };
            let (open, folded) = changes[..shown].split_at(shown.min(OPEN));
            if !open.is_empty() {
                block("diff", &lines(open), out);
                out.push('\n');
            }
            if !folded.is_empty() {
                let mut body = String::new();
                block("diff", &lines(folded), &mut body);
                let title = format!("{} more", count(folded.len(), "item"));
                collapsed(&title, &body, out);
            }
            if shown < changes.len() {
                let left = count(changes.len() - shown, "item");
                let _ = writeln!(out, "{left} more in the full report.\n");
            }
        }
        if !code.unexplained.is_empty() {
            let n = code.unexplained.len();
            let _ = writeln!(
                out,
                "**Unexplained:** {} no fact accounts for, a defect of this tool.\n",
                count(n, "item that").replace("item thats", "items that")
            );
            let lines = code.unexplained.iter().take(limit.max(5));
            block("diff", &lines.flat_map(signature).collect::<Vec<_>>(), out);
            out.push('\n');
        }
    }

    /// What is new, as a tree: group, operation or schema, property. A branch with too many leaves for
    /// `limit` is counted.
    pub(super) fn additions(&self, limit: usize, out: &mut String) {
        let findings = self.class(Class::Addition);
        if findings.is_empty() {
            return;
        }
        let _ = writeln!(out, "#### Additions\n");
        let mut body = String::new();
        let mut left = limit;
        let mut missing: BTreeMap<String, usize> = BTreeMap::new();
        for (group, owners) in tree(findings.iter().copied()) {
            let mut lines = String::new();
            for (owner, findings) in owners {
                let Some(room) = left.checked_sub(findings.len()) else {
                    *missing.entry(group.clone()).or_default() += findings.len();
                    continue;
                };
                left = room;
                let _ = writeln!(lines, "  - {}", code(&cut(owner, 60), false));
                for finding in findings {
                    let _ = writeln!(lines, "    - {}", addition(finding));
                }
            }
            if !lines.is_empty() {
                let _ = write!(body, "- {}\n{lines}", plain(&group));
            }
        }
        if !body.is_empty() {
            if findings.len() > OPEN {
                collapsed(&count(findings.len(), "addition"), &body, out);
            } else {
                let _ = writeln!(out, "{body}");
            }
        }
        if !missing.is_empty() {
            let total: usize = missing.values().sum();
            let _ = writeln!(
                out,
                "{} not listed: {}.\n",
                count(total, "addition"),
                counts(&missing)
            );
        }
    }

    /// One line a finding.
    pub(super) fn flat(&self, class: Class, limit: usize, out: &mut String) {
        let findings = self.class(class);
        if findings.is_empty() {
            return;
        }
        let mut body = String::new();
        for finding in findings.iter().take(limit) {
            let _ = writeln!(body, "- {}", said(&finding.subject.to_string(), finding));
        }
        if findings.len() > limit {
            let _ = writeln!(body, "\n{}.", by_group(&findings));
        }
        let title = format!("{} ({})", class.title(), findings.len());
        collapsed(&title, &body, out);
    }

    /// What maintainers have accepted, with the reason they gave.
    pub(super) fn accepted(&self, limit: usize, out: &mut String) {
        let findings = self.class(Class::Accepted);
        if findings.is_empty() {
            return;
        }
        let mut body = String::new();
        for finding in findings.iter().take(limit) {
            let Some(accepted) = &finding.accepted else {
                continue;
            };
            let reason = match accepted.reason.trim() {
                "" => "**no reason given yet**".to_owned(),
                reason => prose(&cut(reason, SENTENCE), false),
            };
            let _ = writeln!(
                body,
                "- {}: {} ({}). {}: {reason} ({})",
                code(&cut(&finding.subject.to_string(), 60), false),
                prose(&cut(&one_line(&finding.message), SENTENCE), false),
                if finding.wire == Wire::Breaking {
                    "breaking"
                } else {
                    finding.wire.word()
                },
                plain(&accepted.kind),
                plain(&cut(&accepted.by, 60)),
            );
        }
        if findings.len() > limit {
            let _ = writeln!(body, "\n{}.", by_group(&findings));
        }
        let title = format!("{} ({})", Class::Accepted.title(), findings.len());
        collapsed(&title, &body, out);
    }

    /// Documentation is counted, not listed.
    pub(super) fn docs(&self, limit: usize, out: &mut String) {
        let findings = self.class(Class::Docs);
        if findings.is_empty() {
            return;
        }
        let mut rules: BTreeMap<String, usize> = BTreeMap::new();
        for finding in &findings {
            *rules.entry(finding.rule.id.to_owned()).or_default() += 1;
        }
        let mut body = format!("By rule: {}.", counts(&rules));
        if limit > 0 {
            let _ = write!(body, "\n\nBy place: {}.", by_group(&findings));
        }
        collapsed(&format!("Documentation ({})", findings.len()), &body, out);
    }
}

/// A leaf of the tree: the property and what happened to it.
fn addition(finding: &Judged) -> String {
    match finding.subject.part.as_str() {
        "" => prose(&cut(&one_line(&finding.message), SENTENCE), false),
        part => said(part, finding),
    }
}

/// A name and what happened to it.
fn said(name: &str, finding: &Judged) -> String {
    let name = code(&cut(name, 60), false);
    let text = |text: &str| prose(&cut(&one_line(text), SENTENCE), false);
    match predicate(finding) {
        Some(predicate) => format!("{name} {}", text(predicate)),
        None => format!("{name}: {}", text(&finding.message)),
    }
}

fn by_group(findings: &[&Judged]) -> String {
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        *groups.entry(finding.group.clone()).or_default() += 1;
    }
    counts(&groups)
}

/// The largest counts by name, and what the others have together.
fn counts(groups: &BTreeMap<String, usize>) -> String {
    let mut sorted: Vec<(&String, &usize)> = groups.iter().collect();
    sorted.sort_by_key(|(name, n)| (Reverse(**n), *name));
    let (first, others) = sorted.split_at(sorted.len().min(20));
    let shown = first
        .iter()
        .map(|(name, n)| format!("{} {n}", code(&cut(name, 60), false)));
    let mut shown: Vec<String> = shown.collect();
    if !others.is_empty() {
        let n: usize = others.iter().map(|(_, n)| **n).sum();
        shown.push(format!("{} others {n}", others.len()));
    }
    shown.join(", ")
}
