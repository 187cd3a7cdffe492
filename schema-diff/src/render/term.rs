//! The report for a terminal.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::class::Class;
use super::context::Context;
use super::excerpt::excerpt;
use super::summary::{Summary, count, version_line};
use super::tree::tree;
use super::words::{
    cut, direction, failures, hit, one_line, place, predicate, some_operations, witness,
};
use crate::consumer::ItemChange;
use crate::consumer::Level;
use crate::report::Judged;
use crate::report::Report;

/// Widest sentence.
const WIDE: usize = 200;

/// The whole report as text; with `colour` for a terminal.
pub fn term(report: &Report, context: &Context, colour: bool) -> String {
    let paint = Paint { colour };
    let summary = Summary::of(report);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} {} → {}",
        paint.bold("Schema diff"),
        clean(&report.base),
        clean(&report.head)
    );
    if summary.is_empty(report) {
        let _ = writeln!(out, "Nothing changed.");
    } else {
        let _ = writeln!(out, "{}", summary.line());
    }
    if let Some(line) = version_line(report, context).filter(|_| !summary.is_empty(report)) {
        let _ = writeln!(out, "Version: {line}");
    }
    for failure in failures(report) {
        let _ = writeln!(
            out,
            "{} is judged by rule: {}",
            report.labels.language,
            clean(&failure)
        );
    }
    for stale in &context.stale {
        let _ = writeln!(out, "{}", paint.red(&clean(&stale.to_string())));
    }
    for class in [Class::Breaking, Class::Undecided, Class::Accepted] {
        let findings: Vec<&Judged> = of(report, class);
        heading(class, findings.len(), paint, &mut out);
        for finding in findings {
            whole(finding, report, context, paint, &mut out);
        }
    }
    signatures(report, paint, &mut out);
    for class in [
        Class::Addition,
        Class::Compatible,
        Class::Source,
        Class::Deprecation,
    ] {
        let findings = of(report, class);
        heading(class, findings.len(), paint, &mut out);
        branches(&findings, paint, &mut out);
    }
    let docs = of(report, Class::Docs);
    if !docs.is_empty() {
        heading(Class::Docs, docs.len(), paint, &mut out);
        for (group, owners) in tree(docs) {
            let n = owners.values().map(Vec::len).sum();
            let _ = writeln!(out, "  {}: {}", clean(&group), count(n, "change"));
        }
    }
    out
}

fn of(report: &Report, class: Class) -> Vec<&Judged> {
    let findings = report.findings.iter();
    findings.filter(|it| Class::of(it) == class).collect()
}

fn heading(class: Class, n: usize, paint: Paint, out: &mut String) {
    if n > 0 {
        let title = format!("{} ({n})", class.title());
        let title = match class {
            Class::Breaking => paint.red(&title),
            Class::Undecided => paint.yellow(&title),
            _ => paint.bold(&title),
        };
        let _ = writeln!(out, "\n{title}");
    }
}

