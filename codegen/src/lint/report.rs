//! What a rule is, and where it puts its findings.

use super::index::Index;
use crate::load::{Document, Pos};
use api_schema_text::Diagnostic;

/// A rule and what it is for.
///
/// ```
/// let rule = revio_codegen::lint::RULES.iter().find(|rule| rule.id == "money-needs-decimal").unwrap();
/// assert!(rule.pitfall.contains("loses cents"));
/// ```
pub struct Rule {
    /// What messages and documentation call the rule.
    pub id: &'static str,
    /// What the schema must look like, in one sentence.
    pub summary: &'static str,
    /// What goes wrong in the generator, or for callers, when the rule is broken.
    pub pitfall: &'static str,
    pub(super) check: fn(&Index<'_>, &mut Report<'_>),
}

/// Collects what one rule finds.
pub(super) struct Report<'d> {
    document: &'d Document,
    rule: &'static str,
    diagnostics: Vec<Diagnostic>,
}

impl<'d> Report<'d> {
    pub(super) fn new(document: &'d Document, rule: &'static str) -> Self {
        Self {
            document,
            rule,
            diagnostics: Vec::new(),
        }
    }

    /// Adds a finding: what is wrong at `pos`, and how to mend it.
    pub(super) fn at(&mut self, pos: Pos, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = self.document.diagnostic_at(pos, self.rule, message, help);
        self.diagnostics.push(diagnostic);
    }

    /// `file:line` of another place that a message mentions.
    pub(super) fn place(&self, pos: Pos) -> String {
        format!("{}:{}", self.document.file(pos), pos.line)
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
