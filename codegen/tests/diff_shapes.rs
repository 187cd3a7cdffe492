//! Every kind of change inside of schemas by its smallest pair: what is found, and how it is judged in
//! requests and in answers, wherever the schema stands, there and back.
//!
//! The pairs are in `shapes`, with the format in its README.

mod common;
#[allow(dead_code, reason = "only what is found is asked for here")]
mod kinds;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use revio_codegen::diff::compare;
use revio_codegen::diff::finding::Wire;
use revio_codegen::diff::report::Options;
use revio_codegen::diff::rules;
use revio_codegen::diff::side::Side;
use revio_codegen::load;
use serde_json::{Value, json};

/// The keys of a pair.
const KEYS: [&str; 9] = [
    "name",
    "old",
    "new",
    "openapi",
    "finds",
    "back",
    "parameter",
    "peer",
    "why",
];

/// Where all is text.
const PARAMETER: &str = "query parameter";

/// Where a schema stands, and whether callers send it.
const PLACES: [(&str, bool); 5] = [
    ("request body", true),
    ("field of a request body", true),
    (PARAMETER, true),
    ("answer", false),
    ("field of an answer", false),
];

/// A pair, with the schemas that both documents share.
struct Pair {
    name: String,
    old: Value,
    new: Value,
    components: Value,
    versions: Vec<String>,
    /// `rule request/answer`, in order; nothing where the way back isn't told.
    finds: BTreeSet<String>,
    back: Option<BTreeSet<String>>,
    /// The same for a query parameter, where all is text.
    parameter: Option<[BTreeSet<String>; 2]>,
}

/// The pairs of every file, or of those whose name starts like this.
fn pairs(start: &str) -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let files = load::read_dir(&folder, "shapes", "yaml").expect("readable");
    let mut pairs = Vec::new();
    for file in files {
        let document = load::yaml(&file).unwrap_or_else(|complaints| panic!("{}", complaints[0]));
        let set: Value = serde_json::from_str(&document.to_json()).expect("JSON");
        let stem = file.path.rsplit('/').next().unwrap_or_default();
        if stem.starts_with(start) {
            let listed = set["pairs"].as_array().expect("pairs");
            pairs.extend(listed.iter().map(|pair| read(pair, &set["components"])));
        }
    }
    assert!(!pairs.is_empty(), "{start}");
    pairs
}

fn read(pair: &Value, components: &Value) -> Pair {
    let name = pair["name"].as_str().expect("a name").to_owned();
    for key in pair.as_object().expect("an object").keys() {
        let known = KEYS.contains(&key.as_str());
        assert!(known, "{name}: {key} is no key of a pair");
    }
    let versions = match pair.get("openapi").and_then(Value::as_str) {
        Some(only) => vec![only.to_owned()],
        None => vec!["3.0.3".to_owned(), "3.1.0".to_owned()],
    };
    Pair {
        old: pair["old"].clone(),
        new: pair["new"].clone(),
        components: components.clone(),
        versions,
        finds: list(pair, "finds").unwrap_or_default(),
        back: list(pair, "back"),
        parameter: pair.get("parameter").map(|told| {
            let part = |key| list(told, key).unwrap_or_default();
            [part("finds"), part("back")]
        }),
        name,
    }
}

fn list(value: &Value, key: &str) -> Option<BTreeSet<String>> {
    let items = value.get(key)?.as_array().expect("a list").iter();
    Some(
        items
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
    )
}

/// A document in which the schema stands at a place, and the others are used by another operation.
fn document(pair: &Pair, version: &str, schema: &Value, place: &str) -> Side {
    let schema = if place.starts_with("field") {
        json!({ "type": "object", "properties": { "it": schema } })
    } else {
        schema.clone()
    };
    let content = json!({ "application/json": { "schema": schema } });
    let operation = match place {
        PARAMETER => json!({
            "parameters": [{ "name": "it", "in": "query", "schema": schema }],
            "responses": { "204": { "description": "Done." } },
        }),
        "answer" | "field of an answer" => json!({
            "responses": { "200": { "description": "Found.", "content": content } },
        }),
        _ => json!({
            "requestBody": { "content": content },
            "responses": { "204": { "description": "Done." } },
        }),
    };
    let document = json!({
        "openapi": version,
        "info": { "title": "Shapes", "version": "1" },
        "paths": { "/shapes": { "post": operation } },
        "components": { "schemas": pair.components },
    });
    let source = common::source("shapes.json", &document.to_string());
    Side::document("shapes", &source).unwrap_or_else(|it| panic!("{}: {}", pair.name, it[0]))
}

