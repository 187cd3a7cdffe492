//! Programs, run as their users run them: arguments and environment in, output and exit status out.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use revio_sandbox::Sandbox;

/// A program that is to be run.
pub struct Program(Command);

/// What a program said.
#[derive(Debug)]
pub struct Said {
    /// The exit status; `None` when it was killed.
    pub status: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Program {
    /// A program in a folder, with a sandbox's account in its environment.
    pub fn new(path: impl AsRef<OsStr>, folder: &Path, sandbox: &Sandbox) -> Self {
        let account = sandbox.credentials();
        let mut command = Command::new(path);
        command
            .current_dir(folder)
            .env("REVIO_BASE_URL", sandbox.base_url())
            .env("REVIO_LEGACY_ENDPOINT", sandbox.soap_url())
            .env("REVIO_USERNAME", account.user())
            .env("REVIO_CLIENT_CODE", account.client())
            .env("REVIO_PASSWORD", account.password())
            .env_remove("REVIO_SUBSCRIPTION_KEY")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self(command)
    }

    /// Makes it call another address than the sandbox's.
    pub fn calling(mut self, base_url: &str) -> Self {
        self.0.env("REVIO_BASE_URL", base_url);
        self
    }

    /// Starts it with these arguments.
    pub fn start(mut self, arguments: &[&str]) -> Running {
        let mut child = self.0.args(arguments).spawn().expect("a process");
        let out = child.stdout.take().expect("a pipe");
        Running {
            child,
            out: BufReader::new(out),
            said: String::new(),
        }
    }

    /// Runs it to its end. The sandbox needs a runtime with another thread meanwhile.
    pub async fn run(self, arguments: &[&str]) -> Said {
        self.start(arguments).finished().await
    }
}

/// A program that runs.
pub struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    said: String,
}

impl Running {
    /// Waits until it has written a line that starts like this to standard output.
    pub async fn says(self, start: &'static str) -> Self {
        let mut running = self;
        let reading = tokio::task::spawn_blocking(move || {
            loop {
                let line = running.said.len();
                let length = running.out.read_line(&mut running.said).expect("text");
                assert_ne!(length, 0, "it ended without {start:?}: {}", running.said);
                if running.said[line..].starts_with(start) {
                    return running;
                }
            }
        });
        reading.await.expect("it said so")
    }

    /// Waits for its end.
    pub async fn finished(mut self) -> Said {
        let ended = tokio::task::spawn_blocking(move || {
            // What these programs write to standard error fits into the pipe meanwhile.
            self.out.read_to_string(&mut self.said).expect("text");
            let mut err = String::new();
            let mut errors = self.child.stderr.take().expect("a pipe");
            errors.read_to_string(&mut err).expect("text");
            Said {
                status: self.child.wait().expect("an end").code(),
                out: self.said,
                err,
            }
        });
        ended.await.expect("an end")
    }

    /// Ends it without leaving it the time for a single step more.
    pub async fn killed(mut self) -> Said {
        self.child.kill().expect("it runs");
        self.finished().await
    }
}

impl Said {
    /// What it wrote to standard output, when it went well.
    pub fn success(self) -> String {
        assert_eq!(self.status, Some(0), "{self:?}");
        self.out
    }
}
