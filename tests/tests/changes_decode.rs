//! What the schema diff says of crates that are already published is what they do: this crate's types,
//! which are those of the schema as it is, read the answers of a service that follows an edited schema.

use std::collections::BTreeMap;
use std::path::Path;

use jsonschema::{Draft, Validator};
use revio_codegen::diff::finding::Decode;
use revio_codegen::diff::trial::{self, Trial};
use revio_codegen::generate::{Input, bundle};
use revio_codegen::load::{Source, read_dir};
use revio_tests::fixtures::Roundtrip;
use revio_tests::generated::roundtrips::ROUNDTRIPS;
use serde_json::{Value, json};

fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the crate has a folder above")
}

fn schema() -> Input {
    let read = |dir, extension| read_dir(root(), dir, extension).expect("readable");
    let (mut openapi, fragments): (Vec<Source>, Vec<Source>) = read("schema/rest", "yaml")
        .into_iter()
        .partition(|source| source.path.ends_with("/openapi.yaml"));
    Input {
        openapi: openapi.remove(0),
        fragments,
        legacy: Vec::new(),
    }
}

fn table() -> Vec<Trial> {
    let path = "codegen/tests/rust_truth/trials.yaml";
    let text = std::fs::read_to_string(root().join(path)).expect("readable");
    let path = path.to_owned();
    trial::read(&Source { path, text }).expect("a sound table")
}

/// JSON Schema for `OpenAPI` 3.0's `nullable`.
fn with_null(node: &mut Value) {
    if let Value::Object(entries) = node {
        if entries.remove("nullable") == Some(Value::Bool(true)) {
            let bare = Value::Object(std::mem::take(entries));
            entries.insert("anyOf".to_owned(), json!([bare, {"type": "null"}]));
        }
        entries.values_mut().for_each(with_null);
    } else if let Value::Array(items) = node {
        items.iter_mut().for_each(with_null);
    }
}

/// What an answer of the new service has to be.
fn validator(edited: &Input, component: &str) -> Validator {
    let document = bundle(edited).expect("sound").to_json();
    let mut document: Value = serde_json::from_str(&document).expect("JSON");
    with_null(&mut document["components"]["schemas"]);
    let schema = json!({
        "$ref": format!("#/components/schemas/{component}"),
        "components": document["components"],
    });
    let options = jsonschema::options().with_draft(Draft::Draft7);
    options.build(&schema).expect("a JSON Schema")
}

#[test]
fn published_crates_decode_what_the_diff_calls_safe_and_nothing_else() {
    let base = schema();
    let readers: BTreeMap<&str, Roundtrip> = ROUNDTRIPS.iter().copied().collect();
    let (mut wrong, mut safe, mut broken) = (Vec::new(), 0, 0);
    for trial in table() {
        if trial.answers.is_empty() {
            continue;
        }
        let edited = trial.apply(&base).expect(&trial.name);
        let mut failures = Vec::new();
        for (component, text) in &trial.answers {
            let answer: Value = serde_json::from_str(text).expect("JSON");
            if !validator(&edited, component).is_valid(&answer) {
                wrong.push(format!("{}: {text} is no {component} any more", trial.name));
            }
            if let Err(error) = readers[component.as_str()](text) {
                failures.push(format!("{text}: {error}"));
            }
        }
        match (trial.decode, failures.is_empty()) {
            (Decode::Safe, true) => safe += 1,
            (Decode::Breaks, false) => broken += 1,
            (said, _) => wrong.push(format!("{}: {said:?}, but {failures:?}", trial.name)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(safe >= 10 && broken >= 10, "{safe} safe, {broken} broken");
}
