//! The tables of what breaks and of what nobody can decide.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape::{code, prose};
use super::stages::ROWS;
use super::{View, collapsed};
use crate::consumer::Decode;
use crate::finding::Wire;
use crate::render::class::Class;
use crate::render::summary::count;
use crate::render::words::{cut, direction, hit, one_line, some_operations};
use crate::report::Judged;

/// Widest text of a cell, in characters.
const CELL: usize = 110;

impl View<'_> {
    /// The rows: callers first, then what only published clients notice. The first ones are open, the
    /// others collapsed, and what is over `limit` is counted.
    pub(super) fn breaking_table(&self, limit: usize, out: &mut String) {
        let findings = self.breaking();
        if findings.is_empty() {
            return;
        }
        let _ = writeln!(out, "#### Breaking\n");
        let shown = &findings[..findings.len().min(limit)];
        let (open, folded) = shown.split_at(shown.len().min(ROWS));
        self.table(
            open,
            "Who is hit",
            |it| hit(it, self.report.labels).join(", "),
            out,
        );
        if !folded.is_empty() {
            let mut body = String::new();
            self.table(
                folded,
                "Who is hit",
                |it| hit(it, self.report.labels).join(", "),
                &mut body,
            );
            let title = format!("{} more", count(folded.len(), "row"));
            collapsed(&title.replace("rows more", "more rows"), &body, out);
        }
        rest(&findings[shown.len()..], "breaking", out);
    }

    /// What breaks, those that callers notice first.
    pub(super) fn breaking(&self) -> Vec<&Judged> {
        let mut findings = self.class(Class::Breaking);
        findings.sort_by_key(|it| {
            (
                it.wire != Wire::Breaking,
                it.impact.decode != Decode::Breaks,
            )
        });
        findings
    }

    pub(super) fn undecided_table(&self, limit: usize, out: &mut String) {
        let findings = self.class(Class::Undecided);
        if findings.is_empty() {
            return;
        }
        let _ = writeln!(out, "#### Undecided\n");
        let shown = &findings[..findings.len().min(limit)];
        self.table(shown, "Why", |it| prose(&cut(&it.reason, CELL), true), out);
        rest(&findings[shown.len()..], "undecided", out);
    }

    /// Five columns, so that a phone can show them.
    fn table(
        &self,
        findings: &[&Judged],
        third: &str,
        who: impl Fn(&Judged) -> String,
        out: &mut String,
    ) {
        let _ = writeln!(
            out,
            "| What changed | Where | {third} | Operations | Line |"
        );
        let _ = writeln!(out, "| --- | --- | --- | --- | --- |");
        if findings.is_empty() {
            return;
        }
        for finding in findings {
            let subject = code(&cut(&one_line(&finding.subject.to_string()), 60), true);
            let operations = some_operations(finding, |name| code(&cut(name, 40), true));
            let _ = writeln!(
                out,
                "| {} | {subject}, {} | {} | {} | {} |",
                prose(&cut(&one_line(&finding.message), CELL), true),
                direction(finding.direction),
                who(finding),
                if operations.is_empty() {
                    "none"
                } else {
                    &operations
                },
                self.line(finding),
            );
        }
        out.push('\n');
    }
}

/// What a table has no room for, counted by rule.
fn rest(findings: &[&Judged], what: &str, out: &mut String) {
    if findings.is_empty() {
        return;
    }
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *rules.entry(finding.rule.id).or_default() += 1;
    }
    let counts = rules
        .iter()
        .map(|(id, n)| format!("{n} {}", code(id, false)));
    let counts: Vec<String> = counts.collect();
    let _ = writeln!(
        out,
        "+{} more {what} in the full report: {}.\n",
        findings.len(),
        counts.join(", ")
    );
}
