//! Phrases that several reports share.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::diff::finding::{Decode, Direction, Finding, Place, Rust, Wire};
use crate::diff::report::{Bump, Report};

/// Who notices: callers, published crates, Rust code.
pub(super) fn hit(finding: &Finding) -> Vec<&'static str> {
    let mut who = Vec::new();
    match finding.wire {
        Wire::Breaking => who.push("callers"),
        Wire::Undecided => who.push("callers, perhaps"),
        Wire::Compatible | Wire::Silent => {}
    }
    if finding.decode == Decode::Breaks {
        who.push("published crates");
    }
    match finding.rust {
        Rust::Major => who.push("Rust code"),
        Rust::Minor | Rust::None => {}
    }
    who
}

/// The word for a bump.
pub(super) fn bump(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

/// The sides that no code can be generated from, and the first reason of each.
pub(super) fn failures(report: &Report) -> Vec<String> {
    let failures = report.rust.iter().flat_map(|rust| &rust.failures);
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
pub(super) fn predicate(finding: &Finding) -> Option<&str> {
    let after = finding.message.strip_prefix('`')?;
    let after = after.strip_prefix(finding.subject.as_str())?;
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
pub(super) fn operations(finding: &Finding) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let operations = finding.reach.iter().map(|reach| reach.operation.as_str());
    operations.filter(|name| seen.insert(*name)).collect()
}

/// The first three operations and how many more there are, each name written by `name`.
pub(super) fn some_operations(finding: &Finding, name: impl Fn(&str) -> String) -> String {
    let all = operations(finding);
    let mut shown: Vec<String> = all.iter().take(3).map(|it| name(it)).collect();
    if all.len() > 3 {
        shown.push(format!("+{} more", all.len() - 3));
    }
    shown.join(", ")
}

/// The place a reader is sent to: the new one, or the old one of what is gone.
pub(super) fn place(finding: &Finding) -> Option<&Place> {
    finding.new.as_ref().or(finding.old.as_ref())
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The group a finding belongs to: the resource whose file defines it, else what the paths of its
/// operations start with.
pub(in crate::diff) fn group(finding: &Finding) -> String {
    if let Some(place) = place(finding) {
        if let Some((_, file)) = place.file.split_once("/resources/") {
            return file.split('.').next().unwrap_or(file).to_owned();
        }
        if place.document.starts_with("legacy/") {
            return place.document.clone();
        }
    }
    let segments: BTreeSet<&str> = finding
        .reach
        .iter()
        .filter_map(|reach| reach.path.split('/').find(|segment| !segment.is_empty()))
        .collect();
    match (segments.len(), segments.first()) {
        (1, Some(only)) => (*only).to_owned(),
        (0, _) => "not reached".to_owned(),
        _ => "shared".to_owned(),
    }
}

/// What a witness shows.
pub(super) fn witness(finding: &Finding) -> Option<(String, &'static str)> {
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
