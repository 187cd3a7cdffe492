//! Converts schemas of `OpenAPI` 3.0 to JSON Schema draft 4, the closest version.
//!
//! `nullable` becomes a type, integers get the bounds of 32 bits, dates keep their `format`. Other
//! formats are dropped, since it isn't known whether the vendor checks them.

use serde_json::{Map, Value, json};

/// Converts a flat schema.
pub(crate) fn convert(schema: &Value) -> Value {
    let Some(source) = schema.as_object() else {
        return json!({});
    };
    let nullable = source.get("nullable") == Some(&Value::Bool(true));
    let kind = source.get("type").and_then(Value::as_str);
    let mut out = Map::new();
    for (key, value) in source {
        let value = match key.as_str() {
            "properties" => Value::Object(
                value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, member)| (name.clone(), convert(member)))
                    .collect(),
            ),
            "items" => convert(value),
            "oneOf" | "anyOf" => Value::Array(
                value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(convert)
                    .collect(),
            ),
            "enum" => with_null(value, nullable),
            "required" if value.as_array().is_some_and(Vec::is_empty) => continue,
            "required"
            | "minimum"
            | "maximum"
            | "exclusiveMinimum"
            | "exclusiveMaximum"
            | "minLength"
            | "maxLength"
            | "minItems"
            | "maxItems"
            | "pattern"
            | "additionalProperties" => value.clone(),
            _ => continue,
        };
        out.insert(key.clone(), value);
    }
    if let Some(kind) = kind {
        let lenient = source.get("x-revio-lenient") == Some(&Value::Bool(true));
        out.insert("type".to_owned(), types(kind, lenient, nullable));
        if kind == "integer" && !lenient {
            out.entry("minimum").or_insert(json!(i32::MIN));
            out.entry("maximum").or_insert(json!(i32::MAX));
        }
    }
    if let Some(format @ ("date" | "date-time")) = source.get("format").and_then(Value::as_str) {
        out.insert("format".to_owned(), format.into());
    }
    if nullable && kind.is_none() && !out.is_empty() {
        return json!({"anyOf": [{"type": "null"}, out]});
    }
    Value::Object(out)
}

fn types(kind: &str, lenient: bool, nullable: bool) -> Value {
    let mut types = vec![kind];
    match kind {
        "string" if lenient => types.push("number"),
        "integer" | "number" if lenient => types.push("string"),
        _ => {}
    }
    if nullable {
        types.push("null");
    }
    match types.as_slice() {
        [one] => Value::from(*one),
        more => Value::from(more.to_vec()),
    }
}

fn with_null(values: &Value, nullable: bool) -> Value {
    let mut values = values.as_array().cloned().unwrap_or_default();
    if nullable && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    Value::Array(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nullable_becomes_a_type() {
        let schema = json!({"type": "string", "nullable": true, "enum": ["A"], "format": "email",
                            "description": "x", "x-revio-evidence": "observed"});
        assert_eq!(
            convert(&schema),
            json!({"enum": ["A", null], "type": ["string", "null"]})
        );
        let either = json!({"nullable": true, "oneOf": [{"type": "string"}]});
        assert_eq!(
            convert(&either),
            json!({"anyOf": [{"type": "null"}, {"oneOf": [{"type": "string"}]}]})
        );
    }

    #[test]
    fn integers_are_bounded_and_lenient_fields_accept_strings() {
        let plain = convert(&json!({"type": "integer", "minimum": 1}));
        assert_eq!(plain["minimum"], 1);
        assert_eq!(plain["maximum"], i32::MAX);
        let lenient = convert(&json!({"type": "integer", "x-revio-lenient": true}));
        assert_eq!(lenient, json!({"type": ["integer", "string"]}));
    }

    #[test]
    fn a_schema_without_a_type_accepts_anything() {
        assert_eq!(
            convert(&json!({"description": "unknown", "nullable": true})),
            json!({})
        );
    }
}
