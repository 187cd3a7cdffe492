//! `cargo xtask diff-bench`: this project's diff beside oasdiff, on the same documents.
//!
//! Two tables: what both find in labelled public pairs, and what both cost on large ones. oasdiff and
//! the large documents come from npm. Fails when ours isn't better in a row, unless it can't be.

mod measure;
mod peers;
mod score;
mod speed;

use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use self::peers::Peer;

/// A line of a table, and what keeps it from being good enough.
pub(crate) struct Row {
    cells: Vec<String>,
    worse: Option<String>,
}

pub(crate) fn run(findings: bool, limits: bool) -> Result<(), String> {
    // Speed without optimisation says nothing.
    if cfg!(debug_assertions) && !findings {
        return optimised(limits);
    }
    let root = crate::schema::root();
    let folder = target(&root).join("diff-bench");
    let peer = Peer::install(&folder)?;
    let ours = env::current_exe().map_err(|error| format!("this program has no path: {error}"))?;
    let tools = Tools { ours, peer };
    let mut rows = score::rows(&root, &folder, &tools)?;
    print_table("| set | what | oasdiff | ours |", &rows);
    if !findings {
        let speed = speed::rows(&root, &folder, &tools, limits)?;
        print_table(
            "| documents | tool | user seconds | peak MB | findings |",
            &speed,
        );
        rows.extend(speed);
    }
    let worse: Vec<String> = rows.into_iter().filter_map(|row| row.worse).collect();
    if worse.is_empty() {
        Ok(())
    } else {
        Err(worse.join("\n"))
    }
}

/// What is measured.
struct Tools {
    ours: PathBuf,
    peer: Peer,
}

/// The same command, built for speed.
fn optimised(limits: bool) -> Result<(), String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "run",
            "--release",
            "--quiet",
            "--package",
            "xtask",
            "--bin",
            "xtask-schema",
            "--",
            "diff-bench",
        ])
        .args(limits.then_some("--limits"))
        .current_dir(crate::schema::root())
        .status()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("what is wrong is said above".to_owned())
    }
}

fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

fn print_table(head: &str, rows: &[Row]) {
    let mut out = format!("{head}\n");
    let columns = head.matches('|').count() - 1;
    let _ = writeln!(out, "|{}", " --- |".repeat(columns));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.cells.join(" | "));
    }
    println!("{out}");
}