/// A finding with everything that is known about it.
fn whole(finding: &Judged, report: &Report, context: &Context, paint: Paint, out: &mut String) {
    let place = place(finding).map_or_else(String::new, |place| {
        format!("{}:{}: ", clean(&place.file), place.line)
    });
    let subject = paint.bold(&clean(&finding.subject.to_string()));
    let message = match predicate(finding) {
        Some(predicate) => format!("{subject} {}", sentence(predicate)),
        None => format!("{subject}: {}", sentence(&finding.message)),
    };
    let _ = writeln!(out, "  {place}{message}");
    let mut facts = vec![
        finding.rule.id.to_owned(),
        direction(finding.direction).to_owned(),
    ];
    let hit = hit(finding, report.labels);
    if !hit.is_empty() {
        facts.push(format!("hits {}", hit.join(", ")));
    }
    let operations = some_operations(finding, clean);
    if !operations.is_empty() {
        facts.push(operations);
    }
    let _ = writeln!(out, "    {}", paint.dim(&facts.join(" · ")));
    if !finding.reason.is_empty() {
        let _ = writeln!(out, "    why: {}", sentence(&finding.reason));
    }
    for line in excerpt(finding, context) {
        let _ = writeln!(out, "      {}", paint.signed(&line));
    }
    if let Some((value, story)) = witness(finding) {
        let _ = writeln!(out, "    witness: {}: {story}", cut(&clean(&value), WIDE));
    }
    if let Some(code) = &report.code {
        let caused = |change: &&ItemChange| change.explained_by.contains(&finding.fingerprint);
        let items = code.changes.iter().filter(caused);
        let items: Vec<String> = items.map(|it| clean(&it.item)).collect();
        if !items.is_empty() {
            let (first, others) = items.split_at(items.len().min(3));
            let more = match others.len() {
                0 => String::new(),
                n => format!(", +{n} more"),
            };
            let _ = writeln!(
                out,
                "    {}: {}{more}",
                report.labels.language,
                first.join(", ")
            );
        }
    }
    if let Some(accepted) = &finding.accepted {
        let reason = match accepted.reason.trim() {
            "" => "no reason given yet".to_owned(),
            reason => sentence(reason),
        };
        let by = clean(&accepted.by);
        let _ = writeln!(out, "    {}: {reason} ({by})", accepted.kind);
    } else {
        if let Some(way) = finding.rule.compatible_by {
            let _ = writeln!(out, "    compatible by {}", sentence(way));
        }
        let fingerprint = format!("fingerprint {}", finding.fingerprint);
        let _ = writeln!(out, "    {}", paint.dim(&fingerprint));
    }
}

fn signatures(report: &Report, paint: Paint, out: &mut String) {
    let Some(code) = &report.code else {
        return;
    };
    let language = report.labels.language;
    let mut changes: Vec<&ItemChange> = code.changes.iter().collect();
    changes.sort_by_key(|it| (Reverse(it.level), it.item.as_str()));
    for (title, changes) in [
        (format!("{language} API"), changes),
        (
            format!("Unexplained {language} changes, a defect of this tool"),
            code.unexplained.iter().collect(),
        ),
    ] {
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "\n{}",
            paint.bold(&format!("{title} ({})", changes.len()))
        );
        for change in changes {
            let level = match change.level {
                Level::Major => paint.red("MAJOR"),
                Level::Minor => "minor".to_owned(),
                Level::None => "patch".to_owned(),
            };
            let _ = writeln!(
                out,
                "  {level} {} {}",
                clean(&change.item),
                paint.dim(change.note)
            );
            for (sign, text) in [("-", &change.before), ("+", &change.after)] {
                for line in text.iter().flat_map(|text| text.lines()) {
                    let line = format!("{sign} {}", cut(&clean_line(line), WIDE));
                    let _ = writeln!(out, "    {}", paint.signed(&line));
                }
            }
        }
    }
}

/// Findings under what they are about, one line each.
fn branches(findings: &[&Judged], paint: Paint, out: &mut String) {
    for (group, owners) in tree(findings.iter().copied()) {
        let _ = writeln!(out, "  {}", paint.bold(&clean(&group)));
        for (owner, findings) in owners {
            let _ = writeln!(out, "    {}", clean(owner));
            for finding in findings {
                let line = match (finding.subject.part.as_str(), predicate(finding)) {
                    ("", _) => sentence(&finding.message),
                    (part, Some(predicate)) => format!("{} {}", clean(part), sentence(predicate)),
                    (part, None) => format!("{}: {}", clean(part), sentence(&finding.message)),
                };
                let _ = writeln!(out, "      {line}");
            }
        }
    }
}

fn sentence(text: &str) -> String {
    cut(&clean(&text.replace('`', "")), WIDE)
}

/// Nothing from a schema moves the cursor.
fn clean(text: &str) -> String {
    one_line(text)
}

fn clean_line(line: &str) -> String {
    line.chars().filter(|c| !c.is_control()).collect()
}

#[derive(Clone, Copy)]
struct Paint {
    colour: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    fn yellow(self, text: &str) -> String {
        self.with("1;33", text)
    }

    fn signed(self, line: &str) -> String {
        match line.chars().next() {
            Some('-') => self.with("31", line),
            Some('+') => self.with("32", line),
            _ => line.to_owned(),
        }
    }
}
