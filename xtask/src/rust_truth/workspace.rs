//! A workspace of its own below the target folder: the crate with generated files of an edited schema,
//! and the program that uses it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use super::Compiled;

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
    folder: PathBuf,
}

impl Workspace {
    /// Copies what doesn't change from edit to edit. Each worker has a workspace of its own.
    pub(super) fn make(root: &Path, worker: usize) -> Result<Self, String> {
        let target = env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
        let folder = target.join("rust-truth").join(worker.to_string());
        let read = |path: &str| {
            fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))
        };
        let manifest = read("Cargo.toml")?;
        let members = manifest
            .lines()
            .map(|line| {
                if line.starts_with("members = ") {
                    "members = [\"revio-api\", \"caller\"]"
                } else {
                    line
                }
            })
            // Members of the real workspace that the copy doesn't have.
            .filter(|line| line.starts_with("revio-api ") || !line.contains("{ path = "));
        let manifest: Vec<&str> = members.collect();
        // The crate's own tests and benches need more than it does.
        let package = read("revio-api/Cargo.toml")?;
        let package = package
            .split("[dev-dependencies]")
            .next()
            .unwrap_or_default()
            .to_owned();
        let package = format!("{package}\n[lints]\nworkspace = true\n");
        let workspace = Self { folder };
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
        for path in listed(root, Path::new("revio-api/src"))? {
            if !path.contains("/generated/") {
                workspace.write(&path, &read(&path)?)?;
            }
        }
        Ok(workspace)
    }

    /// Puts these generated files into the crate, and asks the compiler.
    pub(super) fn check(
        &self,
        files: &BTreeMap<String, String>,
    ) -> Result<(Compiled, String), String> {
        let generated = "revio-api/src/generated";
        let there: BTreeSet<String> = if self.folder.join(generated).is_dir() {
            listed(&self.folder, Path::new(generated))?
                .into_iter()
                .collect()
        } else {
            BTreeSet::new()
        };
        for path in there.iter().filter(|path| !files.contains_key(*path)) {
            fs::remove_file(self.folder.join(path)).map_err(|error| format!("{path}: {error}"))?;
        }
        for (path, text) in files {
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
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
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
        let file = self.folder.join(path);
        if fs::read_to_string(&file).is_ok_and(|there| there == text) {
            return Ok(());
        }
        let write = || -> io::Result<()> {
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&file, text)
        };
        write().map_err(|error| format!("{}: {error}", file.display()))
    }
}

/// Every file below `folder`, as paths from `root` with forward slashes.
fn listed(root: &Path, folder: &Path) -> Result<Vec<String>, String> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let fail = |error: io::Error| format!("{}: {error}", folder.display());
        for entry in fs::read_dir(root.join(&folder)).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let path = folder.join(entry.file_name());
            if entry.file_type().map_err(fail)?.is_dir() {
                open.push(path);
            } else {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}
