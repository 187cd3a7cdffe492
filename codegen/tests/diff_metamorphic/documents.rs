//! The project's own REST schema as one document, and how two of them compare.

use revio_codegen::diff::compare;
use revio_codegen::diff::finding::Wire;
use revio_codegen::diff::report::{Options, Report};
use revio_codegen::diff::side::Side;
use revio_codegen::diff::trial;
use revio_codegen::generate::{self, Input};
use serde_json::Value;

use crate::common;

/// The whole schema.
pub(crate) fn own() -> Value {
    bundled(&common::real())
}

/// A part of it, for tests that compare often.
pub(crate) fn part() -> Value {
    let mut input = trial::representative(common::real());
    input.fragments.retain(|source| {
        let names = ["bills", "customers", "integration_key_links", "payments"];
        names
            .iter()
            .any(|name| source.path.ends_with(&format!("/{name}.yaml")))
    });
    bundled(&input)
}

fn bundled(input: &Input) -> Value {
    let document = generate::bundle(input).expect("the schema is whole");
    serde_json::from_str(&document.to_json()).expect("the bundle is JSON")
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
