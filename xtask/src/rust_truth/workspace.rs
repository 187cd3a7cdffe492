//! A workspace of its own below the target folder: the crate with generated files of an edited schema,
//! and the program that uses it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::Compiled;
use crate::files;

/// The program, as it stands in the project.
const PROGRAM: &str = "codegen/tests/rust_truth/caller.rs";

const MANIFEST: &str = "\
[package]
name = \"caller\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[dependencies]
revio-api = { path = \"../revio-api\", default-features = false }
";

/// The workspace on disk.
pub(super) struct Workspace {
    /// The target folder.
    base: PathBuf,
    /// The workspace's own folder in it.
    folder: PathBuf,
}

impl Workspace {
    /// Copies what doesn't change from edit to edit. Each worker has a workspace of its own.
    pub(super) fn make(root: &Path, worker: usize) -> Result<Self, String> {
        let base = env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
        let folder = Path::new("rust-truth").join(worker.to_string());
        let read = |path: &str| {
            fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))
        };
        let manifest = read("Cargo.toml")?;
        // Of the project's own packages only the crate is there.
        let manifest: Vec<&str> = manifest
            .lines()
            .filter(|line| !line.starts_with("default-members = "))
            .filter(|line| line.starts_with("revio-api ") || !line.contains("{ path = "))
            .map(|line| {
                if line.starts_with("members = ") {
                    "members = [\"revio-api\", \"caller\"]"
                } else {
                    line
                }
            })
            .collect();
        // The crate's own tests and benches need more than it does.
        let package = read("revio-api/Cargo.toml")?;
        let package = package
            .split("[dev-dependencies]")
            .next()
            .unwrap_or_default()
            .to_owned();
        let package = format!("{package}\n[lints]\nworkspace = true\n");
        let workspace = Self { base, folder };
        for (path, text) in [
            ("Cargo.toml", manifest.join("\n")),
            ("Cargo.lock", read("Cargo.lock")?),
            ("revio-api/Cargo.toml", package),
            ("revio-api/README.md", read("revio-api/README.md")?),
            ("caller/Cargo.toml", MANIFEST.to_owned()),
            ("caller/src/lib.rs", read(PROGRAM)?),
        ] {
            workspace.write(path, &text)?;
        }
        for entry in files::list(root, Path::new("revio-api/src"))? {
            let path = entry.name();
            if entry.kind.is_file() && !path.contains("/generated/") {
                workspace.write(&path, &read(&path)?)?;
            }
        }
        Ok(workspace)
    }

    /// Puts these generated files into the crate, and asks the compiler.
    pub(super) fn check(
        &self,
        texts: &BTreeMap<String, String>,
    ) -> Result<(Compiled, String), String> {
        let folder = self.base.join(&self.folder);
        for entry in files::list(&self.base, &self.folder.join("revio-api/src/generated"))? {
            let path = entry.path.strip_prefix(&self.folder).unwrap_or(&entry.path);
            let is_wanted = path.to_str().is_some_and(|path| texts.contains_key(path));
            if !(entry.kind.is_dir() || is_wanted && entry.kind.is_file()) {
                files::remove(&self.base, &entry)?;
            }
        }
        for (path, text) in texts {
            self.write(path, text)?;
        }
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args([
                "check",
                "--offline",
                "--quiet",
                "--package",
                "caller",
                "--message-format",
                "short",
            ])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            // Most of the crate stays the same from edit to edit.
            .env("CARGO_INCREMENTAL", "1")
            .env("RUSTFLAGS", "--cap-lints warn")
            .output()
            .map_err(|error| format!("cargo could not be started: {error}"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        let errors: Vec<&str> = said.lines().filter(|line| line.contains("error")).collect();
        let compiled = if output.status.success() {
            Compiled::Yes
        } else if errors.iter().any(|line| line.contains("`caller`")) {
            Compiled::No
        } else if errors.iter().any(|line| line.contains("`revio-api`")) {
            Compiled::NotEvenTheCrate
        } else {
            return Err(format!("cargo failed:\n{said}"));
        };
        Ok((compiled, errors.join("\n")))
    }

    /// Writes a file unless it has that content, so that cargo sees what changed.
    fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(path);
        match files::read(&self.base, &path)? {
            Some(there) if there == text.as_bytes() => Ok(()),
            _ => files::write(&self.base, &path, text.as_bytes()),
        }
    }
}
