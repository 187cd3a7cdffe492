//! What is called compatible is: random pairs of schemas, and values that a sender makes by the one
//! schema and a receiver reads by the other.

mod common;

use api_schema_diff::finding::Wire;
use api_schema_diff::report::Judged;
use common::compared::report;
use common::dice::Dice;
use jsonschema::draft202012;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn pattern(dice: &mut Dice) -> Value {
    let patterns = [
        "^a*$",
        "^[ab]{1,2}$",
        "a",
        "^.{0,3}$",
        "^aa",
        "(?=a)",
        "^(aa)*$",
    ];
    json!(patterns[dice.roll(patterns.len())])
}

/// Adds a keyword that holds a schema for something else than a field or an item, or counts.
fn condition(dice: &mut Dice, map: &mut Map<String, Value>, depth: usize) {
    let inner = |dice: &mut Dice| schema(dice, depth.min(1));
    let (key, value) = match dice.roll(13) {
        0 => ("not", inner(dice)),
        1 => {
            for key in ["then", "else"] {
                if dice.often() {
                    map.insert(key.to_owned(), inner(dice));
                }
            }
            ("if", inner(dice))
        }
        2 => {
            for key in ["minContains", "maxContains"] {
                if dice.seldom() {
                    map.insert(key.to_owned(), json!(dice.roll(3)));
                }
            }
            ("contains", inner(dice))
        }
        3 => ("prefixItems", json!([inner(dice), inner(dice)])),
        4 => ("uniqueItems", json!(dice.often())),
        5 => ("dependentRequired", json!({ "x": ["y"] })),
        6 => ("dependentSchemas", json!({ "y": inner(dice) })),
        7 => ("propertyNames", json!({ "pattern": pattern(dice) })),
        8 => ("propertyNames", json!({ "enum": ["x", "y", "z"] })),
        9 => ("patternProperties", json!({ "^[xy]": inner(dice) })),
        10 => ("minProperties", json!(dice.roll(3))),
        11 => ("maxProperties", json!(dice.roll(3) + 1)),
        _ => ("unevaluatedProperties", json!(false)),
    };
    map.insert(key.to_owned(), value);
}

fn schema(dice: &mut Dice, depth: usize) -> Value {
    let mut schema = plain(dice, depth);
    if let Some(map) = schema.as_object_mut()
        && depth > 0
        && dice.roll(5) == 0
    {
        condition(dice, map, depth - 1);
    }
    schema
}

fn plain(dice: &mut Dice, depth: usize) -> Value {
    let kinds = if depth == 0 { 6 } else { 10 };
    match dice.roll(kinds) {
        0 => json!({ "type": "boolean" }),
        1 => {
            let values = &[json!("a"), json!("b"), json!(1)][..=dice.roll(3)];
            json!({ "enum": values })
        }
        2 => json!({ "type": ["string", "null"] }),
        3 | 4 => {
            let mut map = Map::new();
            map.insert(
                "type".to_owned(),
                json!(["integer", "number"][dice.roll(2)]),
            );
            for key in ["minimum", "exclusiveMaximum", "maximum", "multipleOf"] {
                if dice.seldom() {
                    map.insert(key.to_owned(), json!(dice.roll(4) + 1));
                }
            }
            Value::Object(map)
        }
        5 => {
            let mut map = Map::new();
            map.insert("type".to_owned(), json!("string"));
            if dice.seldom() {
                map.insert("minLength".to_owned(), json!(dice.roll(3)));
            }
            if dice.seldom() {
                map.insert("maxLength".to_owned(), json!(dice.roll(3) + 1));
            }
            if dice.seldom() {
                map.insert("pattern".to_owned(), pattern(dice));
            }
            Value::Object(map)
        }
        6 | 7 => {
            let mut fields = Map::new();
            for name in ["x", "y", "z"] {
                if dice.often() {
                    fields.insert(name.to_owned(), schema(dice, depth - 1));
                }
            }
            let required: Vec<String> = fields.keys().filter(|_| dice.seldom()).cloned().collect();
            let mut object =
                json!({ "type": "object", "properties": fields, "required": required });
            if dice.seldom() {
                object["additionalProperties"] = json!(false);
            }
            object
        }
        8 => {
            let mut list = json!({ "type": "array", "items": schema(dice, depth - 1) });
            if dice.seldom() {
                list["minItems"] = json!(dice.roll(2) + 1);
            }
            if dice.seldom() {
                list["maxItems"] = json!(dice.roll(2) + 1);
            }
            list
        }
        _ => {
            let key = ["anyOf", "oneOf", "allOf"][dice.roll(3)];
            json!({ key: [schema(dice, depth - 1), schema(dice, depth - 1)] })
        }
    }
}

