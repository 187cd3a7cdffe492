//! `cargo xtask demo`: builds and runs the demo of the test crate.
//!
//! A process of its own, so that generating doesn't have to compile an HTTP client and a server.

use std::env;
use std::process::Command;

pub(crate) fn run() -> Result<(), String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--package", "revio-tests", "--bin", "demo"])
        .current_dir(crate::schema::root())
        .status()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("the demo failed; what went wrong is said above".to_owned())
    }
}
