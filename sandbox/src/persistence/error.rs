//! Why a file can't be used.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file that the sandbox can't use, and why. The file was not changed.
#[derive(Debug)]
pub struct DataError {
    path: PathBuf,
    problem: Problem,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// The operating system refuses access.
    #[error(transparent)]
    System(#[from] io::Error),
    /// The file was written by another program.
    #[error(
        "this is no file of a sandbox, so it was left alone; name another file, or one that doesn't exist yet"
    )]
    Foreign,
    /// The file was written by a later version.
    #[error(
        "the file has version {version} and this program reads version {supported}; use a newer program"
    )]
    Newer { version: u64, supported: u64 },
    /// A line differs from what was written.
    #[error(
        "line {line} is damaged: {reason}; the file was left alone, and everything before that line is intact"
    )]
    Damaged { line: usize, reason: &'static str },
    /// A line names something that the schema doesn't have.
    #[error(
        "line {line} has {what}, which the schema doesn't have; use the schema that the file was written with"
    )]
    Schema { line: usize, what: String },
    /// Another sandbox uses the file.
    #[error("another sandbox uses this file; stop it, or name another file")]
    InUse,
    /// The options ask for other data than the file holds.
    #[error("the file is about {found}, not about {asked}; leave that out, or name another file")]
    Different { asked: String, found: String },
}

impl DataError {
    pub(crate) fn new(path: &Path, problem: Problem) -> Self {
        Self {
            path: path.to_owned(),
            problem,
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.problem)
    }
}

impl Error for DataError {
    // The message holds the problem already; only what the system says lies below it.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::System(error) => Some(error),
            _ => None,
        }
    }
}
