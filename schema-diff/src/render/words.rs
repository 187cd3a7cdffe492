//! Phrases that several reports share.

use std::collections::BTreeSet;

use crate::consumer::{Decode, Labels, Level};
use crate::finding::{Direction, Place, Wire};
use crate::report::Judged;
use crate::report::Report;
use api_schema_text::Diagnostic;

/// Who notices: callers, published clients, code that uses a client.
pub(super) fn hit(finding: &Judged, labels: Labels) -> Vec<String> {
    let mut who = Vec::new();
    match finding.wire {
        Wire::Breaking => who.push("callers".to_owned()),
        Wire::Undecided => who.push("callers, perhaps".to_owned()),
        Wire::Compatible | Wire::Silent => {}
    }
    if finding.impact.decode == Decode::Breaks {
        who.push(labels.clients.to_owned());
    }
    match finding.impact.level {
        Level::Major => who.push(format!("{} code", labels.language)),
        Level::Minor | Level::None => {}
    }
    who
}

/// The sides that no code can be generated from, and the first reason of each.
pub(super) fn failures(report: &Report) -> Vec<String> {
    let failures = report.code.iter().flat_map(|code| &code.failures);
    let reason = |complaints: &[Diagnostic]| match complaints {
        [] => String::new(),
        [only] => format!(": {only}"),
        [first, others @ ..] => format!(": {first} (and {} more)", others.len()),
    };
    failures
        .map(|it| format!("{} can't be generated{}", it.side, reason(&it.complaints)))
        .collect()
}

/// The message after the subject, when that is what it starts with: nobody has to read it twice.
pub(super) fn predicate(finding: &Judged) -> Option<&str> {
    let after = finding.message.strip_prefix('`')?;
    let after = after.strip_prefix(finding.subject.owner.as_str())?;
    let after = after.strip_prefix(finding.subject.part.as_str())?;
    after.strip_prefix("` ")
}

/// Where the value travels.
pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "request",
        Direction::Response => "response",
        Direction::Both => "request and response",
        Direction::Unreachable => "no operation",
    }
}

/// The operations a finding reaches, each once, in their order.
pub(super) fn operations(finding: &Judged) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let operations = finding.reach.iter().map(|reach| reach.operation.as_str());
    operations.filter(|name| seen.insert(*name)).collect()
}

/// The first three operations and how many more there are, each name written by `name`.
pub(super) fn some_operations(finding: &Judged, name: impl Fn(&str) -> String) -> String {
    let all = operations(finding);
    let mut shown: Vec<String> = all.iter().take(3).map(|it| name(it)).collect();
    if all.len() > 3 {
        shown.push(format!("+{} more", all.len() - 3));
    }
    shown.join(", ")
}

/// The place a reader is sent to: the new one, or the old one of what is gone.
pub(super) fn place(finding: &Judged) -> Option<&Place> {
    finding.new.as_ref().or(finding.old.as_ref())
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What a witness shows.
pub(super) fn witness(finding: &Judged) -> Option<(String, &'static str)> {
    let witness = finding.witness.as_ref()?;
    let story = match (witness.old_accepts, witness.new_accepts, witness.verified) {
        (true, false, true) => "valid before, not after (checked by a validator)",
        (true, false, false) => "valid before, not after (by rule)",
        (false, true, true) => "not valid before, valid after (checked by a validator)",
        (false, true, false) => "not valid before, valid after (by rule)",
        (_, _, true) => "the same on both sides (checked by a validator)",
        (_, _, false) => "the same on both sides (by rule)",
    };
    Some((witness.value.to_string(), story))
}

/// The text as it starts a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + rest.as_str()
}

/// A text cut to `limit` characters, with a mark where something is missing.
pub(super) fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(limit.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// The text on one line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    // What turns the direction of writing makes a line read other than it is.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let words = text.split(|c: char| c.is_whitespace() || c.is_control() || turns(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{cut, one_line};

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut("Größe", 5), "Größe");
        assert_eq!(cut("Größen", 5), "Größ…");
        assert_eq!(one_line("a\n\tb\u{1b}[31m  c"), "a b [31m c");
    }
}
