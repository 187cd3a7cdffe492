//! What both tools find in labelled pairs of documents.

use std::fs;
use std::path::{Path, PathBuf};

use api_schema_text::pointer;
use serde_json::Value;

use super::measure::run;
use super::peers::Peer;
use super::{Row, Tools};
use crate::files;

/// The pairs, see `README.md` beside them.
const CORPORA: &str = "schema-diff/tests/corpora";

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
    breaking: usize,
    calm: usize,
    alarms: usize,
    crashes: usize,
}

/// What a tool says about a pair.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Nothing that a caller would notice.
    Calm,
    /// It warns: callers may break.
    Perhaps,
    Breaking,
    /// It crashes, or can't read the pair.
    Crashed,
}

impl Verdict {
    fn of(breaking: bool, perhaps: bool) -> Self {
        match (breaking, perhaps) {
            (true, _) => Self::Breaking,
            (false, true) => Self::Perhaps,
            (false, false) => Self::Calm,
        }
    }
}

/// What is counted of pairs with a label, and whether all of them or none is best.
struct Count {
    what: &'static str,
    of: Option<Label>,
    figure: fn(&Score) -> usize,
    all_is_best: bool,
}

impl Count {
    fn row(&self, set: &str, total: usize, ours: &Score, theirs: &Score) -> Row {
        let mine = (self.figure)(ours);
        let other = (self.figure)(theirs);
        let best = if self.all_is_best { total } else { 0 };
        let short = |figure: usize| figure.abs_diff(best);
        // Nobody can be better than the best.
        let good = short(mine) < short(other) || mine == best;
        let what = self.what;
        Row {
            cells: vec![
                set.to_owned(),
                format!("{what}, of {total}"),
                other.to_string(),
                mine.to_string(),
            ],
            worse: (!good).then(|| format!("{set}: {what}: ours {mine}, oasdiff {other}")),
        }
    }
}

const OF_EACH_SET: [Count; 4] = [
    Count {
        what: "breaking pairs flagged, as breaking or as doubtful",
        of: Some(Label::Breaking),
        figure: |it| it.flagged,
        all_is_best: true,
    },
    Count {
        what: "breaking pairs called breaking",
        of: Some(Label::Breaking),
        figure: |it| it.breaking,
        all_is_best: true,
    },
    Count {
        what: "compatible pairs read, and not called breaking",
        of: Some(Label::Compatible),
        figure: |it| it.calm,
        all_is_best: true,
    },
    Count {
        what: "compatible pairs called breaking",
        of: Some(Label::Compatible),
        figure: |it| it.alarms,
        all_is_best: false,
    },
];

const OF_ALL_SETS: Count = Count {
    what: "crashes, or not read",
    of: None,
    figure: |it| it.crashes,
    all_is_best: false,
};

/// The counts of each set.
pub(super) fn rows(root: &Path, folder: &Path, tools: &Tools) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    let (mut all, mut all_ours, mut all_theirs) = (0, Score::default(), Score::default());
    for set in &SETS {
        let pairs = pairs(root, folder, set)?;
        let ours = score(&pairs, |pair| ours(tools, pair, folder))?;
        let theirs = score(&pairs, |pair| theirs(&tools.peer, pair, folder))?;
        for count in &OF_EACH_SET {
            let labelled = |pair: &&Pair| count.of.is_none_or(|label| pair.label == label);
            let total = pairs.iter().filter(labelled).count();
            rows.push(count.row(set.name, total, &ours, &theirs));
        }
        all += pairs.len();
        all_ours.crashes += ours.crashes;
        all_theirs.crashes += theirs.crashes;
    }
    rows.push(OF_ALL_SETS.row("both", all, &all_ours, &all_theirs));
    Ok(rows)
}

fn ours(tools: &Tools, pair: &Pair, folder: &Path) -> Result<Verdict, String> {
    let (old, new) = (path(&pair.old), path(&pair.new));
    let files = ["diff", "--old", &old, "--new", &new];
    let output = ["--format", "json", "--fail-on", "never"];
    let run = run(&tools.ours, &[&files[..], &output[..]].concat(), folder)?;
    let report: Option<Value> = serde_json::from_str(&run.stdout).ok();
    let report = report.filter(|_| run.code == Some(0));
    Ok(report.map_or(Verdict::Crashed, |report| {
        let any = |key: &str| report["summary"][key].as_u64().is_some_and(|n| n > 0);
        Verdict::of(any("breaking"), any("undecided"))
    }))
}

fn theirs(peer: &Peer, pair: &Pair, folder: &Path) -> Result<Verdict, String> {
    let (old, new) = (path(&pair.old), path(&pair.new));
    let arguments = ["changelog", "-f", "json", &old, &new];
    let run = run(&peer.binary, &arguments, folder)?;
    let changes: Option<Vec<Value>> = serde_json::from_str(&run.stdout).ok();
    let changes = changes.filter(|_| run.code == Some(0));
    Ok(changes.map_or(Verdict::Crashed, |changes| {
        let any = |level: u64| changes.iter().any(|change| change["level"] == level);
        Verdict::of(any(3), any(2))
    }))
}

fn score(
    pairs: &[Pair],
    verdict: impl Fn(&Pair) -> Result<Verdict, String>,
) -> Result<Score, String> {
    let mut score = Score::default();
    for pair in pairs {
        let verdict = verdict(pair)?;
        let flagged = verdict == Verdict::Perhaps || verdict == Verdict::Breaking;
        let breaking = verdict == Verdict::Breaking;
        score.crashes += usize::from(verdict == Verdict::Crashed);
        score.flagged += usize::from(flagged && pair.label == Label::Breaking);
        score.breaking += usize::from(breaking && pair.label == Label::Breaking);
        let calm = !breaking && verdict != Verdict::Crashed;
        score.calm += usize::from(calm && pair.label == Label::Compatible);
        score.alarms += usize::from(breaking && pair.label == Label::Compatible);
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
        let place = Path::new("pairs").join(set.name).join(id);
        let write = |name: &str, document: &Value| {
            let file = place.join(name);
            files::write(folder, &file, document.to_string().as_bytes())?;
            Ok::<_, String>(folder.join(file))
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
    let (parent, key) = pointer::split(edit["at"].as_str()?)?;
    let key = key.into_owned();
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
