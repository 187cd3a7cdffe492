//! Rewrites that change nothing on the wire: whatever is done to the project's own schema, no finding
//! says more than "silent". And what every comparison has in common with its mirror image.

mod common;

use revio_codegen::diff::compare;
use revio_codegen::diff::finding::{Effect, Finding, Wire};
use revio_codegen::diff::report::{Options, Report};
use revio_codegen::diff::side::Side;
use revio_codegen::generate;
use serde_json::{Map, Value, json};

/// The project's own REST schema as one document.
fn own() -> Value {
    let document = generate::bundle(&common::real()).expect("the schema is whole");
    serde_json::from_str(&document.to_json()).expect("the bundle is JSON")
}

fn side(label: &str, document: &Value) -> Side {
    let source = common::source("schema.json", &document.to_string());
    Side::document(label, &source).expect("a document")
}

fn report(old: &Value, new: &Value) -> Report {
    let (old, new) = (side("old", old), side("new", new));
    compare(&old, &new, &Options::default()).unwrap_or_else(|it| panic!("{}", it[0]))
}

/// No finding about anything that is sent.
fn assert_silent(what: &str, old: &Value, new: &Value) {
    assert_ne!(old, new, "{what} changes nothing");
    for (old, new) in [(old, new), (new, old)] {
        let report = report(old, new);
        let loud = report.findings.iter().filter(|it| it.wire != Wire::Silent);
        let loud: Vec<&String> = loud.map(|it| &it.message).collect();
        assert!(loud.is_empty(), "{what}: {loud:#?}");
    }
}

