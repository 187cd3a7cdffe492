//! Strategies for any value that a schema allows.

use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Map, Number, Value, json};

/// The schema, read without the code under test.
pub(crate) struct Document(Value);

impl Document {
    pub(crate) fn read() -> Self {
        let text = include_str!("../../../schema/openapi.json");
        Self(serde_json::from_str(text).expect("JSON"))
    }

    /// The schema of an operation's body, or of its record where the body has no known members.
    pub(crate) fn body(&self, method: &str, path: &str) -> Value {
        let operation = &self.0["paths"][path][method.to_lowercase()];
        let content = self.flat(&operation["requestBody"])["content"].clone();
        let schema = content
            .as_object()
            .and_then(|content| content.values().next());
        let schema = self.flat(&schema.expect("a body")["schema"]);
        if schema["properties"].is_object() {
            return schema;
        }
        self.record(operation["x-revio-record"].as_str().expect("a record"))
    }

    /// The schema of a record.
    pub(crate) fn record(&self, name: &str) -> Value {
        self.flat(&self.0["components"]["schemas"][name])
    }

    /// The schema of the record of an operation.
    pub(crate) fn record_of(&self, method: &str, path: &str) -> Value {
        let operation = &self.0["paths"][path][method.to_lowercase()];
        self.record(operation["x-revio-record"].as_str().expect("a record"))
    }

    /// Resolves references and merges `allOf`.
    fn flat(&self, schema: &Value) -> Value {
        let mut flat = Map::new();
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.0.pointer(&reference[1..]).expect("a target");
            unite(&mut flat, &self.flat(target));
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            unite(&mut flat, &self.flat(part));
        }
        unite(&mut flat, schema);
        flat.remove("$ref");
        flat.remove("allOf");
        if let Some(Value::Object(members)) = flat.get_mut("properties") {
            for member in members.values_mut() {
                *member = self.flat(member);
            }
        }
        if let Some(items) = flat.get_mut("items") {
            *items = self.flat(items);
        }
        Value::Object(flat)
    }
}

fn unite(into: &mut Map<String, Value>, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        match (into.get_mut(key), value) {
            (Some(Value::Object(known)), Value::Object(more)) if key == "properties" => {
                known.extend(more.clone());
            }
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Any value of a flat schema. Customer ids are those of existing customers, since amounts of
/// others are refused.
pub(crate) fn anything(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(values) = schema["enum"].as_array() {
        return prop::sample::select(values.clone()).boxed();
    }
    let some = known(schema);
    if schema["nullable"] == true {
        prop_oneof![7 => some, 1 => Just(Value::Null)].boxed()
    } else {
        some
    }
}

fn known(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(parts) = schema["oneOf"].as_array() {
        return Union::new(parts.iter().map(anything)).boxed();
    }
    match schema["type"].as_str() {
        Some("object") => object(schema, &[]),
        Some("array") => prop::collection::vec(anything(&schema["items"]), 0..4)
            .prop_map(Value::Array)
            .boxed(),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") if schema["x-revio-id"] == "CustomerId" => {
            (1001..1031_i64).prop_map(Value::from).boxed()
        }
        Some("integer") => {
            let bound =
                |key: &str, default: i32| schema[key].as_i64().unwrap_or_else(|| default.into());
            (bound("minimum", i32::MIN)..=bound("maximum", i32::MAX))
                .prop_map(Value::from)
                .boxed()
        }
        Some("number") => decimal(schema),
        Some("string") => text(schema),
        _ => Just(json!({})).boxed(),
    }
}

/// An object with its required members, the named ones, and any of the others.
pub(crate) fn object(schema: &Value, named: &[&str]) -> BoxedStrategy<Value> {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let members = schema["properties"].as_object().into_iter().flatten();
    let members: Vec<_> = members
        .map(|(name, member)| {
            let always = required.contains(&json!(name)) || named.contains(&name.as_str());
            let value = if always {
                anything(member).prop_map(Some).boxed()
            } else {
                prop::option::weighted(0.6, anything(member)).boxed()
            };
            value.prop_map({
                let name = name.clone();
                move |value| value.map(|value| (name.clone(), value))
            })
        })
        .collect();
    members
        .prop_map(|members| Value::Object(members.into_iter().flatten().collect()))
        .boxed()
}

fn decimal(schema: &Value) -> BoxedStrategy<Value> {
    let bound = |key: &str| schema[key].as_i64();
    let (least, most) = (bound("minimum"), bound("maximum"));
    let number = |text: String| Value::Number(text.parse::<Number>().expect("a number"));
    if least.is_some() || most.is_some() {
        let whole = least.unwrap_or(-1_000_000) + 1..most.unwrap_or(1_000_000);
        return (whole, 0..10_000_u32)
            .prop_map(move |(whole, rest)| number(format!("{whole}.{rest:04}")))
            .boxed();
    }
    (any::<i64>(), 0..12_usize)
        .prop_map(move |(digits, places)| {
            let sign = if digits < 0 { "-" } else { "" };
            let digits = format!("{:0>width$}", digits.unsigned_abs(), width = places + 1);
            let (whole, rest) = digits.split_at(digits.len() - places);
            let point = if rest.is_empty() { "" } else { "." };
            number(format!("{sign}{whole}{point}{rest}"))
        })
        .boxed()
}

fn text(schema: &Value) -> BoxedStrategy<Value> {
    let date = "20[0-4][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
    match schema["format"].as_str() {
        Some("date") => date.prop_map(Value::from).boxed(),
        Some("date-time") => {
            let time = "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
            let moments = format!("{date}({time})?").leak();
            prop_oneof![9 => (moments as &str).prop_map(Value::from), 1 => Just(json!("0001-01-01T00:00:00"))]
                .boxed()
        }
        _ => {
            let most = schema["maxLength"].as_u64().unwrap_or(40).min(40);
            prop::collection::vec(any::<char>(), 0..=usize::try_from(most).expect("small"))
                .prop_map(|letters| Value::from(letters.into_iter().collect::<String>()))
                .boxed()
        }
    }
}