/// The schema with a few places changed.
fn mutated(dice: &mut Dice, value: &Value, depth: usize) -> Value {
    if dice.roll(8) == 0 {
        return schema(dice, depth.min(1));
    }
    let Value::Object(map) = value else {
        return value.clone();
    };
    let mut out = Map::new();
    for (key, inner) in map {
        if dice.roll(12) == 0 && key != "type" {
            continue;
        }
        let inner = match (key.as_str(), inner) {
            ("properties", Value::Object(fields)) => {
                let mut fields: Map<String, Value> = fields
                    .iter()
                    .map(|(name, it)| (name.clone(), mutated(dice, it, depth.saturating_sub(1))))
                    .collect();
                if dice.roll(6) == 0 {
                    fields.insert("new".to_owned(), schema(dice, 0));
                }
                Value::Object(fields)
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(variants)) => {
                let mut variants: Vec<Value> = variants
                    .iter()
                    .map(|it| mutated(dice, it, depth.saturating_sub(1)))
                    .collect();
                if dice.roll(5) == 0 {
                    variants.push(schema(dice, 0));
                }
                Value::Array(variants)
            }
            (
                "items" | "not" | "if" | "then" | "else" | "contains" | "propertyNames",
                it @ Value::Object(_),
            ) => mutated(dice, it, depth.saturating_sub(1)),
            ("dependentSchemas" | "patternProperties", Value::Object(held)) => {
                let each = held.iter();
                let each = each
                    .map(|(name, it)| (name.clone(), mutated(dice, it, depth.saturating_sub(1))));
                Value::Object(each.collect())
            }
            (_, Value::Number(number)) => {
                let number = number.as_u64().unwrap_or(1);
                json!(number + u64::try_from(dice.roll(3)).expect("small"))
            }
            ("pattern", _) => pattern(dice),
            (_, it) => it.clone(),
        };
        out.insert(key.clone(), inner);
    }
    if dice.roll(16) == 0 {
        condition(dice, &mut out, 0);
    }
    Value::Object(out)
}

/// A value that somebody who goes by the schema might send.
fn value(dice: &mut Dice, schema: &Value) -> Value {
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(variants) = schema[key].as_array().filter(|it| !it.is_empty()) {
            let chosen = dice.roll(variants.len());
            let first = value(dice, &variants[chosen]);
            // Who goes by one variant doesn't count on another one that names none of its fields.
            if key != "allOf" && !draft202012::is_valid(&variants[chosen], &first) {
                return Value::Null;
            }
            if key == "allOf"
                && let Value::Object(mut map) = first.clone()
            {
                for variant in variants {
                    if let Value::Object(more) = value(dice, variant) {
                        map.extend(more);
                    }
                }
                return Value::Object(map);
            }
            return first;
        }
    }
    if let Some(values) = schema["enum"].as_array().filter(|it| !it.is_empty()) {
        return values[dice.roll(values.len())].clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds[dice.roll(kinds.len())].clone(),
        kind => kind.clone(),
    };
    match kind.as_str() {
        Some("boolean") => json!(dice.seldom()),
        Some("number") if dice.seldom() => json!(1.5),
        Some("integer" | "number") => json!(dice.roll(9)),
        Some("string") => json!("aaaaa"[..dice.roll(6)].to_owned()),
        Some("array") => {
            let items = (0..dice.roll(4))
                .map(|_| value(dice, &schema["items"]))
                .collect();
            Value::Array(items)
        }
        Some("object") => {
            let mut map = Map::new();
            for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
                let required = schema["required"].as_array().into_iter().flatten();
                if required.into_iter().any(|it| it == name) || dice.often() {
                    map.insert(name.clone(), value(dice, inner));
                }
            }
            Value::Object(map)
        }
        Some(_) => Value::Null,
        None => [json!(1), json!("a"), json!(null), json!({}), json!([])][dice.roll(5)].clone(),
    }
}

