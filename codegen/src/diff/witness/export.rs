//! A schema for a validator, with the parts that matter for one value.
//!
//! References are written out as far as the value goes, so that circles end; fields that the value
//! doesn't have are left out. `nullable` and the other words of `OpenAPI` 3.0 become JSON Schema.

use serde_json::{Map, Value, json};

use super::super::canonical::{At, Schema, Tree};
use crate::load::{Node, Value as Tree_};

/// How many schemas may hold for one value at once, one within the other.
const DEPTH: usize = 40;

/// The schema, as far as it matters for the value.
pub(super) fn export(tree: &Tree<'_>, schema: Schema, value: &Value) -> Option<Value> {
    let parts = tree.parts(schema);
    let parts: Option<Vec<Value>> = parts
        .iter()
        .map(|&part| one(tree, part, Some(value), DEPTH))
        .collect();
    Some(json!({ "allOf": parts? }))
}

/// One node. Without a value everything in it is written out.
fn one<'a>(tree: &Tree<'a>, at: At<'a>, value: Option<&Value>, depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    let Tree_::Object(_) = &at.node.value else {
        return at.node.as_bool().map(Value::Bool);
    };
    if let Some(text) = at.str("$ref") {
        let target = one(tree, tree.resolve(at, text)?, value, depth)?;
        if tree.is_old_dialect(at.document) {
            return Some(target);
        }
        let own = keywords(tree, at, value, depth)?;
        return Some(json!({ "allOf": [target, own] }));
    }
    let own = keywords(tree, at, value, depth)?;
    if at.flag("nullable") == Some(true) {
        return Some(json!({ "anyOf": [{ "type": "null" }, own] }));
    }
    Some(own)
}

fn keywords<'a>(tree: &Tree<'a>, at: At<'a>, value: Option<&Value>, depth: usize) -> Option<Value> {
    let mut out = Map::new();
    for (key, inner) in at.entries() {
        match key {
            "allOf" | "anyOf" | "oneOf" => {
                let list: Option<Vec<Value>> = inner
                    .items()
                    .map(|it| one(tree, it, value, depth))
                    .collect();
                out.insert(key.to_owned(), Value::Array(list?));
            }
            "not" | "if" | "then" | "else" => {
                out.insert(key.to_owned(), one(tree, inner, value, depth)?);
            }
            "contains" | "propertyNames" | "unevaluatedProperties" | "unevaluatedItems" => {
                out.insert(key.to_owned(), one(tree, inner, None, depth)?);
            }
            "properties" => {
                out.insert(key.to_owned(), fields(tree, inner, value, depth)?);
            }
            "patternProperties" | "dependentSchemas" => {
                out.insert(key.to_owned(), fields(tree, inner, None, depth)?);
            }
            "additionalProperties" => {
                let others = value.and_then(Value::as_object).map(|map| {
                    let named = at.child("properties");
                    map.iter()
                        .filter(|(name, _)| named.and_then(|it| it.child(name)).is_none())
                        .map(|(_, value)| value)
                        .collect::<Vec<_>>()
                });
                let shown = match others.as_deref() {
                    // Nothing else is there to be looked at.
                    Some([]) => continue,
                    Some([only]) => Some(*only),
                    _ => None,
                };
                out.insert(key.to_owned(), one(tree, inner, shown, depth)?);
            }
            "items" | "prefixItems" | "additionalItems" => {
                items(tree, at, key, inner, value, depth, &mut out)?;
            }
            // In OpenAPI 3.0 they say how to read the other keyword.
            "exclusiveMinimum" | "exclusiveMaximum" if inner.node.as_bool().is_none() => {
                out.insert(key.to_owned(), data(inner.node)?);
            }
            "minimum" | "maximum" => {
                let strict = if key == "minimum" {
                    "exclusiveMinimum"
                } else {
                    "exclusiveMaximum"
                };
                let name = if at.flag(strict) == Some(true) {
                    strict
                } else {
                    key
                };
                out.insert(name.to_owned(), data(inner.node)?);
            }
            "type" | "enum" | "const" | "required" | "multipleOf" | "minLength" | "maxLength"
            | "pattern" | "minItems" | "maxItems" | "uniqueItems" | "minProperties"
            | "maxProperties" | "dependentRequired" | "minContains" | "maxContains" => {
                out.insert(key.to_owned(), data(inner.node)?);
            }
            _ => {}
        }
    }
    Some(Value::Object(out))
}

/// The schemas of the fields that the value has.
fn fields<'a>(tree: &Tree<'a>, map: At<'a>, value: Option<&Value>, depth: usize) -> Option<Value> {
    let mut out = Map::new();
    for (name, inner) in map.entries() {
        let field = value.map(|value| value.get(name));
        let schema = match field {
            // What isn't there can't be wrong.
            Some(None) => continue,
            Some(Some(field)) => one(tree, inner, Some(field), DEPTH)?,
            None => one(tree, inner, None, depth)?,
        };
        out.insert(name.to_owned(), schema);
    }
    Some(Value::Object(out))
}

/// Items with positions and the rest, in the words of the newest JSON Schema.
fn items<'a>(
    tree: &Tree<'a>,
    at: At<'a>,
    key: &str,
    inner: At<'a>,
    value: Option<&Value>,
    depth: usize,
    out: &mut Map<String, Value>,
) -> Option<()> {
    let list = value.and_then(Value::as_array);
    let is_list = inner.node.as_array().is_some();
    let name = match key {
        "items" if is_list => "prefixItems",
        "additionalItems" => "items",
        key => key,
    };
    let ignored = key == "additionalItems"
        && at
            .child("items")
            .is_none_or(|it| it.node.as_array().is_none());
    if ignored || list.is_some_and(Vec::is_empty) {
        return Some(());
    }
    let schema = if is_list {
        let each: Option<Vec<Value>> = inner
            .items()
            .enumerate()
            .map(|(index, it)| one(tree, it, list.and_then(|list| list.get(index)), depth))
            .collect();
        Value::Array(each?)
    } else {
        // All items have the same schema: with one of them, only what matters for that one.
        let shown = list.and_then(|list| if list.len() == 1 { list.first() } else { None });
        one(tree, inner, shown, depth)?
    };
    out.insert(name.to_owned(), schema);
    Some(())
}

/// A node as data.
pub(super) fn data(node: &Node) -> Option<Value> {
    Some(match &node.value {
        Tree_::Null => Value::Null,
        Tree_::Bool(value) => Value::Bool(*value),
        Tree_::Number(digits) => serde_json::from_str(digits).ok()?,
        Tree_::String(text) => Value::String(text.clone()),
        Tree_::Array(items) => items.iter().map(data).collect::<Option<Value>>()?,
        Tree_::Object(entries) => {
            let fields = entries.iter();
            let fields = fields.map(|(key, node)| Some((key.name.clone(), data(node)?)));
            Value::Object(fields.collect::<Option<Map<_, _>>>()?)
        }
    })
}
