//! Workflow commands: annotations on the lines that break something.

use std::fmt::Write as _;

use super::class::Class;
use super::context::Context;
use super::summary::Summary;
use super::words::{cut, one_line, operations, place};
use crate::report::Judged;
use crate::report::Report;

/// Most annotations of one kind; the service shows no more of one step.
const MOST: usize = 10;

/// One `::error` for each fact that breaks callers or published clients, one `::warning` for each that
/// can't be decided, at most ten of either, and a notice with the verdict.
pub fn github(report: &Report, context: &Context) -> String {
    let mut out = String::new();
    let class = |class: Class| -> Vec<&Judged> {
        let findings = report.findings.iter();
        findings.filter(|it| Class::of(it) == class).collect()
    };
    let breaking = class(Class::Breaking);
    let undecided = class(Class::Undecided);
    for (command, findings) in [("error", &breaking), ("warning", &undecided)] {
        for finding in findings.iter().take(MOST) {
            annotation(command, finding, &mut out);
        }
    }
    for stale in context.stale.iter().take(MOST) {
        let _ = writeln!(
            out,
            "::error file={},line={},title={}::{}",
            property(&stale.file),
            stale.line,
            property("accepted-changes"),
            data(&format!("{}; {}", stale.message, stale.help)),
        );
    }
    let left = breaking.len().saturating_sub(MOST) + undecided.len().saturating_sub(MOST);
    let line = Summary::of(report).line();
    let more = match left {
        0 => line,
        left => format!("{line}; {left} more are in the job summary"),
    };
    let _ = writeln!(out, "::notice title=Schema diff::{}", data(&more));
    out
}

fn annotation(command: &str, finding: &Judged, out: &mut String) {
    let place = place(finding);
    let at = place.map_or_else(String::new, |place| {
        format!("file={},line={},", property(&place.file), place.line)
    });
    let reach = match operations(finding).len() {
        0 => String::new(),
        1 => ", 1 operation".to_owned(),
        n => format!(", {n} operations"),
    };
    let message = format!(
        "{} [{}{reach}]",
        cut(&one_line(&finding.message.replace('`', "")), 300),
        one_line(&finding.subject.to_string())
    );
    let _ = writeln!(
        out,
        "::{command} {at}title={}::{}",
        property(finding.rule.id),
        data(&message)
    );
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a command: it also ends at a colon and at a comma.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn commands_cannot_be_left() {
        assert_eq!(data("100%\n::error::x"), "100%25%0A::error::x");
        assert_eq!(property("a,line=1::b"), "a%2Cline=1%3A%3Ab");
    }
}
