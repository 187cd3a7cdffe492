//! Ways to write the same down in other words.

use serde_json::{Map, Value, json};

use crate::documents::each_schema;

/// Rewrites a document wherever it is told to, place by place.
pub(crate) struct Rewrite {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&mut Value, &mut dyn FnMut() -> bool),
}

pub(crate) const REWRITES: &[Rewrite] = &[
    Rewrite {
        name: "allOf of one",
        run: |document, here| wrapped(document, "allOf", here),
    },
    Rewrite {
        name: "oneOf of one",
        run: |document, here| wrapped(document, "oneOf", here),
    },
    Rewrite {
        name: "anyOf of one",
        run: |document, here| wrapped(document, "anyOf", here),
    },
    Rewrite {
        name: "references written out",
        run: written_out,
    },
    Rewrite {
        name: "schemas given a name",
        run: extracted,
    },
    Rewrite {
        name: "components renamed",
        run: renamed,
    },
    Rewrite {
        name: "fields spread over allOf",
        run: spread,
    },
    Rewrite {
        name: "null as a type",
        run: null_as_a_type,
    },
    Rewrite {
        name: "types as lists, single values as constants",
        run: as_in_3_1,
    },
    Rewrite {
        name: "lists of values as choices",
        run: values_as_choices,
    },
    Rewrite {
        name: "parameters inherited",
        run: inherited_parameters,
    },
    Rewrite {
        name: "security of each operation",
        run: own_security,
    },
];

/// The schema under another one that only wraps it.
fn wrapped(document: &mut Value, key: &str, here: &mut dyn FnMut() -> bool) {
    each_schema(document, &mut |schema| {
        if here() {
            let inner = schema.take();
            *schema = json!({ key: [inner] });
        }
    });
}

fn written_out(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    let schemas = document["components"]["schemas"].clone();
    each_schema(document, &mut |schema| {
        let name = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next());
        if let Some(target) = name.and_then(|name| schemas.get(name))
            && here()
        {
            *schema = target.clone();
        }
    });
}

fn extracted(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    let mut extracted = Map::new();
    let known = components(document).len();
    each_schema(document, &mut |schema| {
        let named = schema.get("$ref").is_some() || schema.get("type") == Some(&json!("object"));
        if !named && here() {
            let name = format!("Extracted{}", known + extracted.len());
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            extracted.insert(name, std::mem::replace(schema, reference));
        }
    });
    components(document).extend(extracted);
}

fn renamed(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    let names: Vec<String> = components(document).keys().cloned().collect();
    for name in names {
        // A name that no earlier turn has given.
        let mut new = format!("New{name}");
        while components(document).contains_key(&new) {
            new.insert_str(0, "New");
        }
        if here() {
            let reference = |name: &str| format!("\"#/components/schemas/{name}\"");
            let text = document.to_string();
            let text = text.replace(&reference(&name), &reference(&new));
            *document = serde_json::from_str(&text).expect("JSON");
            let schemas = components(document);
            let schema = schemas.remove(&name).expect("it is there");
            schemas.insert(new, schema);
        }
    }
}

fn spread(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    each_schema(document, &mut |schema| {
        let closed = schema.get("additionalProperties").is_some();
        let Some(map) = schema.as_object_mut().filter(|_| !closed) else {
            return;
        };
        let fields = map.get("properties").and_then(Value::as_object);
        if fields.is_none_or(|fields| fields.len() < 2) || !here() {
            return;
        }
        let fields = map.remove("properties").expect("fields");
        let fields = fields.as_object().expect("an object").iter();
        let (odd, even): (Vec<_>, Vec<_>) =
            fields.enumerate().partition(|(index, _)| index % 2 == 1);
        let part = |fields: Vec<(usize, (&String, &Value))>| -> Value {
            let fields = fields.into_iter().map(|(_, it)| it);
            let fields: Map<_, _> = fields.map(|(k, v)| (k.clone(), v.clone())).collect();
            json!({ "type": "object", "properties": fields })
        };
        let parts = map.entry("allOf").or_insert_with(|| json!([]));
        let parts = parts.as_array_mut().expect("a list");
        parts.extend([part(odd), part(even)]);
    });
}

fn null_as_a_type(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    document["openapi"] = json!("3.1.0");
    each_schema(document, &mut |schema| {
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        if map.get("nullable") != Some(&json!(true)) || !here() {
            return;
        }
        map.remove("nullable");
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
}

fn as_in_3_1(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    document["openapi"] = json!("3.1.0");
    each_schema(document, &mut |schema| {
        let Some(map) = schema.as_object_mut().filter(|_| here()) else {
            return;
        };
        if let Some(Value::String(kind)) = map.get("type").cloned() {
            map.insert("type".to_owned(), json!([kind]));
        }
        let single = map.get("enum").and_then(Value::as_array);
        if let Some([value]) = single.map(Vec::as_slice) {
            let value = value.clone();
            map.remove("enum");
            map.insert("const".to_owned(), value);
        }
    });
}

fn values_as_choices(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    each_schema(document, &mut |schema| {
        let Some(values) = schema.get("enum").and_then(Value::as_array).cloned() else {
            return;
        };
        if schema.get("oneOf").is_some() || !here() {
            return;
        }
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
}

fn inherited_parameters(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    for item in document["paths"]
        .as_object_mut()
        .expect("paths")
        .values_mut()
    {
        let methods = item.as_object_mut().expect("an item");
        if methods.len() == 1 && here() {
            let operation = methods.values_mut().next().expect("one");
            let operation = operation.as_object_mut();
            let parameters = operation.and_then(|it| it.remove("parameters"));
            methods.extend(parameters.map(|it| ("parameters".to_owned(), it)));
        }
    }
}

fn own_security(document: &mut Value, here: &mut dyn FnMut() -> bool) {
    let security = document["security"].clone();
    for item in document["paths"]
        .as_object_mut()
        .expect("paths")
        .values_mut()
    {
        for (key, operation) in item.as_object_mut().expect("an item") {
            if key != "parameters" && here() {
                operation["security"] = security.clone();
            }
        }
    }
}

/// Everything that has no order, the other way round.
pub(crate) fn reverse(document: &mut Value) {
    turn(document, "");
}

fn turn(value: &mut Value, key: &str) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                turn(inner, key);
            }
            *map = std::mem::take(map).into_iter().rev().collect();
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

fn components(document: &mut Value) -> &mut Map<String, Value> {
    let schemas = document["components"]["schemas"].as_object_mut();
    schemas.expect("schemas")
}
