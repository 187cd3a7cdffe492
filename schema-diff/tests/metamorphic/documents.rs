//! The project's own REST schema as one document, and how two of them compare.

use api_schema_diff::compare;
use api_schema_diff::finding::Wire;
use api_schema_diff::report::{Options, Report};
use api_schema_diff::side::Side;
use serde_json::Value;

use crate::common;

/// A part of the schema, for tests that compare often.
pub(crate) fn part() -> Value {
    let mut document = common::own();
    let kept = ["bills", "customers", "integration_key_links", "payments"];
    let paths = document["paths"].as_object_mut().expect("paths");
    paths.retain(|_, item| {
        let operations = item.as_object().into_iter().flatten();
        let mut tags = operations.filter_map(|(_, it)| it["tags"][0].as_str());
        tags.any(|tag| kept.contains(&tag))
    });
    loop {
        let text = document.to_string();
        let components = document["components"].as_object_mut().expect("components");
        let mut dropped = false;
        for (kind, map) in components {
            let map = map.as_object_mut().expect("components of a kind");
            map.retain(|name, _| {
                let used = text.contains(&format!("\"#/components/{kind}/{name}\""));
                dropped |= !used;
                used
            });
        }
        if !dropped {
            return document;
        }
    }
}

fn side(label: &str, document: &Value) -> Side {
    let source = common::source("schema.json", &document.to_string());
    Side::document(label, &source).expect("a document")
}

pub(crate) fn report(old: &Value, new: &Value) -> Report {
    let (old, new) = (side("old", old), side("new", new));
    compare(&old, &new, &Options::default()).unwrap_or_else(|it| panic!("{}", it[0]))
}

/// No finding about anything that is sent, in either direction.
pub(crate) fn assert_silent(what: &str, old: &Value, new: &Value) {
    assert_ne!(old, new, "{what} changes nothing");
    for (old, new) in [(old, new), (new, old)] {
        let report = report(old, new);
        let loud = report.findings.iter().filter(|it| it.wire != Wire::Silent);
        let loud: Vec<&String> = loud.map(|it| &it.message).collect();
        assert!(loud.is_empty(), "{what}: {loud:#?}");
    }
}

/// Calls `edit` for every schema, the inner ones first.
pub(crate) fn each_schema(value: &mut Value, edit: &mut dyn FnMut(&mut Value)) {
    walk(value, false, edit);
}

/// `schemas` means that every entry of the object is a schema, whatever its name.
fn walk(value: &mut Value, schemas: bool, edit: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                let is_schema =
                    schemas || matches!(key.as_str(), "schema" | "items" | "additionalProperties");
                let is_map = !schemas && matches!(key.as_str(), "schemas" | "properties");
                let is_list = !schemas && matches!(key.as_str(), "allOf" | "oneOf" | "anyOf");
                if !schemas && matches!(key.as_str(), "default" | "enum" | "example" | "const") {
                    continue;
                }
                walk(inner, is_map, edit);
                if is_list {
                    for item in inner.as_array_mut().into_iter().flatten() {
                        edit(item);
                    }
                } else if is_schema && inner.is_object() {
                    edit(inner);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                walk(item, false, edit);
            }
        }
        _ => {}
    }
}