/// Calls `edit` for every schema, the inner ones first.
fn each_schema(value: &mut Value, edit: &mut dyn FnMut(&mut Value)) {
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
                if !schemas && matches!(key.as_str(), "default" | "enum" | "example") {
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

fn rewritten(edit: &mut dyn FnMut(&mut Value)) -> (Value, Value) {
    let old = own();
    let mut new = old.clone();
    each_schema(&mut new, edit);
    (old, new)
}

/// The schema under another one that only wraps it.
fn wrap(key: &'static str) -> impl FnMut(&mut Value) {
    move |schema| {
        let inner = schema.take();
        *schema = json!({ key: [inner] });
    }
}

#[test]
fn wrappers_of_one_are_silent() {
    for key in ["allOf", "oneOf", "anyOf"] {
        let (old, new) = rewritten(&mut wrap(key));
        assert_silent(key, &old, &new);
    }
}

#[test]
fn written_out_references_are_silent() {
    let old = own();
    let schemas = old["components"]["schemas"].clone();
    let mut new = old.clone();
    each_schema(&mut new, &mut |schema| {
        let name = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next());
        if let Some(target) = name.and_then(|name| schemas.get(name)) {
            *schema = target.clone();
        }
    });
    assert_silent("inlining", &old, &new);
}

#[test]
fn extracted_schemas_are_silent() {
    let old = own();
    let mut new = old.clone();
    let mut extracted = Map::new();
    each_schema(&mut new, &mut |schema| {
        if schema.get("$ref").is_none() && schema.get("type") != Some(&json!("object")) {
            let name = format!("Extracted{}", extracted.len());
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            extracted.insert(name, std::mem::replace(schema, reference));
        }
    });
    let schemas = new["components"]["schemas"]
        .as_object_mut()
        .expect("schemas");
    schemas.extend(extracted);
    assert_silent("extracting", &old, &new);
}

#[test]
fn another_order_is_no_finding() {
    fn turn(value: &mut Value, key: &str) {
        match value {
            Value::Object(map) => {
                for (key, inner) in map.iter_mut() {
                    turn(inner, key);
                }
                let turned: Map<String, Value> = std::mem::take(map).into_iter().rev().collect();
                *map = turned;
            }
            Value::Array(items) => {
                for item in items.iter_mut() {
                    turn(item, "");
                }
                if matches!(
                    key,
                    "required" | "enum" | "parameters" | "oneOf" | "security"
                ) {
                    items.reverse();
                }
            }
            _ => {}
        }
    }
    let old = own();
    let mut new = old.clone();
    turn(&mut new, "");
    assert_ne!(old.to_string(), new.to_string());
    let findings = report(&old, &new).findings;
    let messages: Vec<&String> = findings.iter().map(|it| &it.message).collect();
    assert!(messages.is_empty(), "{messages:#?}");
}

#[test]
fn renamed_components_are_silent() {
    let old = own();
    let renamed = |text: &str| text.replace("#/components/schemas/", "#/components/schemas/New");
    let mut new: Value = serde_json::from_str(&renamed(&old.to_string())).expect("JSON");
    let schemas = new["components"]["schemas"]
        .as_object_mut()
        .expect("schemas");
    *schemas = std::mem::take(schemas)
        .into_iter()
        .map(|(name, schema)| (format!("New{name}"), schema))
        .collect();
    assert_silent("renaming", &old, &new);
}

#[test]
fn spellings_of_null_are_silent() {
    let (old, mut new) = rewritten(&mut |schema| {
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        if map.remove("nullable") != Some(json!(true)) {
            return;
        }
        match map.get("type").cloned() {
            Some(Value::String(kind)) if !map.contains_key("enum") => {
                map.insert("type".to_owned(), json!([kind, "null"]));
            }
            _ => {
                let inner = schema.take();
                *schema = json!({ "anyOf": [{ "type": "null" }, inner] });
            }
        }
    });
    new["openapi"] = json!("3.1.0");
    assert_silent("nullable", &old, &new);
}

#[test]
fn lists_of_values_may_be_choices_and_parameters_may_be_inherited() {
    let (old, mut new) = rewritten(&mut |schema| {
        let Some(values) = schema.get("enum").and_then(Value::as_array).cloned() else {
            return;
        };
        let kind = schema.get("type").cloned();
        let one = |value: Value| match &kind {
            Some(kind) => json!({ "type": kind, "enum": [value] }),
            None => json!({ "enum": [value] }),
        };
        let variants: Vec<Value> = values.into_iter().map(one).collect();
        let map = schema.as_object_mut().expect("an object");
        map.remove("enum");
        if variants.len() > 1 {
            map.remove("type");
        }
        map.insert("oneOf".to_owned(), Value::Array(variants));
    });
    for item in new["paths"].as_object_mut().expect("paths").values_mut() {
        let methods = item.as_object_mut().expect("an item");
        if methods.len() == 1 {
            let operation = methods.values_mut().next().expect("one");
            let parameters = operation
                .as_object_mut()
                .and_then(|it| it.remove("parameters"));
            methods.extend(parameters.map(|it| ("parameters".to_owned(), it)));
        }
    }
    let security = new["security"].take();
    new.as_object_mut().expect("a document").remove("security");
    for item in new["paths"].as_object_mut().expect("paths").values_mut() {
        for (key, operation) in item.as_object_mut().expect("an item") {
            if key != "parameters" {
                operation["security"] = security.clone();
            }
        }
    }
    assert_silent("values, parameters and security", &old, &new);
}

#[test]
fn the_schema_against_itself_has_no_findings() {
    let side = || Side::ours("same", common::real()).expect("the schema is whole");
    let report = compare(&side(), &side(), &Options::default()).expect("comparable");
    assert_eq!(report.findings, []);
}

/// What is added on one side, is removed on the other.
fn mirrored(id: &str) -> String {
    for (one, other) in [
        ("added", "removed"),
        ("became.required", "became.optional"),
        ("tightened", "relaxed"),
        ("widened", "narrowed"),
        ("closed", "opened"),
        ("typed", "untyped"),
        ("extracted", "inlined"),
        (".set", ".unset"),
        ("doc.deprecated", "doc.undeprecated"),
        ("op.deprecated", "op.undeprecated"),
        ("status.split", "status.merged"),
    ] {
        if id.ends_with(other) {
            return id.replace(other, one);
        }
        if id.ends_with(one) {
            return id.replace(one, other);
        }
    }
    id.to_owned()
}

/// What a finding says, whether it is required or not.
fn kind(finding: &Finding) -> String {
    finding
        .id
        .replace(".required.", ".")
        .replace(".optional.", ".")
}

#[test]
fn a_comparison_and_its_mirror_image_find_the_same() {
    let old = own();
    let mut new = old.clone();
    // Something of every kind, at deterministic places.
    let mut turn = 0_u32;
    each_schema(&mut new, &mut |schema| {
        turn += 1;
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        if turn.is_multiple_of(7) {
            map.remove("maxLength");
            map.remove("required");
        }
        if turn.is_multiple_of(11) && map.get("type") == Some(&json!("string")) {
            map.insert("type".to_owned(), json!("integer"));
        }
        if turn.is_multiple_of(13)
            && let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut)
        {
            let first = properties.keys().next().cloned();
            first.map(|name| properties.remove(&name));
        }
        if turn.is_multiple_of(5) {
            map.remove("nullable");
        }
    });
    let (forth, back) = (report(&old, &new), report(&new, &old));
    assert!(forth.findings.len() > 50, "{}", forth.findings.len());
    let mut there: Vec<(String, String, Effect)> = forth
        .findings
        .iter()
        .map(|it| (kind(it), it.subject.clone(), it.effect))
        .collect();
    let mut here: Vec<(String, String, Effect)> = back
        .findings
        .iter()
        .map(|it| {
            let id = mirrored(&kind(it));
            // Added and removed fields are judged by who sends them, not by their effect.
            (id, it.subject.clone(), it.effect.mirrored())
        })
        .collect();
    let by_law = |list: &mut Vec<(String, String, Effect)>| {
        list.retain(|(id, _, _)| !id.starts_with("schema.property.") || id.contains("became"));
        list.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    };
    by_law(&mut there);
    by_law(&mut here);
    assert_eq!(there, here);
}
