//! A schema for a validator, with the parts that matter for one value.
//!
//! References are written out as far as the value goes, so that circles end; fields that the value
//! doesn't have are left out. `nullable` and the other words of `OpenAPI` 3.0 become JSON Schema, and
//! formats what a validator makes of them.

use serde_json::{Map, Value, json};

use super::formats;
use crate::canonical::{At, Schema, Tree};
use api_schema_text::{Node, Value as Written};

/// How many schemas may hold for one value at once, one within the other.
const DEPTH: usize = 40;

/// How many nodes one schema may have.
const NODES: usize = 20_000;

/// The schema, as far as it matters for the value.
pub(super) fn export(tree: &Tree<'_>, schema: Schema, value: &Value) -> Option<Value> {
    let mut export = Export { tree, left: NODES };
    let parts = tree.parts(schema);
    let parts: Option<Vec<Value>> = parts
        .iter()
        .map(|&part| export.node(part, &[value], DEPTH))
        .collect();
    Some(json!({ "allOf": parts? }))
}

struct Export<'t, 'a> {
    tree: &'t Tree<'a>,
    left: usize,
}

impl<'a> Export<'_, 'a> {
    /// One node, for some values that it is to be asked about.
    fn node(&mut self, at: At<'a>, values: &[&Value], depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        let Written::Object(_) = &at.node.value else {
            return at.node.as_bool().map(Value::Bool);
        };
        if let Some(text) = at.str("$ref") {
            let target = self.tree.resolve(at, text)?;
            let target = self.node(target, values, depth)?;
            if self.tree.is_old_dialect(at.document) {
                return Some(target);
            }
            let own = self.keywords(at, values, depth)?;
            return Some(match own.as_object() {
                Some(own) if own.is_empty() => target,
                _ => json!({ "allOf": [target, own] }),
            });
        }
        let own = self.keywords(at, values, depth)?;
        if at.flag("nullable") == Some(true) {
            return Some(json!({ "anyOf": [{ "type": "null" }, own] }));
        }
        Some(own)
    }

    fn keywords(&mut self, at: At<'a>, values: &[&Value], depth: usize) -> Option<Value> {
        let mut out = Map::new();
        for (key, inner) in at.entries() {
            match key {
                "allOf" | "anyOf" | "oneOf" => {
                    let parts = inner.items().map(|it| self.node(it, values, depth));
                    let parts: Vec<Value> = parts.collect::<Option<_>>()?;
                    if !parts.is_empty() {
                        let all = out.entry(key).or_insert_with(|| json!([]));
                        all.as_array_mut()?.extend(parts);
                    }
                }
                "not" | "if" | "then" | "else" => {
                    out.insert(key.to_owned(), self.node(inner, values, depth)?);
                }
                "contains" | "unevaluatedItems" => {
                    let items: Vec<&Value> = lists(values).flatten().collect();
                    out.insert(key.to_owned(), self.node(inner, &items, depth)?);
                }
                "propertyNames" => {
                    let names = objects(values).flat_map(Map::keys);
                    let names: Vec<Value> = names.map(|name| json!(name)).collect();
                    let names: Vec<&Value> = names.iter().collect();
                    out.insert(key.to_owned(), self.node(inner, &names, depth)?);
                }
                "unevaluatedProperties" | "additionalProperties" => {
                    let named = at.child("properties");
                    let named = |name: &str| named.and_then(|it| it.child(name)).is_some();
                    let others = objects(values).flatten();
                    let others: Vec<&Value> = others
                        .filter(|(name, _)| !named(name))
                        .map(|(_, value)| value)
                        .collect();
                    // Where nothing else is there, there is nothing to look at.
                    if !others.is_empty() {
                        out.insert(key.to_owned(), self.node(inner, &others, depth)?);
                    }
                }
                "properties" => {
                    let mut fields = Map::new();
                    for (name, inner) in inner.entries() {
                        let found = objects(values).filter_map(|fields| fields.get(name));
                        let found: Vec<&Value> = found.collect();
                        // What isn't there can't be wrong.
                        if !found.is_empty() {
                            fields.insert(name.to_owned(), self.node(inner, &found, DEPTH)?);
                        }
                    }
                    out.insert(key.to_owned(), Value::Object(fields));
                }
                "patternProperties" => {
                    let all: Vec<&Value> = objects(values).flat_map(Map::values).collect();
                    self.map(key, inner, &all, depth, &mut out)?;
                }
                "dependentSchemas" => self.map(key, inner, values, depth, &mut out)?,
                "items" | "prefixItems" | "additionalItems" => {
                    self.items(at, key, inner, values, &mut out)?;
                }
                "format" => {
                    let name = inner.node.as_str().unwrap_or_default();
                    if let Some(keywords) = formats::exported(name) {
                        let all = out.entry("allOf").or_insert_with(|| json!([]));
                        all.as_array_mut()?.push(keywords);
                    }
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
                "type" | "enum" | "const" | "required" | "multipleOf" | "minLength"
                | "maxLength" | "pattern" | "minItems" | "maxItems" | "uniqueItems"
                | "minProperties" | "maxProperties" | "dependentRequired" | "minContains"
                | "maxContains" => {
                    out.insert(key.to_owned(), data(inner.node)?);
                }
                _ => {}
            }
        }
        Some(Value::Object(out))
    }

    /// Schemas by a name that isn't one of the value's own fields.
    fn map(
        &mut self,
        key: &str,
        map: At<'a>,
        values: &[&Value],
        depth: usize,
        out: &mut Map<String, Value>,
    ) -> Option<()> {
        let mut schemas = Map::new();
        for (name, inner) in map.entries() {
            schemas.insert(name.to_owned(), self.node(inner, values, depth)?);
        }
        out.insert(key.to_owned(), Value::Object(schemas));
        Some(())
    }

    /// Items with positions and the rest, in the words of the newest JSON Schema.
    fn items(
        &mut self,
        at: At<'a>,
        key: &str,
        inner: At<'a>,
        values: &[&Value],
        out: &mut Map<String, Value>,
    ) -> Option<()> {
        let is_list = inner.node.as_array().is_some();
        let name = match key {
            "items" if is_list => "prefixItems",
            "additionalItems" => "items",
            key => key,
        };
        let positions = at.child("items").and_then(|it| it.node.as_array());
        if key == "additionalItems" && positions.is_none() {
            return Some(());
        }
        let schema = if is_list {
            let each = inner.items().enumerate().map(|(index, it)| {
                let items: Vec<&Value> = lists(values).filter_map(|list| list.get(index)).collect();
                self.node(it, &items, DEPTH)
            });
            Value::Array(each.collect::<Option<_>>()?)
        } else {
            let items: Vec<&Value> = lists(values).flatten().collect();
            if items.is_empty() {
                return Some(());
            }
            self.node(inner, &items, DEPTH)?
        };
        out.insert(name.to_owned(), schema);
        Some(())
    }
}

fn objects<'v>(values: &[&'v Value]) -> impl Iterator<Item = &'v Map<String, Value>> {
    values.iter().filter_map(|value| value.as_object())
}

fn lists<'v>(values: &[&'v Value]) -> impl Iterator<Item = &'v Vec<Value>> {
    values.iter().filter_map(|value| value.as_array())
}

/// A node as data.
pub(super) fn data(node: &Node) -> Option<Value> {
    Some(match &node.value {
        Written::Null => Value::Null,
        Written::Bool(value) => Value::Bool(*value),
        Written::Number(digits) => serde_json::from_str(digits).ok()?,
        Written::String(text) => Value::String(text.clone()),
        Written::Array(items) => items.iter().map(data).collect::<Option<Value>>()?,
        Written::Object(entries) => {
            let fields = entries.iter();
            let fields = fields.map(|(key, node)| Some((key.name.clone(), data(node)?)));
            Value::Object(fields.collect::<Option<Map<_, _>>>()?)
        }
    })
}
