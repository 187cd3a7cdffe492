//! Every kind of change by its smallest pair of documents: exactly these facts are found, judged like
//! this.
//!
//! The pairs are in `kinds`, with the format in its README.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use revio_codegen::diff::compare;
use revio_codegen::diff::report::{Options, Report};
use revio_codegen::diff::side::Side;
use revio_codegen::load::{self, Source};
use serde_json::{Map, Value};

/// The versions in which a pair holds when it doesn't say so.
const VERSIONS: [&str; 2] = ["3.0.3", "3.1.0"];

/// The keys of a pair.
const KEYS: [&str; 10] = [
    "name", "base", "given", "edits", "to", "openapi", "finds", "refused", "peer", "why",
];

/// One pair in one version.
struct Pair {
    name: String,
    old: Value,
    new: Value,
    /// What is found, or why nothing can be.
    expected: Result<BTreeSet<String>, String>,
}

impl Pair {
    fn report(&self) -> Result<Report, String> {
        let side = |label: &str, document: &Value| {
            let path = format!("{label}.json");
            let text = document.to_string();
            Side::document(label, &Source { path, text })
        };
        let report = side("old", &self.old).and_then(|old| {
            let new = side("new", &self.new)?;
            compare(&old, &new, &Options::default())
        });
        report.map_err(|complaints| complaints[0].to_string())
    }

    fn found(&self) -> Result<BTreeSet<String>, String> {
        let findings = self.report()?.findings;
        let line = |id: &str, wire: &str| format!("{id} {wire}");
        Ok(findings
            .iter()
            .map(|it| line(it.id, it.wire.word()))
            .collect())
    }
}

/// Every pair of every file, in each of its versions.
fn pairs() -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = load::read_dir(&folder, "kinds", "yaml").expect("readable");
    assert!(!files.is_empty());
    files.iter().flat_map(of_file).collect()
}

fn of_file(file: &Source) -> Vec<Pair> {
    let document = load::yaml(file).unwrap_or_else(|complaints| panic!("{}", complaints[0]));
    let set: Value = serde_json::from_str(&document.to_json()).expect("JSON");
    let bases = set["bases"].as_object().expect("bases");
    let listed = set["pairs"].as_array().expect("pairs");
    listed
        .iter()
        .flat_map(|pair| versions(bases, pair))
        .collect()
}

fn versions(bases: &Map<String, Value>, pair: &Value) -> Vec<Pair> {
    let name = pair["name"].as_str().expect("a name");
    for key in pair.as_object().expect("an object").keys() {
        assert!(
            KEYS.contains(&key.as_str()),
            "{name}: {key} is no key of a pair"
        );
    }
    let base = |key: &str| match pair.get(key).and_then(Value::as_str) {
        Some(base) => bases
            .get(base)
            .unwrap_or_else(|| panic!("{name}: no base {base}")),
        None => &bases["base"],
    };
    let edited = |mut document: Value, key: &str| {
        for edit in pair
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            apply(&mut document, edit).unwrap_or_else(|why| panic!("{name}: {edit}: {why}"));
        }
        document
    };
    let old = edited(base("base").clone(), "given");
    let new = match pair.get("to") {
        Some(_) => base("to").clone(),
        None => edited(old.clone(), "edits"),
    };
    let expected = match pair.get("refused") {
        Some(part) => Err(part.as_str().expect("part of a message").to_owned()),
        None => Ok(strings(&pair["finds"])),
    };
    let stated = pair.get("openapi").and_then(Value::as_str);
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
            expected: expected.clone(),
        }
    };
    match &stated {
        Some(only) => vec![version(only)],
        None => VERSIONS.iter().map(version).collect(),
    }
}

fn strings(value: &Value) -> BTreeSet<String> {
    let items = value.as_array().into_iter().flatten();
    items
        .filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}

/// Sets or removes the value at a pointer.
fn apply(document: &mut Value, edit: &Value) -> Result<(), &'static str> {
    let at = edit["at"].as_str().ok_or("no pointer")?;
    let mut tokens = at.split('/').skip(1);
    let mut here = document;
    let mut key = tokens.next().ok_or("the whole document")?.to_owned();
    for token in tokens {
        let plain = key.replace("~1", "/").replace("~0", "~");
        here = match here {
            Value::Object(map) => map.entry(plain).or_insert_with(|| Map::new().into()),
            Value::Array(items) => {
                let index = plain.parse::<usize>().map_err(|_| "not an index")?;
                items.get_mut(index).ok_or("no such item")?
            }
            _ => return Err("nothing is inside of a plain value"),
        };
        token.clone_into(&mut key);
    }
    let key = key.replace("~1", "/").replace("~0", "~");
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

#[test]
fn every_kind_is_found_and_judged() {
    let mut wrong = String::new();
    for pair in pairs() {
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
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_pair_stands_twice() {
    let mut seen = BTreeSet::new();
    for pair in pairs() {
        assert!(seen.insert(pair.name.clone()), "{}", pair.name);
        assert_ne!(pair.old, pair.new, "{}", pair.name);
    }
}

#[test]
fn nothing_is_found_in_what_is_the_same_and_the_way_back_ends_alike() {
    for Pair {
        name,
        old,
        new,
        expected,
    } in pairs()
    {
        let pair = |old: &Value, new: &Value| Pair {
            name: name.clone(),
            old: old.clone(),
            new: new.clone(),
            expected: expected.clone(),
        };
        let back = pair(&new, &old).report();
        assert_eq!(back.is_ok(), expected.is_ok(), "{name}, back");
        if expected.is_ok() {
            let same = pair(&new, &new).report().expect("comparable");
            assert_eq!(same.findings, [], "{name}, with itself");
        }
    }
}
