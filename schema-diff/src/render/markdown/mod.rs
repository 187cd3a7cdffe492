//! The report for a pull request: what a reviewer wants to know, in that order.
//!
//! A comment has a limit. A report that is too long loses what is least needed first, and says so:
//! lists of harmless changes, then the additions, then details, then signatures. The table of what
//! breaks is the last to get shorter, and what it loses is still counted.

mod details;
mod escape;
mod lists;
mod stages;
mod tables;

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use self::escape::{code, plain, prose};
use self::stages::{Limits, STAGES};
use super::class::Class;
use super::context::Context;
use super::summary::{Summary, count, version_line};
use super::words::failures;
use crate::report::Judged;
use crate::report::Report;

/// The smallest limit: the verdict and the counts fit.
pub const MIN_BYTES: usize = 2_000;

/// The report, at most `max_bytes` long.
///
/// The limit holds from [`MIN_BYTES`] on.
///
/// ```
/// use api_schema_diff::render::{Context, markdown};
/// use api_schema_diff::consumer::Labels;
/// use api_schema_diff::report::{Profile, Report};
///
/// let report = Report {
///     base: "main".to_owned(),
///     head: "the work tree".to_owned(),
///     profile: Profile::Strict,
///     findings: Vec::new(),
///     code: None,
///     labels: Labels::default(),
/// };
/// let text = markdown(&report, &Context::default(), 60_000);
/// assert!(text.starts_with("**Schema diff: nothing changed**"));
/// ```
pub fn markdown(report: &Report, context: &Context, max_bytes: usize) -> String {
    let view = View::new(report, context, max_bytes);
    let mut limits = Limits::NONE;
    let mut dropped = Vec::new();
    let mut text = view.text(&limits, &dropped);
    for stage in &STAGES {
        if text.len() <= max_bytes {
            break;
        }
        let size = (stage.size)(&view).min(*(stage.limit)(&mut limits));
        if size <= stage.least {
            continue;
        }
        dropped.push(stage.name);
        *(stage.limit)(&mut limits) = stage.least;
        text = view.text(&limits, &dropped);
        if text.len() > max_bytes {
            continue;
        }
        // As much of it as fits.
        let (mut fits, mut too_many) = (stage.least, size);
        while too_many - fits > 1 {
            let middle = fits.midpoint(too_many);
            *(stage.limit)(&mut limits) = middle;
            let attempt = view.text(&limits, &dropped);
            if attempt.len() <= max_bytes {
                (fits, text) = (middle, attempt);
            } else {
                too_many = middle;
            }
        }
    }
    text
}

/// What is looked up once for all attempts.
struct View<'r> {
    report: &'r Report,
    context: &'r Context,
    summary: Summary,
    max_bytes: usize,
}

impl<'r> View<'r> {
    fn new(report: &'r Report, context: &'r Context, max_bytes: usize) -> Self {
        Self {
            max_bytes,
            report,
            context,
            summary: Summary::of(report),
        }
    }

    fn class(&self, class: Class) -> Vec<&'r Judged> {
        let findings = self.report.findings.iter();
        findings.filter(|it| Class::of(it) == class).collect()
    }

    /// The report; any text that is longer than the limit when it can't be kept.
    fn text(&self, limits: &Limits, dropped: &[&str]) -> String {
        let mut out = String::new();
        self.verdict(&mut out);
        if !dropped.is_empty() {
            let full = match self.context.full_report.as_str() {
                "" => "the full report is the page that `--format html` writes".to_owned(),
                place => format!("the full report is {}", prose(place, false)),
            };
            let _ = writeln!(out, "> Shortened: {}; {full}.\n", dropped.join(", "));
        }
        self.breaking_table(limits.rows, &mut out);
        self.details(limits.details, &mut out);
        if out.len() > self.max_bytes {
            return out;
        }
        self.undecided_table(limits.undecided, &mut out);
        self.signatures(limits.signatures, &mut out);
        self.additions(limits.additions, &mut out);
        self.flat(Class::Compatible, limits.compatible, &mut out);
        self.flat(Class::Source, limits.compatible, &mut out);
        self.accepted(limits.accepted, &mut out);
        self.flat(Class::Deprecation, limits.compatible, &mut out);
        self.docs(limits.docs, &mut out);
        self.footer(&mut out);
        out
    }

    fn verdict(&self, out: &mut String) {
        if self.summary.is_empty(self.report) {
            let _ = writeln!(
                out,
                "**Schema diff: nothing changed** between {} and {}.\n",
                code(&self.report.base, false),
                code(&self.report.head, false),
            );
        } else {
            let _ = writeln!(out, "### Schema diff\n\n**{}**\n", self.summary.line());
            if let Some(line) = version_line(self.report, self.context) {
                let _ = writeln!(out, "**Version:** {line}\n");
            }
        }
        for failure in failures(self.report) {
            let _ = writeln!(
                out,
                "**{} is judged by rule:** {}\n",
                self.report.labels.language,
                plain(&failure)
            );
        }
        if !self.context.stale.is_empty() {
            let n = match self.context.stale.len() {
                1 => "1 entry".to_owned(),
                n => format!("{n} entries"),
            };
            let _ = writeln!(out, "**Accepted changes:** {n} of the file to fix.\n");
            for stale in &self.context.stale {
                let _ = writeln!(out, "- {}", plain(&stale.to_string()));
            }
            out.push('\n');
        }
    }

    fn footer(&self, out: &mut String) {
        let side = |label: &str, commit: Option<&String>| match commit {
            Some(commit) if !commit.starts_with(label) => {
                let short = commit.get(..10).unwrap_or(commit);
                format!("{} ({})", code(label, false), code(short, false))
            }
            _ => code(label, false),
        };
        let _ = write!(
            out,
            "---\n<sub>{} → {} · profile {} · {}",
            side(&self.report.base, self.context.base.commit.as_ref()),
            side(&self.report.head, self.context.head.commit.as_ref()),
            self.report.profile.word(),
            count(self.context.rules, "rule"),
        );
        if !self.context.command.is_empty() {
            let _ = write!(out, " · again: {}", code(&self.context.command, false));
        }
        out.push_str("</sub>\n");
        if !self.context.marker.is_empty() {
            let _ = writeln!(out, "\n{}", self.context.marker);
        }
    }

    /// Where a finding is: a link when the revision can be looked at, its file and line otherwise.
    fn line(&self, finding: &Judged) -> String {
        let (place, revision) = match (&finding.new, &finding.old) {
            (Some(new), _) => (new, &self.context.head),
            (None, Some(old)) => (old, &self.context.base),
            (None, None) => return String::new(),
        };
        let file = super::words::file_name(&place.file);
        let label = code(&format!("{file}:{}", place.line), true);
        match &revision.link {
            Some(link) => format!(
                "[{label}]({link}/{}#L{})",
                utf8_percent_encode(&place.file, PATH),
                place.line
            ),
            None => label,
        }
    }
}

/// What a path inside an address may have as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_');

/// A collapsed part.
fn collapsed(title: &str, body: &str, out: &mut String) {
    let _ = writeln!(
        out,
        "<details><summary>{title}</summary>\n\n{}\n\n</details>\n",
        body.trim_end()
    );
}
