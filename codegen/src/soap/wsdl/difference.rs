//! What a comparison brings to light, and how it is said.

use std::fmt;

/// The outcome of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Where the description and the tables differ, in the order of the tables.
    pub differences: Vec<Difference>,
    /// What is worth knowing although it needs no change.
    pub remarks: Vec<String>,
    /// Operations that were compared.
    pub operations: usize,
    /// Elements that were compared.
    pub elements: usize,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Difference {
    /// A setting of the client settles it.
    Setting {
        /// The line for the client's builder: `.namespace("urn:other")`.
        line: String,
        /// Why.
        reason: String,
    },
    /// No setting does.
    NoSetting {
        /// What differs, and what can be done about it.
        problem: String,
    },
}

impl Report {
    /// Whether description and tables say the same.
    pub fn matches(&self) -> bool {
        self.differences.is_empty()
    }

    pub(super) fn setting(&mut self, line: String, reason: impl Into<String>) {
        let reason = reason.into();
        self.add(Difference::Setting { line, reason });
    }

    pub(super) fn problem(&mut self, problem: impl Into<String>) {
        let problem = problem.into();
        self.add(Difference::NoSetting { problem });
    }

    pub(super) fn remark(&mut self, remark: String) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    fn add(&mut self, difference: Difference) {
        if !self.differences.contains(&difference) {
            self.differences.push(difference);
        }
    }
}

/// As lines that can be pasted behind `LegacyClient::builder(credentials)`; what is no setting is a comment.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            match difference {
                Difference::Setting { line, reason } => writeln!(f, "{line} // {reason}")?,
                Difference::NoSetting { problem } => writeln!(f, "// no setting: {problem}")?,
            }
        }
        for remark in &self.remarks {
            writeln!(f, "// remark: {remark}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn said_once_and_as_lines() {
        let mut report = Report::default();
        assert!(report.matches());
        for _ in 0..2 {
            report.setting(".namespace(\"x\")".to_owned(), "why");
            report.problem("what");
            report.remark("by the way".to_owned());
        }
        assert!(!report.matches());
        assert_eq!(
            report.to_string(),
            ".namespace(\"x\") // why\n// no setting: what\n// remark: by the way\n"
        );
    }
}
