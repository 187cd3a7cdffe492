//! An edit at every keyword of the project's own schema is a finding, or stands in the list of those
//! that needn't be; an entry of that list that no edit needs any more fails.
//!
//! By default the first places of each keyword are edited; with `REVIO_ALL_EDITS=1` all of them, which
//! `.ci/slow` does, optimised.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use api_schema_diff::compare;
use api_schema_diff::report::Options;
use api_schema_diff::side::Side;
use api_schema_text::pointer;
use revio_codegen::generate;
use revio_codegen::rust_api::Revio;
use serde_json::{Map, Value, json};

/// How many places of each keyword are edited by default.
const FEW: usize = 2;

/// Edits that need no finding, and why.
const WAIVED: &[(&str, &str)] = &[
    (
        "explode:removed",
        "it is written out where it is the default",
    ),
    ("style:removed", "it is written out where it is the default"),
];

/// One edit: what it is called, and the document after it.
struct Edit {
    name: String,
    pointer: String,
    after: Option<Value>,
}

/// Every edit that makes sense for the value under a keyword.
fn edits(keyword: &str, pointer: &str, value: &Value) -> Vec<Edit> {
    let edit = |what: &str, after: Option<Value>| Edit {
        name: format!("{keyword}:{what}"),
        pointer: pointer.to_owned(),
        after,
    };
    let mut list = vec![edit("removed", None)];
    match value {
        Value::Bool(flag) => {
            list.push(edit("changed", Some(json!(!flag))));
        }
        Value::Number(number) => {
            let more = number.as_f64().unwrap_or_default() + 1.0;
            list.push(edit("changed", Some(json!(more))));
        }
        Value::String(text) => match keyword {
            "$ref" => {}
            "type" => {
                let other = if text == "integer" {
                    "string"
                } else {
                    "integer"
                };
                list.push(edit("changed", Some(json!(other))));
            }
            "format" => list.push(edit("changed", Some(json!("uuid")))),
            "in" => {
                let other = if text == "query" { "header" } else { "query" };
                list.push(edit("changed", Some(json!(other))));
            }
            "x-revio-effect" => {
                let other = if text == "read" { "money" } else { "read" };
                list.push(edit("changed", Some(json!(other))));
            }
            _ => list.push(edit("changed", Some(json!(format!("{text}x"))))),
        },
        Value::Array(items) => {
            let shorter = &items[..items.len().saturating_sub(1)];
            // Null in a list says the same as `nullable` beside it.
            if items.last().is_some_and(|last| !last.is_null()) {
                list.push(edit("shorter", Some(json!(shorter))));
            }
        }
        _ => {}
    }
    list
}

/// Collects edits by keyword. `names` means that the keys of this object are names of something.
fn collect(
    value: &Value,
    pointer: &str,
    names: Option<&str>,
    into: &mut BTreeMap<String, Vec<Edit>>,
) {
    const MAPS: [&str; 8] = [
        "properties",
        "schemas",
        "responses",
        "headers",
        "content",
        "paths",
        "parameters",
        "securitySchemes",
    ];
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let at = pointer::join(pointer, key);
                let keyword = names.unwrap_or(key);
                for edit in edits(keyword, &at, inner) {
                    into.entry(edit.name.clone()).or_default().push(edit);
                }
                let map = names.is_none() && MAPS.contains(&key.as_str());
                let entry = map.then(|| format!("{key}/*"));
                if names.is_some() || !matches!(key.as_str(), "default" | "enum" | "example") {
                    collect(
                        inner,
                        &at,
                        entry.as_deref().filter(|_| inner.is_object()),
                        into,
                    );
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{pointer}/{index}"), None, into);
            }
        }
        _ => {}
    }
}

fn apply(document: &Value, edit: &Edit) -> Value {
    let mut after = document.clone();
    let (parent, key) = pointer::split(&edit.pointer).expect("never the root");
    let key = key.into_owned();
    let parent = after.pointer_mut(parent).expect("the parent exists");
    let map: &mut Map<String, Value> = parent.as_object_mut().expect("an object");
    match &edit.after {
        Some(value) => {
            map.insert(key, value.clone());
        }
        None => {
            map.remove(&key);
        }
    }
    after
}

