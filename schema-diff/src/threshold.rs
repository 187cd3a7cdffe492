//! From which severity on a comparison fails.

use super::consumer::{Decode, Level};
use super::finding::Wire;
use super::report::Judged;
use super::report::Report;

/// What makes a comparison fail. The verdicts are nested: each of the first three includes those
/// before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Callers over HTTP break.
    #[default]
    Wire,
    /// Callers or published clients break.
    Decode,
    /// Callers, published clients or code that uses the generated code break.
    SourceMajor,
    /// Callers break, or it can't be decided whether they do.
    Undecided,
    /// Anything differs at all, documentation included.
    Any,
    /// Nothing does.
    Never,
}

impl FailOn {
    /// The name on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Decode => "decode",
            Self::SourceMajor => "rust-major",
            Self::Undecided => "undecided",
            Self::Any => "any",
            Self::Never => "never",
        }
    }

    /// Whether a finding counts. What a maintainer has accepted doesn't; a correction of the
    /// description still counts for the code that it changes.
    ///
    /// Generated code is judged here by the finding alone, see [`reached`].
    pub fn counts(self, finding: &Judged) -> bool {
        let correction = match &finding.accepted {
            Some(accepted) if accepted.kind != super::accepted::CORRECTION => return false,
            accepted => accepted.is_some(),
        };
        let wire = finding.wire == Wire::Breaking && !correction;
        let decode = finding.impact.decode == Decode::Breaks && !correction;
        match self {
            Self::Wire => wire,
            Self::Decode => wire || decode,
            Self::SourceMajor => wire || decode || finding.impact.level == Level::Major,
            Self::Undecided => wire || (finding.wire == Wire::Undecided && !correction),
            Self::Any => !correction,
            Self::Never => false,
        }
    }
}

/// How many findings, and generated items that no finding accounts for, reach the threshold.
pub fn reached(report: &Report, fail_on: FailOn) -> usize {
    let findings = report.findings.iter();
    let findings = findings.filter(|finding| fail_on.counts(finding)).count();
    let items = match (fail_on, &report.code) {
        (FailOn::SourceMajor, Some(code)) => {
            let changes = code.unexplained.iter();
            changes.filter(|it| it.level == Level::Major).count()
        }
        (FailOn::Any, Some(code)) => code.unexplained.len(),
        _ => 0,
    };
    findings + items
}
