//! Why a file can't be used.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A file that the sandbox can't use, and why. Nothing in it was changed.
#[derive(Debug)]
pub struct DataError {
    path: PathBuf,
    problem: Problem,
}

/// What is wrong.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The system refuses.
    System(io::Error),
    /// It was written by something else.
    Foreign,
    /// It was written by a later version.
    Newer(u64),
    /// A line isn't what was written.
    Damaged { line: usize, reason: &'static str },
    /// A line is about something that the schema doesn't have.
    Schema { line: usize, what: String },
    /// Another sandbox uses it.
    InUse,
    /// The sandbox was told to have other data than the file is about.
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

impl std::error::Error for DataError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::System(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System(error) => error.fmt(f),
            Self::Foreign => f.write_str(
                "this is no file of a sandbox, so it was left alone; name another file, or one that doesn't exist yet",
            ),
            Self::Newer(version) => write!(
                f,
                "the file has version {version} and this program reads version {}; use a newer program",
                super::image::VERSION
            ),
            Self::Damaged { line, reason } => write!(
                f,
                "line {line} is damaged: {reason}; the file was left alone, and what stands before that line is intact"
            ),
            Self::Schema { line, what } => write!(
                f,
                "line {line} has {what}, which the schema doesn't have; use the schema that the file was written with"
            ),
            Self::InUse => {
                f.write_str("another sandbox uses this file; stop it, or name another file")
            }
            Self::Different { asked, found } => write!(
                f,
                "the file is about {found}, not about {asked}; leave that out, or name another file"
            ),
        }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}
