//! Validation: `OpenAPI` 3.0's schema dialect in terms of JSON Schema draft 4.

use std::collections::BTreeSet;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::{Spec, array, object};

/// How literally a schema is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// As it stands there.
    Literal,
    /// Text and number are the same where the JSON type is known to vary between them.
    Lenient,
}

/// What is wrong with a value of a schema: path and reason each.
pub fn complaints(spec: &Spec, schema: &Value, value: &Value) -> Vec<String> {
    validator(spec, schema, Strictness::Literal)
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// Tells the values of a schema from others.
pub fn validator(spec: &Spec, schema: &Value, strictness: Strictness) -> Validator {
    let convert = |schema: &Value| convert(schema, strictness);
    let mut wanted = BTreeSet::new();
    mentioned(spec, schema, &mut wanted);
    let schemas: Map<String, Value> = wanted
        .into_iter()
        .map(|name| (name.to_owned(), convert(spec.schema(name))))
        .collect();
    let whole = json!({"allOf": [convert(schema)], "components": {"schemas": schemas}});
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .with_format("date", is_date)
        .with_format("date-time", is_date)
        .should_validate_formats(true)
        .build(&whole)
        .unwrap_or_else(|error| panic!("the converted schema is invalid: {error}"))
}

/// The components that a schema refers to, directly or through others.
fn mentioned<'a>(spec: &'a Spec, node: &'a Value, found: &mut BTreeSet<&'a str>) {
    if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if found.insert(name) {
            mentioned(spec, spec.schema(name), found);
        }
    }
    for (_, member) in object(node) {
        mentioned(spec, member, found);
    }
    for item in array(Some(node)) {
        mentioned(spec, item, found);
    }
}

/// The same demands in draft 4.
fn convert(schema: &Value, strictness: Strictness) -> Value {
    let is_lenient = schema.get("x-revio-lenient") == Some(&Value::Bool(true));
    if is_lenient && strictness == Strictness::Lenient {
        return json!({});
    }
    let convert = |schema: &Value| convert(schema, strictness);
    let mut out = Map::new();
    for (key, value) in object(schema) {
        let value = match key {
            "properties" => object(value)
                .map(|(name, member)| (name.to_owned(), convert(member)))
                .collect::<Map<_, _>>()
                .into(),
            "items" => convert(value),
            "allOf" | "oneOf" | "anyOf" => array(Some(value)).map(convert).collect(),
            "format" if !matches!(value.as_str(), Some("date" | "date-time")) => continue,
            "$ref" | "type" | "format" | "enum" | "required" | "minimum" | "maximum"
            | "minLength" | "maxLength" | "pattern" => value.clone(),
            _ => {
                assert!(is_annotation(key), "the keyword {key} is not handled");
                continue;
            }
        };
        out.insert(key.to_owned(), value);
    }
    if schema.get("format").and_then(Value::as_str) == Some("int32") {
        out.entry("minimum").or_insert(json!(i32::MIN));
        out.entry("maximum").or_insert(json!(i32::MAX));
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        json!({"anyOf": [{"type": "null"}, out]})
    } else {
        Value::Object(out)
    }
}

fn is_annotation(key: &str) -> bool {
    matches!(
        key,
        "description" | "nullable" | "default" | "writeOnly" | "title" | "xml"
    ) || key.starts_with("x-revio-")
        || key.starts_with("x-xml-")
}

/// Whether a text is a date as the API writes it: a day, perhaps with a time, perhaps with an offset.
pub fn is_date(text: &str) -> bool {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let fits = |text: &str, form: &str| {
        text.len() == form.len()
            && text
                .bytes()
                .zip(form.bytes())
                .all(|(byte, wanted)| match wanted {
                    b'0' => byte.is_ascii_digit(),
                    other => byte == other,
                })
    };
    let time_fits = |time: &str| {
        let time = time.strip_suffix('Z').unwrap_or(time);
        let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
        fits(time, "00:00:00") && fraction.bytes().all(|byte| byte.is_ascii_digit())
    };
    fits(day, "0000-00-00") && time.is_none_or(time_fits)
}
