//! A look at a value without a validator: most candidates are out at once, and building a validator
//! for each would take longer than the whole comparison.

use serde_json::{Map, Value};

/// Whether an exported schema accepts a value. Nothing where only a validator can tell.
pub(super) fn accepts(schema: &Value, value: &Value) -> Option<bool> {
    let map = match schema {
        Value::Bool(accepts) => return Some(*accepts),
        Value::Object(map) => map,
        _ => return None,
    };
    let mut unsure = false;
    for (key, stated) in map {
        match keyword(map, key, stated, value) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => unsure = true,
        }
    }
    if unsure { None } else { Some(true) }
}

fn keyword(map: &Map<String, Value>, key: &str, stated: &Value, value: &Value) -> Option<bool> {
    match key {
        "type" => Some(match stated {
            Value::Array(kinds) => kinds.iter().any(|kind| is_of(value, kind)),
            kind => is_of(value, kind),
        }),
        "enum" => Some(stated.as_array()?.contains(value)),
        "const" => Some(stated == value),
        "minimum" => number(stated, value, |limit, it| it >= limit),
        "maximum" => number(stated, value, |limit, it| it <= limit),
        "exclusiveMinimum" => number(stated, value, |limit, it| it > limit),
        "exclusiveMaximum" => number(stated, value, |limit, it| it < limit),
        "minLength" => size(stated, value.as_str().map(|it| it.chars().count()), true),
        "maxLength" => size(stated, value.as_str().map(|it| it.chars().count()), false),
        "minItems" => size(stated, value.as_array().map(Vec::len), true),
        "maxItems" => size(stated, value.as_array().map(Vec::len), false),
        "minProperties" => size(stated, value.as_object().map(Map::len), true),
        "maxProperties" => size(stated, value.as_object().map(Map::len), false),
        "required" => {
            let Some(fields) = value.as_object() else {
                return Some(true);
            };
            let mut names = stated.as_array()?.iter().filter_map(Value::as_str);
            Some(names.all(|name| fields.contains_key(name)))
        }
        "properties" => {
            let Some(fields) = value.as_object() else {
                return Some(true);
            };
            all(stated.as_object()?.iter().map(|(name, inner)| {
                let field = fields.get(name);
                field.map_or(Some(true), |field| accepts(inner, field))
            }))
        }
        "additionalProperties" => {
            let (Some(fields), None) = (value.as_object(), map.get("patternProperties")) else {
                return if value.is_object() { None } else { Some(true) };
            };
            let named = map.get("properties").and_then(Value::as_object);
            let others = fields
                .iter()
                .filter(|(name, _)| named.is_none_or(|named| !named.contains_key(*name)));
            all(others.map(|(_, field)| accepts(stated, field)))
        }
        "items" => {
            let positions = map.get("prefixItems").and_then(Value::as_array);
            let skipped = positions.map_or(0, Vec::len);
            let items = value.as_array().into_iter().flatten().skip(skipped);
            all(items.map(|item| accepts(stated, item)))
        }
        "allOf" => all(stated.as_array()?.iter().map(|part| accepts(part, value))),
        "anyOf" | "oneOf" => {
            let parts = stated.as_array()?.iter();
            let answers: Vec<Option<bool>> = parts.map(|part| accepts(part, value)).collect();
            if answers.contains(&None) {
                return None;
            }
            let count = answers.iter().filter(|it| **it == Some(true)).count();
            Some(count == 1 || count > 1 && key == "anyOf")
        }
        "not" => accepts(stated, value).map(|accepts| !accepts),
        _ => None,
    }
}

fn all(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut unsure = false;
    for answer in answers {
        match answer {
            Some(true) => {}
            Some(false) => return Some(false),
            None => unsure = true,
        }
    }
    if unsure { None } else { Some(true) }
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("number") => value.is_number(),
        Some("integer") => value.as_f64().is_some_and(|it| it.fract() == 0.0),
        _ => false,
    }
}

/// A limit of numbers; others are not concerned.
fn number(stated: &Value, value: &Value, holds: fn(f64, f64) -> bool) -> Option<bool> {
    let Some(number) = value.as_f64() else {
        return Some(true);
    };
    stated.as_f64().map(|limit| holds(limit, number))
}

/// A limit of sizes; what has none is not concerned.
fn size(stated: &Value, size: Option<usize>, is_least: bool) -> Option<bool> {
    let Some(size) = size else {
        return Some(true);
    };
    let limit = usize::try_from(stated.as_u64()?).ok()?;
    Some(if is_least {
        size >= limit
    } else {
        size <= limit
    })
}