fn case(seed: u64) -> Result<(), TestCaseError> {
    let mut dice = Dice(seed);
    let old = schema(&mut dice, 2);
    let new = mutated(&mut dice, &old, 2);
    let (Ok(old_check), Ok(new_check)) = (draft202012::new(&old), draft202012::new(&new)) else {
        return Ok(());
    };
    for request in [true, false] {
        let report = report(&old, &new, request);
        for witness in report.findings.iter().filter_map(|it| it.witness.as_ref()) {
            prop_assert!(witness.verified);
        }
        if report.findings.iter().any(|it| it.wire > Wire::Compatible) {
            continue;
        }
        let (sender, receiver) = if request {
            (&old_check, &new_check)
        } else {
            (&new_check, &old_check)
        };
        for _ in 0..24 {
            let value = value(&mut dice, if request { &old } else { &new });
            if sender.is_valid(&value) {
                let messages: Vec<&String> = report.findings.iter().map(|it| &it.message).collect();
                prop_assert!(
                    receiver.is_valid(&value),
                    "request: {request}\nold: {old}\nnew: {new}\nvalue: {value}\n{messages:?}"
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        // A case is one number, which the message names.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_called_compatible_is(seed in any::<u64>()) {
        case(seed)?;
    }
}

#[test]
fn a_variant_that_is_a_choice_again_may_overlap_with_others() {
    let choice = |minimum: u32| {
        let number = json!({ "type": "number", "minimum": minimum, "maximum": 3 });
        let inner = json!({ "oneOf": [{ "type": "string" }, number] });
        json!({ "oneOf": [inner, { "type": "integer" }] })
    };
    // 1 was valid twice, so that it wasn't at all.
    let report = report(&choice(1), &choice(2), false);
    assert!(report.findings.iter().any(|it| it.wire > Wire::Compatible));
}

/// Cases that random ones met, as they are: callers send what is valid before and not after.
#[test]
fn what_random_cases_met_is_not_called_compatible() {
    let text = json!({ "type": "string", "minLength": 2 });
    let refusing =
        |refused: Value| json!({ "anyOf": [{ "type": "boolean", "not": refused }, text] });
    let number = |refused: u32| json!({ "type": "integer", "not": { "maximum": refused } });
    let closed = |fields: Value| {
        let object = json!({ "type": "object", "properties": fields, "required": ["z"] });
        json!({ "anyOf": [object, { "type": "string" }], "unevaluatedProperties": false })
    };
    for (old, new) in [
        (refusing(json!({ "enum": ["a"] })), refusing(json!({}))),
        (number(1), number(2)),
        (
            closed(json!({ "y": {}, "z": {} })),
            closed(json!({ "z": {} })),
        ),
    ] {
        let found = report(&old, &new, true).findings;
        let way_back = report(&new, &old, false).findings;
        let loud = |found: &[Judged]| found.iter().any(|it| it.wire > Wire::Compatible);
        assert!(loud(&found), "{old} {new}");
        assert!(loud(&way_back), "{new} {old}");
    }
}

#[test]
fn many_pairs_are_called_compatible() {
    let compatible = (0..200_u64).filter(|seed| {
        let mut dice = Dice(seed * 7_919);
        let old = schema(&mut dice, 2);
        let new = mutated(&mut dice, &old, 2);
        let findings = report(&old, &new, true).findings;
        old != new && findings.iter().all(|it| it.wire <= Wire::Compatible)
    });
    let count = compatible.count();
    assert!(count > 20, "{count} of 200");
}
