//! Why the command ends without a report, or ends with another code than 0.

use std::fmt;

use api_schema_text::Diagnostic;

/// Findings reach the threshold.
pub(crate) const REACHED: u8 = 1;
/// The command was called in a way that makes no sense.
pub(crate) const USAGE: u8 = 2;
/// Something could not be read or compared.
pub(crate) const FAILED: u8 = 3;
/// The declared version is too small for what changed.
pub(crate) const VERSION: u8 = 4;

/// Most complaints that are printed.
const MOST: usize = 20;

/// A message for people and the code that the process ends with.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

impl Failure {
    /// The call makes no sense.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            code: USAGE,
            message: message.into(),
        }
    }

    /// Something could not be read or compared.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self {
            code: FAILED,
            message: message.into(),
        }
    }

    /// What keeps the documents of a side from being compared.
    pub(crate) fn complaints(side: &str, complaints: &[Diagnostic]) -> Self {
        let mut lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        lines.dedup();
        if lines.len() > MOST {
            let left = lines.len() - MOST;
            lines.truncate(MOST);
            lines.push(format!("and {left} more"));
        }
        lines.push(format!("{side} can't be compared; fix what is said above"));
        Self::failed(lines.join("\n"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
