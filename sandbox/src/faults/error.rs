//! Rules that can't be meant as they were written.

use std::fmt;

/// Why a list of fault rules isn't taken. The rules in force stay as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultsError {
    rule: usize,
    problem: String,
}

impl FaultsError {
    pub(super) fn new(index: usize, problem: String) -> Self {
        Self {
            rule: index + 1,
            problem,
        }
    }
}

impl fmt::Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fault rule {}: {}", self.rule, self.problem)
    }
}

impl std::error::Error for FaultsError {}
