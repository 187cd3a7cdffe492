//! What a report needs to know besides the findings.

use std::collections::BTreeMap;

use crate::accepted::AcceptedFile;
use crate::threshold::FailOn;
use crate::version::Verdict;
use api_schema_text::Diagnostic;

/// One of the two revisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Its full commit id, when it is a commit.
    pub commit: Option<String>,
    /// Where its files can be looked at: `https://host/owner/name/blob/<commit>`.
    pub link: Option<String>,
    /// Its files by their names, for excerpts.
    pub texts: BTreeMap<String, Text>,
}

/// A text whose lines can be looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    text: String,
    /// Where each line starts.
    starts: Vec<usize>,
}

impl Text {
    /// Looks for the lines once.
    pub fn new(text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        let starts = starts.filter(|at| *at < text.len()).collect();
        Self { text, starts }
    }

    /// A line, counted from 0, without its end.
    pub(super) fn line(&self, index: usize) -> Option<&str> {
        let start = *self.starts.get(index)?;
        let end = self
            .starts
            .get(index + 1)
            .map_or(self.text.len(), |it| it - 1);
        let line = self.text.get(start..end)?;
        Some(line.trim_end_matches(['\n', '\r']))
    }
}

/// What a report needs to know besides the findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The old side.
    pub base: Revision,
    /// The new side.
    pub head: Revision,
    /// The versions of both, where the code of both was compared.
    pub versions: Option<Verdict>,
    /// How many rules the tool has.
    pub rules: usize,
    /// What makes the comparison fail.
    pub fail_on: FailOn,
    /// Entries of the accepted changes that match nothing.
    pub stale: Vec<Diagnostic>,
    /// How to run it again.
    pub command: String,
    /// Where changes are accepted.
    pub accepted: AcceptedFile,
    /// What a comment is found by when it is edited, such as an HTML comment.
    pub marker: String,
    /// Where the whole report is, for a report that had to be shortened.
    pub full_report: String,
}
