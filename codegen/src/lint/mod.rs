//! Rules that the schema must keep, one a file.

use crate::diagnostic::Diagnostic;
use crate::load::{Document, Pos};

/// A rule and what it is for.
pub struct Rule {
    /// What messages and documentation call the rule.
    pub id: &'static str,
    /// What the schema must look like, in one sentence.
    pub summary: &'static str,
    /// What goes wrong in the generator or for callers when the rule is broken.
    pub pitfall: &'static str,
    check: fn(&Document, &mut Report<'_>),
}

/// All rules, in the order of their ids.
pub const RULES: &[Rule] = &[];

/// Collects what one rule finds.
struct Report<'d> {
    document: &'d Document,
    rule: &'static str,
    diagnostics: Vec<Diagnostic>,
}

impl Report<'_> {
    fn at(&mut self, pos: Pos, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = self.document.diagnostic_at(pos, self.rule, message, help);
        self.diagnostics.push(diagnostic);
    }
}

/// Runs every rule. The messages are sorted by file and line.
pub fn run(document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in RULES {
        let mut report = Report {
            document,
            rule: rule.id,
            diagnostics: Vec::new(),
        };
        (rule.check)(document, &mut report);
        diagnostics.append(&mut report.diagnostics);
    }
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}
