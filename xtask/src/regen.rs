//! `cargo xtask regen`: writes what is made from schema/; `--check` compares instead.
//!
//! Both go the same way up to the last step, so the check cannot pass on something that writing
//! would not produce.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use revio_codegen::generate::{Output, generate};
use revio_codegen::lower::Strictness;

use crate::schema;

/// Folders that hold nothing but generated files.
const OWNED: &[&str] = &["revio-api/src/generated", "tests/src/generated"];

pub(crate) fn run(check: bool) -> Result<(), String> {
    let root = schema::root();
    let input = schema::read(&root)?;
    let output = generate(&input, Strictness::EveryPass)
        .map_err(|complaints| schema::complain(&complaints))?;
    let strangers = strangers(&root, &output)?;
    if check {
        compare(&root, &output, &strangers)
    } else {
        write(&root, &output, &strangers)
    }
}

/// Files in generated folders that generation doesn't produce any more.
fn strangers(root: &Path, output: &Output) -> Result<Vec<String>, String> {
    let wanted: BTreeSet<&str> = output.files.iter().map(|(path, _)| path.as_str()).collect();
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = OWNED.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(format!("{}: {error}", folder.display())),
        };
        for entry in entries {
            let path = entry
                .map_err(|error| format!("{}: {error}", folder.display()))?
                .path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let relative = relative.to_string_lossy().replace('\\', "/");
            if !wanted.contains(relative.as_str()) {
                found.push(relative);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn write(root: &Path, output: &Output, strangers: &[String]) -> Result<(), String> {
    let mut changed = 0;
    for (path, text) in &output.files {
        let target = root.join(path);
        if fs::read(&target).is_ok_and(|old| old == text.as_bytes()) {
            continue;
        }
        let failed = |error: std::io::Error| format!("{path}: {error}");
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(&target, text).map_err(failed)?;
        changed += 1;
    }
    for path in strangers {
        fs::remove_file(root.join(path)).map_err(|error| format!("{path}: {error}"))?;
    }
    println!(
        "{} operations, {} files: {changed} written, {} removed",
        output.operations,
        output.files.len(),
        strangers.len()
    );
    Ok(())
}

fn compare(root: &Path, output: &Output, strangers: &[String]) -> Result<(), String> {
    let mut stale = Vec::new();
    for (path, text) in &output.files {
        match fs::read_to_string(root.join(path)) {
            Ok(old) if old == *text => {}
            Ok(old) => stale.push(format!("{path}:{}: differs", first_difference(&old, text))),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                stale.push(format!("{path}: missing"));
            }
            Err(error) => stale.push(format!("{path}: {error}")),
        }
    }
    stale.extend(
        strangers
            .iter()
            .map(|path| format!("{path}: not generated any more")),
    );
    if stale.is_empty() {
        println!("{} files are what schema/ says", output.files.len());
        return Ok(());
    }
    Err(format!(
        "{}\n{} of {} files are stale; run `cargo xtask regen` and commit the result",
        stale.join("\n"),
        stale.len(),
        output.files.len()
    ))
}

fn first_difference(old: &str, new: &str) -> usize {
    let same = old
        .lines()
        .zip(new.lines())
        .take_while(|(old, new)| old == new);
    same.count() + 1
}
