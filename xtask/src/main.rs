//! `cargo xtask <command>`: the project's own commands.
//!
//! `demo` and `ci` only start programs. All other commands are in the program `xtask-schema`, which is built when one of
//! them is called: a demo compiles no generator.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.parent().unwrap_or(here);
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let mut command = match arguments.first().and_then(|first| first.to_str()) {
        Some("demo") => cargo(root, "revio-demo", "revio-demo"),
        Some("ci") => {
            let mut bash = Command::new("bash");
            bash.arg(root.join(".ci/run"));
            bash
        }
        _ => {
            let mut schema = cargo(root, "xtask", "xtask-schema");
            schema.arg("--").args(arguments);
            schema
        }
    };
    match command.status() {
        // A signal has no code.
        Ok(status) => status
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            let program = command.get_program().display();
            eprintln!("{program} could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Builds a program of the workspace and runs it where the caller is.
fn cargo(root: &Path, package: &str, program: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .arg("run")
        .arg("--manifest-path")
        .arg(root.join("Cargo.toml"))
        .args(["--package", package, "--bin", program]);
    command
}
