//! Reads the pairs; the README beside it has their format.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use api_schema_diff::compare;
use api_schema_diff::report::{Options, Report};
use api_schema_diff::side::Side;
use api_schema_diff::vocabulary::Vocabulary;
use api_schema_text::{Source, pointer, read_dir, yaml};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// The versions in which a pair holds when it doesn't say so.
const VERSIONS: [&str; 2] = ["3.0.3", "3.1.0"];

/// The day on which all pairs are compared.
const TODAY: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 6, 1);

/// The keys of a pair.
const KEYS: [&str; 11] = [
    "name", "base", "given", "edits", "to", "openapi", "grace", "finds", "refused", "peer", "why",
];

/// One pair in one version.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) old: Value,
    pub(crate) new: Value,
    grace: u32,
    vocabulary: &'static dyn Vocabulary,
    /// What is found, or why nothing can be.
    pub(crate) expected: Result<BTreeSet<String>, String>,
}

impl Pair {
    pub(crate) fn report(&self) -> Result<Report, String> {
        let side = |label: &str, document: &Value| {
            let path = format!("{label}.json");
            let text = document.to_string();
            Side::document(label, &Source { path, text })
        };
        let report = side("old", &self.old).and_then(|old| {
            let new = side("new", &self.new)?;
            let options = Options {
                today: TODAY,
                grace: self.grace,
                vocabulary: self.vocabulary,
                ..Options::default()
            };
            compare(&old, &new, &options)
        });
        report.map_err(|complaints| complaints[0].to_string())
    }

    /// What is found, as pairs state it.
    pub(crate) fn found(&self) -> Result<BTreeSet<String>, String> {
        let findings = self.report()?.findings;
        let line = |id: &str, wire: &str| format!("{id} {wire}");
        let lines = findings.iter().map(|it| line(it.rule.id, it.wire.word()));
        Ok(lines.collect())
    }

    /// The pair of two other documents.
    pub(crate) fn of(&self, old: &Value, new: &Value) -> Self {
        let (old, new) = (old.clone(), new.clone());
        Self {
            old,
            new,
            ..self.clone()
        }
    }
}

/// Every pair of every file of a folder, in each of its versions.
pub(crate) fn pairs(folder: &str, vocabulary: &'static dyn Vocabulary) -> Vec<Pair> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = read_dir(root, folder, "yaml").expect("readable");
    assert!(!files.is_empty());
    let pairs = files.iter().flat_map(|file| of_file(file, vocabulary));
    pairs.collect()
}

/// What is found that wasn't expected, or the other way round.
pub(crate) fn wrong(pairs: &[Pair]) -> String {
    let mut wrong = String::new();
    for pair in pairs {
        let found = pair.found();
        let right = match (&found, &pair.expected) {
            (Err(message), Err(part)) => message.contains(part.as_str()),
            (found, expected) => found == expected,
        };
        if !right {
            let (name, expected) = (&pair.name, &pair.expected);
            let _ = writeln!(
                wrong,
                "{name}\n  expected {expected:?}\n  found    {found:?}"
            );
        }
    }
    wrong
}

/// The rules that pairs expect.
pub(crate) fn shown(pairs: &[Pair]) -> BTreeSet<String> {
    let lines = pairs.iter().flat_map(|pair| pair.expected.iter().flatten());
    let ids = lines.filter_map(|line| line.split(' ').next());
    ids.map(str::to_owned).collect()
}

fn of_file(file: &Source, vocabulary: &'static dyn Vocabulary) -> Vec<Pair> {
    let document = yaml(file).unwrap_or_else(|complaints| panic!("{}", complaints[0]));
    let set: Value = serde_json::from_str(&document.to_json()).expect("JSON");
    let listed = set["pairs"].as_array().expect("pairs");
    listed
        .iter()
        .flat_map(|pair| versions(&set, pair, vocabulary))
        .collect()
}

fn versions(set: &Value, pair: &Value, vocabulary: &'static dyn Vocabulary) -> Vec<Pair> {
    let name = pair["name"].as_str().expect("a name");
    for key in pair.as_object().expect("an object").keys() {
        assert!(KEYS.contains(&key.as_str()), "{name}: {key} is no key");
    }
    let under = set.get("under").and_then(Value::as_str).unwrap_or_default();
    let base = |key: &str| {
        let base = pair.get(key).and_then(Value::as_str).unwrap_or("base");
        let found = set["bases"].get(base);
        found
            .unwrap_or_else(|| panic!("{name}: no base {base}"))
            .clone()
    };
    let edited = |mut document: Value, key: &str| {
        let edits = pair.get(key).and_then(Value::as_array);
        for edit in edits.into_iter().flatten() {
            apply(&mut document, under, edit).unwrap_or_else(|why| panic!("{name}: {edit}: {why}"));
        }
        document
    };
    let old = edited(base("base"), "given");
    let new = match pair.get("to") {
        Some(_) => base("to"),
        None => edited(old.clone(), "edits"),
    };
    let expected = match pair.get("refused") {
        Some(part) => Err(part.as_str().expect("part of a message").to_owned()),
        None => Ok(lines(&pair["finds"])),
    };
    let grace = pair.get("grace").and_then(Value::as_u64).unwrap_or(0);
    let version = |version: &&str| {
        let written = |mut document: Value| {
            if document.get("openapi").is_some() {
                document["openapi"] = (*version).into();
            }
            document
        };
        Pair {
            name: format!("{name} ({version})"),
            old: written(old.clone()),
            new: written(new.clone()),
            grace: u32::try_from(grace).expect("days"),
            vocabulary,
            expected: expected.clone(),
        }
    };
    match &pair.get("openapi").and_then(Value::as_str) {
        Some(only) => vec![version(only)],
        None => VERSIONS.iter().map(version).collect(),
    }
}

fn lines(value: &Value) -> BTreeSet<String> {
    let items = value.as_array().expect("a list of what is found");
    let line = |it: &Value| it.as_str().expect("rule and verdict").to_owned();
    items.iter().map(line).collect()
}

/// Sets or removes the value at a pointer, which may start at a place that all have in common.
fn apply(document: &mut Value, under: &str, edit: &Value) -> Result<(), &'static str> {
    let at = edit["at"].as_str().ok_or("no pointer")?;
    let at = if at.starts_with('/') {
        at.to_owned()
    } else {
        format!("{under}/{at}")
    };
    let mut tokens = pointer::keys(&at).map(Cow::into_owned);
    let mut key = tokens.next().ok_or("the whole document")?;
    let mut here = document;
    for next in tokens {
        here = match here {
            Value::Object(map) => map.entry(key).or_insert_with(|| Map::new().into()),
            Value::Array(items) => {
                let index = key.parse::<usize>().map_err(|_| "not an index")?;
                items.get_mut(index).ok_or("no such item")?
            }
            _ => return Err("nothing is inside of a plain value"),
        };
        key = next;
    }
    match (here, edit.get("set")) {
        (Value::Object(map), Some(value)) => {
            map.insert(key, value.clone());
        }
        (Value::Object(map), None) => {
            map.remove(&key).ok_or("nothing to remove")?;
        }
        (Value::Array(items), Some(value)) if key == "-" => items.push(value.clone()),
        (Value::Array(items), value) => {
            let index = key.parse::<usize>().map_err(|_| "not an index")?;
            let item = items.get_mut(index).ok_or("no such item")?;
            match value {
                Some(value) => *item = value.clone(),
                None => drop(items.remove(index)),
            }
        }
        _ => return Err("nothing is inside of a plain value"),
    }
    Ok(())
}
