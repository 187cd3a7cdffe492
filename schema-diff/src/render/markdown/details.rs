//! What a reviewer unfolds for one breaking change.

use std::fmt::Write as _;

use super::escape::{block, code, html, plain, prose};
use super::{View, collapsed};
use crate::accepted;
use crate::consumer::ItemChange;
use crate::consumer::Level;
use crate::render::excerpt::excerpt;
use crate::render::summary::count;
use crate::render::words::{cut, direction, one_line, operations, place, predicate, witness};
use crate::report::Judged;

/// Longest value that is shown whole.
const VALUE: usize = 300;
/// Most signatures of one fact; all of them are in the part on the code.
const SIGNATURES: usize = 6;

impl View<'_> {
    /// The details of the first `limit` breaking changes.
    pub(super) fn details(&self, limit: usize, out: &mut String) {
        let findings = self.breaking();
        let shown = findings.len().min(limit);
        for finding in &findings[..shown] {
            if out.len() > self.max_bytes {
                return;
            }
            let mut body = String::new();
            self.detail(finding, &mut body);
            let (mark, text) = match predicate(finding) {
                Some(predicate) => ("", predicate),
                None => (":", finding.message.as_str()),
            };
            let title = format!(
                "<code>{}</code>{mark} {}",
                html(&cut(&one_line(&finding.subject.to_string()), 60)),
                html(&cut(&one_line(&text.replace('`', "")), 90)),
            );
            collapsed(&title, &body, out);
        }
        if shown > 0 && shown < findings.len() {
            let left = count(findings.len() - shown, "breaking change");
            let _ = writeln!(out, "Details of {left} more are in the full report.\n");
        }
    }

    fn detail(&self, finding: &Judged, out: &mut String) {
        let _ = writeln!(
            out,
            "{}\n\n{}, {}; {}\n",
            prose(&finding.message, false),
            code(finding.rule.id, false),
            direction(finding.direction),
            prose(&finding.reason, false),
        );
        let lines = excerpt(finding, self.context);
        if !lines.is_empty() {
            block("diff", &lines, out);
            out.push('\n');
        }
        match witness(finding) {
            Some((value, story)) => {
                let value = code(&cut(&value, VALUE), false);
                let _ = writeln!(out, "Witness: {value}: {story}.\n");
            }
            None => {
                let _ = writeln!(out, "Witness: none; the verdict is by rule.\n");
            }
        }
        self.caused(finding, out);
        let reach = operations(finding);
        if !reach.is_empty() {
            let names: Vec<String> = reach.iter().map(|name| code(name, false)).collect();
            let _ = writeln!(out, "Operations ({}): {}\n", reach.len(), names.join(", "));
        }
        if let Some(way) = finding.rule.compatible_by {
            let _ = writeln!(out, "Compatible by {}.\n", prose(way, false));
        }
        if place(finding).is_some() {
            let until = self.context.versions.as_ref().map(|it| it.needed.clone());
            let entry = accepted::entry(finding, "why it is right", "your name", until.as_deref());
            let _ = writeln!(
                out,
                "To accept it, in {}:\n",
                plain(&self.context.accepted.path)
            );
            let lines: Vec<String> = entry.lines().map(str::to_owned).collect();
            block("toml", &lines, out);
        }
    }

    /// What the fact does to the generated code.
    fn caused(&self, finding: &Judged, out: &mut String) {
        let Some(code) = &self.report.code else {
            if finding.impact.level == Level::Major {
                let _ = writeln!(out, "{}: major, by rule.\n", self.report.labels.language);
            }
            return;
        };
        let caused = |change: &&ItemChange| change.explained_by.contains(&finding.fingerprint);
        let changes: Vec<&ItemChange> = code.changes.iter().filter(caused).collect();
        if changes.is_empty() {
            return;
        }
        let mut lines = Vec::new();
        for change in changes.iter().take(SIGNATURES) {
            lines.extend(signature(change));
        }
        if changes.len() > SIGNATURES {
            lines.push(format!("… and {} more", changes.len() - SIGNATURES));
        }
        block("diff", &lines, out);
        out.push('\n');
    }
}

/// One item before and after, under its path.
pub(super) fn signature(change: &ItemChange) -> Vec<String> {
    let level = match change.level {
        Level::Major => "MAJOR",
        Level::Minor => "minor",
        Level::None => "patch",
    };
    let note = match change.note {
        "" => String::new(),
        note => format!(", {note}"),
    };
    let mut lines = vec![format!("@@ {} @@ {level}{note}", one_line(&change.item))];
    let signed = |sign: char, text: &Option<String>| {
        let text = text.iter().flat_map(|text| text.lines());
        let text = text.map(|line| format!("{sign} {}", cut(line, 200)));
        text.collect::<Vec<_>>()
    };
    lines.extend(signed('-', &change.before));
    lines.extend(signed('+', &change.after));
    lines
}