/// The document with only what one place needs: the edited component or path, and what it refers to.
/// Comparing that is as good as comparing the whole, and much faster.
fn slice(document: &Value, pointer: &str) -> Value {
    let tokens: Vec<_> = pointer::keys(pointer).collect();
    let mut out = json!({ "openapi": document["openapi"], "info": {}, "paths": {} });
    let mut left: Vec<(String, String)> = Vec::new();
    let texts: Vec<&str> = tokens.iter().map(AsRef::as_ref).collect();
    match texts.as_slice() {
        ["paths", path, ..] => {
            out["paths"][*path] = document["paths"][*path].clone();
            refer(&out["paths"], &mut left);
        }
        ["components", kind, name, ..] => left.push(((*kind).to_owned(), (*name).to_owned())),
        _ => return document.clone(),
    }
    let mut seen = BTreeSet::new();
    while let Some((kind, name)) = left.pop() {
        if !seen.insert((kind.clone(), name.clone())) {
            continue;
        }
        let target = document["components"][&kind][&name].clone();
        refer(&target, &mut left);
        out["components"][&kind][&name] = target;
    }
    out
}

/// The components that a value refers to.
fn refer(value: &Value, left: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            let reference = map.get("$ref").and_then(Value::as_str);
            let path = reference.and_then(|it| it.strip_prefix("#/components/"));
            if let Some((kind, name)) = path.and_then(|it| it.split_once('/')) {
                left.push((kind.to_owned(), name.to_owned()));
            }
            map.values().for_each(|it| refer(it, left));
        }
        Value::Array(items) => items.iter().for_each(|it| refer(it, left)),
        _ => {}
    }
}

/// Whether the edit removes a type that goes without saying: the values that are allowed have it, or
/// another part of the same whole states it.
fn is_implied(document: &Value, edit: &Edit) -> bool {
    let Some((schema, "type")) = edit.pointer.rsplit_once('/') else {
        return false;
    };
    let has_values = document
        .pointer(schema)
        .is_some_and(|schema| schema.get("enum").is_some());
    let is_part = schema
        .rsplit_once('/')
        .is_some_and(|(parts, _)| parts.ends_with("/allOf"));
    edit.after.is_none() && (has_values || is_part)
}

#[test]
fn every_edit_is_a_finding_or_waived() {
    let document = generate::bundle(&common::real()).expect("the schema is whole");
    let document: Value = serde_json::from_str(&document.to_json()).expect("JSON");
    let mut edits = BTreeMap::new();
    collect(&document, "", None, &mut edits);
    let all = std::env::var_os("REVIO_ALL_EDITS").is_some();
    let side = |value: &Value| {
        let source = common::source("schema.json", &value.to_string());
        Side::document("schema", &source)
    };
    let mut quiet: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (mut count, mut implied) = (0, 0);
    for (name, places) in &edits {
        let some = if all { places.len() } else { FEW };
        for edit in places.iter().take(some) {
            count += 1;
            let whole = apply(&document, edit);
            let (before, after) = (
                slice(&document, &edit.pointer),
                slice(&whole, &edit.pointer),
            );
            let (Ok(old), Ok(new)) = (side(&before), side(&after)) else {
                continue;
            };
            let options = Options {
                vocabulary: &Revio,
                ..Options::default()
            };
            let report = compare(&old, &new, &options);
            // What others refer to is missed by name, which ends the comparison.
            if report.map_or(true, |report| !report.findings.is_empty()) {
                continue;
            }
            if is_implied(&document, edit) {
                implied += 1;
            } else {
                quiet.entry(name).or_default().push(&edit.pointer);
            }
        }
    }
    assert!(count > 150, "{count} edits");
    let waived: BTreeSet<&str> = WAIVED.iter().map(|(name, _)| *name).collect();
    let missed: Vec<_> = quiet
        .iter()
        .filter(|(name, _)| !waived.contains(**name))
        .collect();
    assert!(missed.is_empty(), "no finding for {missed:#?}");
    let stale: Vec<_> = waived
        .iter()
        .filter(|name| !quiet.contains_key(**name))
        .collect();
    assert!(stale.is_empty(), "waived for nothing: {stale:?}");
    assert!(!all || implied > 0, "no type goes without saying any more");
}
