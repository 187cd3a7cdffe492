//! Runs a program to its end and says what it took.

use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use wait4::Wait4;

/// How a run ended.
pub(super) struct Run {
    /// The exit code; None when a signal ended it.
    pub(super) code: Option<i32>,
    pub(super) stdout: String,
    /// Processor time in user mode, of all threads.
    pub(super) user: Duration,
    /// Most memory it had, in bytes.
    pub(super) peak: u64,
}

/// Runs a program in a folder. What it prints goes through a file, which a full pipe can't hold up.
pub(super) fn run(program: &Path, arguments: &[&str], folder: &Path) -> Result<Run, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", program.display());
    let mut file = tempfile::tempfile().map_err(failed)?;
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(file.try_clone().map_err(failed)?)
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let end = child.wait4().map_err(failed)?;
    let mut stdout = Vec::new();
    file.rewind().map_err(failed)?;
    file.read_to_end(&mut stdout).map_err(failed)?;
    Ok(Run {
        code: end.status.code(),
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        user: end.rusage.utime,
        peak: end.rusage.maxrss,
    })
}
