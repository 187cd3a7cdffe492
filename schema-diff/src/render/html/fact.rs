//! One fact of the page, and the signatures that it changes.

use std::fmt::Write as _;

use crate::accepted;
use crate::consumer::ItemChange;
use crate::consumer::{Decode, Level};
use crate::finding::{Place, Wire};
use crate::render::class::Class;
use crate::render::context::Context;
use crate::render::excerpt::excerpt;
use crate::render::words::{direction, hit, one_line, operations, predicate, witness};
use crate::report::Judged;
use crate::report::Report;

/// What a reader unfolds.
pub(super) fn fact(
    class: Class,
    finding: &Judged,
    report: &Report,
    context: &Context,
    out: &mut String,
) {
    let mood = match class {
        Class::Breaking => " bad",
        Class::Undecided => " doubt",
        _ => "",
    };
    let word = match (class, finding.wire) {
        (Class::Breaking, Wire::Breaking) => "breaking",
        (Class::Breaking, _) => "decode risk",
        _ => class.word(),
    };
    let mut who = Vec::new();
    if finding.wire == Wire::Breaking {
        who.push("wire");
    }
    if finding.impact.decode == Decode::Breaks {
        who.push("decode");
    }
    if finding.impact.level == Level::Major {
        who.push("rust");
    }
    let _ = write!(
        out,
        "<details class=\"fact{mood}\" id=\"f-{}\" data-class=\"{}\" data-direction=\"{}\" \
         data-group=\"{}\" data-who=\"{}\">\n<summary><span class=\"word\">{}</span> \
         <code>{}</code> {}</summary>\n<div>\n<dl>\n",
        escape(&finding.fingerprint),
        class.word(),
        finding.direction.word(),
        escape(&finding.group),
        who.join(" "),
        word,
        escape(&one_line(&finding.subject.to_string())),
        sentence(predicate(finding).unwrap_or(&finding.message)),
    );
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "<dt>{name}</dt><dd>{value}</dd>");
        }
    };
    row("Rule", &format!("<code>{}</code>", escape(finding.rule.id)));
    row("Travels in", direction(finding.direction));
    row("Who is hit", &hit(finding, report.labels).join(", "));
    row("Why", &sentence(&finding.reason));
    row(
        "Before",
        &place(finding.old.as_ref(), context.base.link.as_deref()),
    );
    row(
        "After",
        &place(finding.new.as_ref(), context.head.link.as_deref()),
    );
    if let Some((value, story)) = witness(finding) {
        row(
            "Witness",
            &format!("<code>{}</code><br>{story}", escape(&value)),
        );
    }
    row(
        "Compatible by",
        &sentence(finding.rule.compatible_by.unwrap_or_default()),
    );
    let reach = operations(finding);
    let names = reach
        .iter()
        .map(|it| format!("<code>{}</code>", escape(it)));
    let names: Vec<String> = names.collect();
    row(&format!("Operations ({})", reach.len()), &names.join(", "));
    match &finding.accepted {
        Some(accepted) => {
            let by = format!("{} ({})", accepted.reason, accepted.by);
            row(&escape(&accepted.kind), &escape(&by));
        }
        None => row(
            "Fingerprint",
            &format!("<code>{}</code>", escape(&finding.fingerprint)),
        ),
    }
    out.push_str("</dl>\n");
    let lines = excerpt(finding, context);
    lines_block(&lines, out);
    if class == Class::Breaking {
        let until = context.versions.as_ref().map(|it| it.needed.clone());
        let entry = accepted::entry(finding, "why it is right", "your name", until.as_deref());
        let _ = write!(
            out,
            "<p class=\"soft small\">To accept it, in <code>{}</code>:</p>\n<pre>{}</pre>\n",
            escape(&context.accepted.path),
            escape(&entry)
        );
    }
    if let Some(code) = &report.code {
        let caused = |change: &&ItemChange| change.explained_by.contains(&finding.fingerprint);
        for change in code.changes.iter().filter(caused) {
            signature(change, out);
        }
    }
    out.push_str("</div>\n</details>\n");
}

/// One item before and after, under its path.
pub(super) fn signature(change: &ItemChange, out: &mut String) {
    let _ = writeln!(
        out,
        "<p class=\"small value\"><span class=\"word\">{}</span> <code>{}</code> {}</p>",
        change.level.word(),
        escape(&change.item),
        escape(change.note)
    );
    let mut lines = Vec::new();
    for (sign, text) in [("-", &change.before), ("+", &change.after)] {
        let text = text.iter().flat_map(|text| text.lines());
        lines.extend(text.map(|line| format!("{sign} {line}")));
    }
    lines_block(&lines, out);
}

fn lines_block(lines: &[String], out: &mut String) {
    if lines.is_empty() {
        return;
    }
    out.push_str("<pre>");
    for line in lines {
        let line_class = match line.chars().next() {
            Some('-') => "del",
            Some('+') => "add",
            _ => "soft",
        };
        let _ = writeln!(out, "<span class=\"{line_class}\">{}</span>", escape(line));
    }
    out.push_str("</pre>\n");
}

fn place(place: Option<&Place>, link: Option<&str>) -> String {
    let Some(place) = place else {
        return String::new();
    };
    let at = format!("{}:{}", place.file, place.line);
    let at = match link {
        Some(link) => format!(
            "<a href=\"{}/{}#L{}\" rel=\"noreferrer\">{}</a>",
            escape(link),
            escape(&place.file),
            place.line,
            escape(&at)
        ),
        None => escape(&at),
    };
    format!(
        "{at} <code class=\"soft\">{}</code>",
        escape(&place.pointer)
    )
}

/// A sentence whose names between backticks are code.
fn sentence(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape(text);
    }
    let part = |(at, part): (usize, &&str)| match (at % 2, part.is_empty()) {
        (1, false) => format!("<code>{}</code>", escape(part)),
        _ => escape(part),
    };
    parts.iter().enumerate().map(part).collect()
}

pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
