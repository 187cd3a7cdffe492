//! Reads the pairs; the README beside it has their format.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use api_schema_diff::compare;
use api_schema_diff::report::Options;
use api_schema_diff::side::Side;
use api_schema_diff::vocabulary::Vocabulary;
use api_schema_text::{Source, read_dir, yaml};
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
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) old: Value,
    pub(crate) new: Value,
    components: Value,
    pub(crate) versions: Vec<String>,
    /// `rule request/answer`, in order; nothing where the way back isn't told.
    pub(crate) finds: BTreeSet<String>,
    pub(crate) back: Option<BTreeSet<String>>,
    /// The same for a query parameter, where all is text.
    parameter: Option<[BTreeSet<String>; 2]>,
}

/// The pairs of every file of a folder, or of those whose name starts like this.
pub(crate) fn pairs(folder: &str, start: &str) -> Vec<Pair> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = read_dir(root, folder, "yaml").expect("readable");
    let mut pairs = Vec::new();
    for file in files {
        let document = yaml(&file).unwrap_or_else(|complaints| panic!("{}", complaints[0]));
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
    let source = Source {
        path: "shapes.json".to_owned(),
        text: document.to_string(),
    };
    Side::document("shapes", &source).unwrap_or_else(|it| panic!("{}: {}", pair.name, it[0]))
}

/// What is found for a pair in one direction and at one place: `rule verdict`.
fn found(
    pair: &Pair,
    version: &str,
    (old, new): (&Value, &Value),
    place: &str,
    vocabulary: &dyn Vocabulary,
) -> BTreeSet<String> {
    let side = |schema: &Value| document(pair, version, schema, place);
    let options = Options {
        vocabulary,
        ..Options::default()
    };
    let report = compare(&side(old), &side(new), &options);
    let findings = report
        .unwrap_or_else(|it| panic!("{}: {}", pair.name, it[0]))
        .findings;
    findings
        .iter()
        .map(|it| format!("{} {}", it.rule.id, it.wire.word()))
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

/// What is found that wasn't expected, or the other way round.
pub(crate) fn wrong(pairs: &[Pair], vocabulary: &dyn Vocabulary) -> String {
    let mut wrong = String::new();
    for pair in pairs {
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
                        found(pair, version, schemas, place, vocabulary),
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
    wrong
}

/// The rules that pairs expect.
pub(crate) fn shown(pairs: &[Pair]) -> BTreeSet<String> {
    let lines = pairs
        .iter()
        .flat_map(|pair| pair.finds.iter().chain(pair.back.iter().flatten()));
    let ids = lines.filter_map(|it| it.split(' ').next());
    ids.map(str::to_owned).collect()
}
