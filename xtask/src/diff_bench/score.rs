//! What both tools find in labelled pairs of documents.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::measure::run;
use super::{Row, Tools};

/// The pairs, see `README.md` beside them.
const CORPORA: &str = "codegen/tests/corpora";

/// A set of pairs, the labels that mean that callers break, and those that mean that they don't.
struct Set {
    file: &'static str,
    name: &'static str,
    breaking: &'static [&'static str],
    compatible: &'static [&'static str],
}

const SETS: [Set; 2] = [
    Set {
        file: "drift.json",
        name: "drift",
        breaking: &["BackwardIncompatible", "Incompatible"],
        compatible: &["Trivial", "ForwardIncompatible"],
    },
    Set {
        file: "comparest.json",
        name: "compaREST",
        breaking: &["BREAK"],
        compatible: &["CHANGE", "NONE"],
    },
];

/// What the label of a pair says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Breaking,
    Compatible,
    /// The origin can't tell.
    Open,
}

struct Pair {
    label: Label,
    old: PathBuf,
    new: PathBuf,
}

/// How one tool did on a set.
#[derive(Default)]
struct Score {
    flagged: usize,
    false_alarms: usize,
    crashes: usize,
}

/// What a tool says about a pair; None when it crashes or can't read it.
type Verdict = Option<bool>;

/// Three rows for each set.
pub(super) fn rows(root: &Path, folder: &Path, tools: &Tools) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for set in &SETS {
        let pairs = pairs(root, folder, set)?;
        let ours = score(&pairs, |pair| {
            let (old, new) = (path(&pair.old), path(&pair.new));
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
            let run = run(&tools.ours, &arguments, folder)?;
            let report: Option<Value> = serde_json::from_str(&run.stdout).ok();
            let breaking = report.and_then(|it| it["summary"]["breaking"].as_u64());
            Ok(breaking.filter(|_| run.code == Some(0)).map(|n| n > 0))
        })?;
        let theirs = match &tools.peer {
            None => None,
            Some(peer) => Some(score(&pairs, |pair| {
                let (old, new) = (path(&pair.old), path(&pair.new));
                let run = run(
                    &peer.binary,
                    &["changelog", "-f", "json", &old, &new],
                    folder,
                )?;
                let report: Option<Vec<Value>> = serde_json::from_str(&run.stdout).ok();
                let levels = report.filter(|_| run.code == Some(0));
                Ok(levels.map(|it| it.iter().any(|change| change["level"] == 3)))
            })?),
        };
        let of = |label: Label| pairs.iter().filter(|pair| pair.label == label).count();
        let rows_of_set = [
            (
                "breaking pairs flagged",
                of(Label::Breaking),
                (|it| it.flagged) as Figure,
                true,
            ),
            (
                "compatible pairs flagged",
                of(Label::Compatible),
                |it| it.false_alarms,
                false,
            ),
            ("crashes, or not read", pairs.len(), |it| it.crashes, false),
        ];
        for (what, total, figure, more_is_better) in rows_of_set {
            let mine = figure(&ours);
            let other = theirs.as_ref().map(figure);
            let worse = other.filter(|it| {
                if more_is_better {
                    mine < *it
                } else {
                    mine > *it
                }
            });
            rows.push(Row {
                cells: vec![
                    set.name.to_owned(),
                    format!("{what}, of {total}"),
                    other.map_or_else(|| "not run".to_owned(), |it| it.to_string()),
                    mine.to_string(),
                ],
                worse: worse.map(|it| format!("{}: {what}: ours {mine}, oasdiff {it}", set.name)),
            });
        }
    }
    Ok(rows)
}

type Figure = fn(&Score) -> usize;

fn score(
    pairs: &[Pair],
    verdict: impl Fn(&Pair) -> Result<Verdict, String>,
) -> Result<Score, String> {
    let mut score = Score::default();
    for pair in pairs {
        match (verdict(pair)?, pair.label) {
            (None, _) => score.crashes += 1,
            (Some(true), Label::Breaking) => score.flagged += 1,
            (Some(true), Label::Compatible) => score.false_alarms += 1,
            (Some(_), _) => {}
        }
    }
    Ok(score)
}

/// Writes the pairs of a set out as files.
fn pairs(root: &Path, folder: &Path, set: &Set) -> Result<Vec<Pair>, String> {
    let file = root.join(CORPORA).join(set.file);
    let wrong = |what: &str| format!("{}: {what}", file.display());
    let text = fs::read_to_string(&file).map_err(|error| wrong(&error.to_string()))?;
    let corpus: Value = serde_json::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let bases = list(&corpus["bases"]);
    let mut pairs = Vec::new();
    for pair in list(&corpus["pairs"]) {
        let id = pair["id"]
            .as_str()
            .ok_or_else(|| wrong("a pair without an id"))?;
        let base = pair["base"]
            .as_u64()
            .and_then(|at| usize::try_from(at).ok());
        let old = base.and_then(|at| bases.get(at));
        let old = old.ok_or_else(|| wrong(&format!("{id} has no base")))?;
        let mut new = old.clone();
        for edit in list(&pair["edits"]) {
            apply(&mut new, &edit).ok_or_else(|| wrong(&format!("{id}: {edit} fits nowhere")))?;
        }
        let labels = list(&pair["labels"]);
        let any = |of: &[&str]| labels.iter().any(|it| of.iter().any(|label| it == label));
        let label = if any(set.breaking) {
            Label::Breaking
        } else if any(set.compatible) && labels.len() == 1 || labels.is_empty() {
            Label::Compatible
        } else {
            Label::Open
        };
        let place = folder.join("pairs").join(set.name).join(id);
        fs::create_dir_all(&place).map_err(|error| wrong(&error.to_string()))?;
        let write = |name: &str, document: &Value| {
            let file = place.join(name);
            let written = fs::write(&file, document.to_string());
            written
                .map(|()| file)
                .map_err(|error| wrong(&error.to_string()))
        };
        pairs.push(Pair {
            label,
            old: write("base.json", old)?,
            new: write("revision.json", &new)?,
        });
    }
    Ok(pairs)
}

/// Sets or removes the value at a pointer.
fn apply(document: &mut Value, edit: &Value) -> Option<()> {
    let (parent, key) = edit["at"].as_str()?.rsplit_once('/')?;
    let key = key.replace("~1", "/").replace("~0", "~");
    match (document.pointer_mut(parent)?, edit.get("set")) {
        (Value::Object(map), Some(value)) => {
            map.insert(key, value.clone());
        }
        (Value::Object(map), None) => {
            map.remove(&key)?;
        }
        (Value::Array(items), Some(value)) => {
            *items.get_mut(key.parse::<usize>().ok()?)? = value.clone();
        }
        _ => return None,
    }
    Some(())
}

fn path(path: &Path) -> String {
    path.display().to_string()
}
