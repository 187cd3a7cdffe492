//! `schema/` is what it says it is: an `OpenAPI` 3.0 description and JSON Schemas of draft 7, with every reference leading
//! somewhere and every operation judged.

use std::collections::BTreeSet;

use jsonschema::Validator;
use revio_tests::spec::{Spec, legacy_files, read_json};
use serde_json::Value;

/// What a meta-schema has against a document.
fn complaints(meta: &Validator, document: &Value) -> Vec<String> {
    let errors = meta.iter_errors(document);
    errors
        .map(|error| format!("{}: {}", error.instance_path(), error.masked()))
        .collect()
}

fn openapi() -> Validator {
    let meta = read_json("tests/meta/openapi-3.0.json");
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft4)
        .build(&meta)
        .expect("the meta-schema is valid")
}

#[test]
fn the_bundle_is_an_openapi_document() {
    let meta = openapi();
    let spec = Spec::read();
    let found = complaints(&meta, spec.document());
    assert!(found.is_empty(), "{}", found.join("\n"));

    // The meta-schema is in force: what it must refuse is refused.
    let mut broken = spec.document().clone();
    broken["paths"]["/Payments"]["get"]["responses"] = serde_json::json!({});
    broken["components"]["schemas"]["Payment"]["type"] = "record".into();
    assert!(complaints(&meta, &broken).len() >= 2);
}

#[test]
fn legacy_messages_are_draft_7() {
    let meta = jsonschema::draft7::meta::validator();
    let files = legacy_files();
    assert_eq!(files.len(), 6, "five operations and what they share");
    for path in files {
        let document = read_json(&path);
        assert_eq!(
            document["$schema"], "http://json-schema.org/draft-07/schema#",
            "{path}"
        );
        let found: Vec<String> = meta
            .iter_errors(&document)
            .map(|error| format!("{}: {}", error.instance_path(), error.masked()))
            .collect();
        assert!(found.is_empty(), "{path}: {}", found.join("\n"));
    }
}

/// Every `$ref` below a node.
fn references<'a>(node: &'a Value, found: &mut Vec<&'a str>) {
    match node {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members
                .values()
                .for_each(|member| references(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let spec = Spec::read();
    let mut found = Vec::new();
    references(spec.document(), &mut found);
    assert!(found.len() > 500, "only {} references", found.len());
    for reference in found {
        let target = reference
            .strip_prefix('#')
            .and_then(|pointer| spec.document().pointer(pointer));
        assert!(target.is_some(), "{reference} leads nowhere");
    }
    for path in legacy_files() {
        let document = read_json(&path);
        let mut found = Vec::new();
        references(&document, &mut found);
        for reference in found {
            let (file, pointer) = reference.split_once('#').expect("a fragment");
            let target = match file {
                "" => document.pointer(pointer).is_some(),
                file => read_json(&format!("schema/legacy/{file}"))
                    .pointer(pointer)
                    .is_some(),
            };
            assert!(target, "{path}: {reference} leads nowhere");
        }
    }
}

/// Whether the two judgements are words of the vocabulary.
fn judged(evidence: Option<&str>, effect: Option<&str>) -> bool {
    matches!(
        evidence,
        Some("documented" | "observed" | "inferred" | "candidate")
    ) && matches!(effect, Some("read" | "idempotent" | "unsafe" | "money"))
}

#[test]
fn every_operation_says_how_it_is_known_and_what_it_does() {
    let spec = Spec::read();
    let mut seen = BTreeSet::new();
    for operation in spec.operations() {
        let id = operation.id();
        assert!(seen.insert(id), "{id} is there twice");
        let effect = operation.text("x-revio-effect");
        assert!(judged(operation.text("x-revio-evidence"), effect), "{id}");
        assert_eq!(
            effect == Some("read"),
            operation.method() == "GET",
            "{id} is {effect:?}"
        );
    }
    let mut legacy = 0;
    for path in legacy_files() {
        let document = read_json(&path);
        if document.get("x-xml-operation").is_some() {
            legacy += 1;
            let said = |key: &str| document.get(key).and_then(Value::as_str);
            assert!(
                judged(said("x-revio-evidence"), said("x-revio-effect")),
                "{path}"
            );
        }
    }
    assert_eq!((seen.len(), legacy), (132, 5));
}

#[test]
fn every_property_says_how_it_is_known() {
    let spec = Spec::read();
    let mut failed = Vec::new();
    let mut judged = 0;
    for (name, schema) in spec.schemas() {
        for property in spec.properties(schema) {
            judged += 1;
            if property.schema.get("x-revio-evidence").is_none() {
                failed.push(format!("{name}.{}", property.name));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(judged > 1000, "only {judged} properties");
}