/// What is found for a pair in one direction and at one place: `rule verdict`.
fn found(
    pair: &Pair,
    version: &str,
    (old, new): (&Value, &Value),
    place: &str,
) -> BTreeSet<String> {
    let side = |schema: &Value| document(pair, version, schema, place);
    let report = compare(&side(old), &side(new), &Options::default());
    let findings = report
        .unwrap_or_else(|it| panic!("{}: {}", pair.name, it[0]))
        .findings;
    findings
        .iter()
        .map(|it| format!("{} {}", it.id, it.wire.word()))
        .collect()
}

/// The part of `rule request/answer` that is about one of the two.
fn expected(listed: &BTreeSet<String>, request: bool) -> BTreeSet<String> {
    let one = |line: &String| {
        let (rule, verdicts) = line.split_once(' ').expect("a rule and its verdicts");
        let (there, back) = verdicts.split_once('/').unwrap_or((verdicts, verdicts));
        format!("{rule} {}", if request { there } else { back })
    };
    listed.iter().map(one).collect()
}

#[test]
fn every_kind_is_found_and_judged_at_every_place() {
    let mut wrong = String::new();
    for pair in pairs("") {
        let parameter = |index: usize| pair.parameter.as_ref().map(|told| &told[index]);
        let ways = [
            ("", (&pair.old, &pair.new), Some(&pair.finds), parameter(0)),
            (
                ", back",
                (&pair.new, &pair.old),
                pair.back.as_ref(),
                parameter(1),
            ),
        ];
        for (way, schemas, listed, parameter) in ways {
            let Some(listed) = listed else { continue };
            for (place, request) in PLACES {
                let listed = parameter.filter(|_| place == PARAMETER).unwrap_or(listed);
                for version in &pair.versions {
                    let (found, expected) = (
                        found(&pair, version, schemas, place),
                        expected(listed, request),
                    );
                    if found != expected {
                        let _ = writeln!(
                            wrong,
                            "{}{way} ({place}, {version})\n  expected {expected:?}\n  found    \
                             {found:?}",
                            pair.name
                        );
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn other_words_for_the_same_are_silent() {
    for pair in pairs("same") {
        for line in pair.finds.iter().chain(pair.back.iter().flatten()) {
            assert!(line.ends_with(Wire::Silent.word()), "{}: {line}", pair.name);
        }
    }
}

#[test]
fn every_rule_of_schemas_is_shown() {
    let mut shown = BTreeSet::new();
    for pair in pairs("") {
        shown.extend(
            pair.finds
                .into_iter()
                .chain(pair.back.into_iter().flatten()),
        );
    }
    for pair in kinds::pairs() {
        shown.extend(pair.expected.into_iter().flatten());
    }
    let shown: BTreeSet<&str> = shown.iter().filter_map(|it| it.split(' ').next()).collect();
    let of_schemas = rules::all().filter(|rule| rule.id.starts_with("schema."));
    let missing: Vec<&str> = of_schemas
        .map(|rule| rule.id)
        .filter(|id| !shown.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let unknown: Vec<&&str> = shown
        .iter()
        .filter(|id| rules::find(id).is_none())
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn no_pair_stands_twice() {
    let mut seen = BTreeSet::new();
    for pair in pairs("") {
        assert_ne!(pair.old, pair.new, "{}", pair.name);
        let key = (pair.old.to_string(), pair.new.to_string(), pair.versions);
        assert!(seen.insert(key), "{}", pair.name);
    }
}
