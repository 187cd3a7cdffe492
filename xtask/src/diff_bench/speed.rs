//! What both tools cost: two revisions of GitHub's description, 13 MB each, and our own schema.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::measure::{Run, run};
use super::{Row, Tools, peers};
use crate::files;

/// The two revisions of `@octokit/openapi`.
const GITHUB: [&str; 2] = ["22.0.0", "23.0.2"];

/// How often ours runs; the quickest counts, since everything else on a machine only adds.
const RUNS: usize = 3;

/// A pair, and what ours may take: user seconds and megabytes.
struct Pair {
    name: String,
    old: PathBuf,
    new: PathBuf,
    seconds: f64,
    megabytes: f64,
}

/// A row for each tool and pair.
///
/// `limits` makes a row too expensive also when it is cheaper than the other tool's.
pub(super) fn rows(
    root: &Path,
    folder: &Path,
    tools: &Tools,
    limits: bool,
) -> Result<Vec<Row>, String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let github = Pair {
        name: format!("GitHub {} → {}", GITHUB[0], GITHUB[1]),
        old: peers::github(folder, GITHUB[0])?,
        new: peers::github(folder, GITHUB[1])?,
        seconds: 1.0,
        megabytes: 300.0,
    };
    let pairs = [own(root, folder)?, github];
    let mut rows = Vec::new();
    for pair in &pairs {
        let (old, new) = (path(&pair.old), path(&pair.new));
        let arguments = ["changelog", "-f", "json", &old, &new];
        let other = run(&tools.peer.binary, &arguments, folder)?;
        let changes: Vec<Value> = serde_json::from_str(&other.stdout).unwrap_or_default();
        rows.push(row(pair, "oasdiff", &other, changes.len(), None));
        let arguments = [
            "diff",
            "--old",
            &old,
            "--new",
            &new,
            "--format",
            "json",
            "--fail-on",
            "never",
        ];
        let mut best: Option<Run> = None;
        for _ in 0..RUNS {
            let run = run(&tools.ours, &arguments, folder)?;
            if best.as_ref().is_none_or(|best| run.user < best.user) {
                best = Some(run);
            }
        }
        if let Some(run) = best {
            let report: Value = serde_json::from_str(&run.stdout).unwrap_or_default();
            let facts = report["findings"].as_array().map_or(0, Vec::len);
            let worse = not_better(pair, &run, &other).or_else(|| too_much(pair, &run, limits));
            rows.push(row(pair, "ours", &run, facts, worse));
        }
    }
    Ok(rows)
}

fn row(pair: &Pair, tool: &str, run: &Run, facts: usize, worse: Option<String>) -> Row {
    Row {
        cells: vec![
            pair.name.clone(),
            tool.to_owned(),
            format!("{:.2}", run.user.as_secs_f64()),
            format!("{:.0}", megabytes(run)),
            if run.code == Some(0) {
                facts.to_string()
            } else {
                "failed".to_owned()
            },
        ],
        worse,
    }
}

fn not_better(pair: &Pair, run: &Run, other: &Run) -> Option<String> {
    (other.code == Some(0) && (run.user >= other.user || run.peak >= other.peak)).then(|| {
        format!(
            "{}: ours took {:.2} s and {:.0} MB, oasdiff {:.2} s and {:.0} MB",
            pair.name,
            run.user.as_secs_f64(),
            megabytes(run),
            other.user.as_secs_f64(),
            megabytes(other)
        )
    })
}

fn too_much(pair: &Pair, run: &Run, limits: bool) -> Option<String> {
    let (seconds, size) = (run.user.as_secs_f64(), megabytes(run));
    if run.code != Some(0) {
        return Some(format!("{}: ours failed", pair.name));
    }
    (limits && (seconds > pair.seconds || size > pair.megabytes)).then(|| {
        format!(
            "{}: ours took {seconds:.2} s and {size:.0} MB, {} s and {} MB are allowed",
            pair.name, pair.seconds, pair.megabytes
        )
    })
}

#[allow(clippy::cast_precision_loss, reason = "a figure for people")]
fn megabytes(run: &Run) -> f64 {
    run.peak as f64 / 1e6
}

/// Our own schema, and a copy in which a property of each record is gone.
fn own(root: &Path, folder: &Path) -> Result<Pair, String> {
    let old = root.join("schema/openapi.json");
    let wrong = |what: String| format!("{}: {what}", old.display());
    let text = fs::read_to_string(&old).map_err(|error| wrong(error.to_string()))?;
    let mut document: Value =
        serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    let schemas = schemas.ok_or_else(|| wrong("it has no schemas".to_owned()))?;
    for schema in schemas.values_mut() {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
        if let Some(properties) = properties
            && let Some(last) = properties.keys().next_back().cloned()
        {
            properties.remove(&last);
        }
    }
    let new = folder.join("own.json");
    let text = format!("{document:#}");
    files::write(folder, Path::new("own.json"), text.as_bytes())?;
    Ok(Pair {
        name: "schema/openapi.json, edited".to_owned(),
        old,
        new,
        seconds: 0.1,
        megabytes: 300.0,
    })
}

fn path(path: &Path) -> String {
    path.display().to_string()
}
