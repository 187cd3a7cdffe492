//! The report for a browser: one page that needs nothing but itself.
//!
//! Everything is in the page without the script; the script only hides what a filter excludes.

mod fact;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use self::fact::{escape, fact, signature};
use super::class::Class;
use super::context::Context;
use super::summary::{Summary, version_line};
use super::words::{capital, failures, one_line};
use crate::consumer::ItemChange;
use crate::consumer::Level;
use crate::report::Judged;
use crate::report::Report;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Nothing is fetched, whatever a schema says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      img-src data:; base-uri 'none'; form-action 'none'";

/// The whole page.
pub fn html(report: &Report, context: &Context) -> String {
    let summary = Summary::of(report);
    let mut out = String::new();
    let title = format!("Schema diff: {} → {}", report.base, report.head);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        escape(&one_line(&title))
    );
    head(report, context, &summary, &mut out);
    out.push_str("<main>\n");
    if !report.findings.is_empty() {
        filters(report, &mut out);
    }
    for class in Class::ALL {
        part(class, report, context, &mut out);
    }
    signatures(report, &mut out);
    let _ = write!(
        out,
        "</main>\n<footer class=\"soft small\">Profile {} · again: <code>{}</code></footer>\n",
        report.profile.word(),
        escape(&context.command),
    );
    if !report.findings.is_empty() {
        let _ = write!(out, "<script>\n{SCRIPT}</script>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn head(report: &Report, context: &Context, summary: &Summary, out: &mut String) {
    let _ = write!(
        out,
        "<header>\n<h1>Schema diff</h1>\n<p class=\"soft value\"><code>{}</code> → <code>{}</code></p>\n",
        escape(&report.base),
        escape(&report.head)
    );
    if summary.is_empty(report) {
        out.push_str("<p><b>Nothing changed.</b></p>\n");
    } else {
        let mood = |bad: bool| if bad { "bad" } else { "fine" };
        let version = context.versions.as_ref();
        let code = format!("{} code", report.labels.language);
        let tiles = [
            (
                mood(summary.breaking > 0),
                summary.breaking.to_string(),
                "breaking on the wire",
            ),
            (
                if summary.undecided > 0 {
                    "doubt"
                } else {
                    "fine"
                },
                summary.undecided.to_string(),
                "undecided",
            ),
            (
                mood(summary.decode > 0),
                summary.decode.to_string(),
                "decode risks",
            ),
            (
                mood(summary.level == Level::Major),
                summary.level.word().to_uppercase(),
                &code,
            ),
            (
                mood(version.is_some_and(|it| !it.enough)),
                version.map_or_else(|| "none".to_owned(), |it| it.needed.clone()),
                "version needed",
            ),
        ];
        out.push_str("<ul class=\"tiles\">\n");
        for (mood, value, what) in tiles {
            if what == "version needed" && version.is_none() {
                continue;
            }
            let _ = writeln!(
                out,
                "<li class=\"{mood}\"><b>{}</b>{what}</li>",
                escape(&value)
            );
        }
        let _ = write!(out, "</ul>\n<p>{}</p>\n", escape(&summary.line()));
        if let Some(line) = version_line(report, context) {
            let _ = writeln!(out, "<p>Version: {}</p>", escape(&line));
        }
    }
    for failure in failures(report) {
        let failure = escape(&failure);
        let _ = writeln!(
            out,
            "<p class=\"value\">{} is judged by rule: {failure}</p>",
            report.labels.language
        );
    }
    for stale in &context.stale {
        let _ = writeln!(
            out,
            "<p class=\"del value\">{}</p>",
            escape(&stale.to_string())
        );
    }
    out.push_str("</header>\n");
}

fn filters(report: &Report, out: &mut String) {
    out.push_str(
        "<form id=\"filters\" aria-label=\"Filters\">\n<div class=\"row\">\n\
         <input type=\"search\" name=\"text\" placeholder=\"Search: a name, a rule, a path\" \
         aria-label=\"Search\">\n",
    );
    let mut select = |name: &str, all: &str, options: Vec<(String, String)>| {
        let _ = write!(
            out,
            "<select name=\"{name}\" aria-label=\"{all}\">\n<option value=\"\">{all}</option>\n"
        );
        for (value, text) in options {
            let (value, text) = (escape(&value), escape(&text));
            let _ = writeln!(out, "<option value=\"{value}\">{text}</option>");
        }
        out.push_str("</select>\n");
    };
    let pairs = |pairs: &[(&str, &str)]| {
        let pairs = pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        pairs.collect::<Vec<_>>()
    };
    select(
        "direction",
        "Both directions",
        pairs(&[
            ("request", "Requests"),
            ("response", "Responses"),
            ("unreachable", "No operation"),
        ]),
    );
    select(
        "who",
        "Whoever is hit",
        pairs(&[
            ("wire", "Callers"),
            ("decode", capital(report.labels.clients).as_str()),
            ("rust", format!("{} code", report.labels.language).as_str()),
        ]),
    );
    let groups: BTreeSet<String> = report.findings.iter().map(|it| it.group.clone()).collect();
    let groups = groups.into_iter().map(|it| (it.clone(), it)).collect();
    select("group", "All resources", groups);
    out.push_str("</div>\n<div class=\"row\">\n");
    for class in Class::ALL {
        let n = report
            .findings
            .iter()
            .filter(|it| Class::of(it) == class)
            .count();
        if n > 0 {
            let _ = writeln!(
                out,
                "<label class=\"chip\"><input type=\"checkbox\" name=\"class\" value=\"{}\" \
                 checked>{} {n}</label>",
                class.word(),
                class.title(),
            );
        }
    }
    out.push_str(
        "<button type=\"reset\">Reset</button>\n\
         <button type=\"button\" id=\"open\" aria-pressed=\"false\">Open all</button>\n\
         <span id=\"shown\" class=\"soft small\" role=\"status\"></span>\n</div>\n</form>\n\
         <p id=\"none\" hidden>No fact fits the filters.</p>\n",
    );
}

fn part(class: Class, report: &Report, context: &Context, out: &mut String) {
    let findings = report.findings.iter();
    let findings: Vec<&Judged> = findings.filter(|it| Class::of(it) == class).collect();
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<section class=\"part\" id=\"{}\">\n<h2>{} ({})</h2>",
        class.word(),
        class.title(),
        findings.len()
    );
    for finding in findings {
        fact(class, finding, report, context, out);
    }
    out.push_str("</section>\n");
}

fn signatures(report: &Report, out: &mut String) {
    let Some(code) = &report.code else {
        return;
    };
    let language = report.labels.language;
    for (title, changes) in [
        (format!("{language} API"), &code.changes),
        (
            format!("Unexplained {language} changes, a defect of this tool"),
            &code.unexplained,
        ),
    ] {
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "<section id=\"rust\">\n<h2>{title} ({})</h2>",
            changes.len()
        );
        let mut sorted: Vec<&ItemChange> = changes.iter().collect();
        sorted.sort_by_key(|it| (std::cmp::Reverse(it.level), it.item.as_str()));
        for change in sorted {
            signature(change, out);
        }
        out.push_str("</section>\n");
    }
}
