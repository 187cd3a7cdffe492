//! A look at a value without a validator: most candidates are out at once, and writing a schema out and
//! reading it for each would take longer than the whole comparison.

use std::cell::Cell;

use serde_json::Value;

use super::formats;
use crate::canonical::{At, Schema, Tree};
use api_schema_text::{Node, Value as Written};

/// How many schemas may hold for one value at once, one within the other.
const DEPTH: usize = 40;

/// How many nodes are looked at for one value, and for all of them.
const NODES: usize = 20_000;
const TOTAL: usize = 200 * NODES;

/// Looks at values.
pub(super) struct Check {
    /// How many nodes may still be looked at.
    left: Cell<usize>,
}

impl Check {
    pub(super) fn new() -> Self {
        let left = Cell::new(TOTAL);
        Self { left }
    }

    /// Whether a schema accepts a value. Nothing where only a validator can tell.
    pub(super) fn schema(&self, tree: &Tree<'_>, schema: Schema, value: &Value) -> Option<bool> {
        let given = NODES.min(self.left.get());
        let mut look = Look { tree, left: given };
        let parts = tree.parts(schema);
        let accepts = all(parts.iter().map(|&part| look.node(part, value, DEPTH)));
        self.left.set(self.left.get() - (given - look.left));
        accepts
    }
}

/// A look at one value.
struct Look<'t, 'a> {
    tree: &'t Tree<'a>,
    left: usize,
}

impl<'a> Look<'_, 'a> {
    fn node(&mut self, at: At<'a>, value: &Value, depth: usize) -> Option<bool> {
        self.left = self.left.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        let Written::Object(_) = &at.node.value else {
            return at.node.as_bool();
        };
        let target = match at.str("$ref") {
            Some(text) => {
                let target = self.tree.resolve(at, text)?;
                let accepts = self.node(target, value, depth);
                if accepts == Some(false) || self.tree.is_old_dialect(at.document) {
                    return accepts;
                }
                accepts
            }
            None => Some(true),
        };
        if value.is_null() && at.flag("nullable") == Some(true) {
            return target;
        }
        let own = all(at
            .entries()
            .map(|(key, stated)| self.keyword(at, key, stated, value, depth)));
        all([target, own].into_iter())
    }

    fn keyword(
        &mut self,
        at: At<'a>,
        key: &str,
        stated: At<'a>,
        value: &Value,
        depth: usize,
    ) -> Option<bool> {
        match key {
            "allOf" => all(stated.items().map(|it| self.node(it, value, depth))),
            "anyOf" => any(stated.items().map(|it| self.node(it, value, depth))),
            "oneOf" => self.one_of(stated, value, depth),
            "not" => self.node(stated, value, depth).map(|accepts| !accepts),
            "if"
            | "then"
            | "else"
            | "contains"
            | "minContains"
            | "maxContains"
            | "propertyNames"
            | "unevaluatedProperties"
            | "unevaluatedItems"
            | "patternProperties"
            | "dependentSchemas"
            | "dependentRequired"
            | "multipleOf" => None,
            "pattern" => (!value.is_string()).then_some(true),
            "format" => format(stated.node.as_str().unwrap_or_default(), value),
            "type" => Some(match &stated.node.value {
                Written::Array(kinds) => kinds.iter().any(|kind| is_of(value, kind.as_str())),
                _ => is_of(value, stated.node.as_str()),
            }),
            "enum" => Some(stated.items().any(|it| same(it.node, value))),
            "const" => Some(same(stated.node, value)),
            "minimum" => limit(stated, value, |limit, it| {
                it > limit || it >= limit && at.flag("exclusiveMinimum") != Some(true)
            }),
            "maximum" => limit(stated, value, |limit, it| {
                it < limit || it <= limit && at.flag("exclusiveMaximum") != Some(true)
            }),
            "exclusiveMinimum" => limit(stated, value, |limit, it| it > limit),
            "exclusiveMaximum" => limit(stated, value, |limit, it| it < limit),
            "minLength" | "minItems" | "minProperties" => {
                size(key, value).map_or(Some(true), |size| Some(size >= number(stated)?))
            }
            "maxLength" | "maxItems" | "maxProperties" => {
                size(key, value).map_or(Some(true), |size| Some(size <= number(stated)?))
            }
            "uniqueItems" if stated.node.as_bool() == Some(true) => has_no_twins(value),
            "required" => Some(value.as_object().is_none_or(|fields| {
                let mut names = stated.items().filter_map(|it| it.node.as_str());
                names.all(|name| fields.contains_key(name))
            })),
            "properties" => {
                let fields = value.as_object().into_iter().flatten();
                all(fields.map(|(name, field)| {
                    let inner = stated.child(name);
                    inner.map_or(Some(true), |inner| self.node(inner, field, DEPTH))
                }))
            }
            "additionalProperties" => {
                let fields = value.as_object().into_iter().flatten();
                if at.child("patternProperties").is_some() {
                    return value.as_object().is_none().then_some(true);
                }
                let named = at.child("properties");
                let others =
                    fields.filter(|(name, _)| named.and_then(|it| it.child(name)).is_none());
                all(others.map(|(_, field)| self.node(stated, field, DEPTH)))
            }
            "items" | "prefixItems" | "additionalItems" => self.items(at, key, stated, value),
            _ => Some(true),
        }
    }

    fn one_of(&mut self, stated: At<'a>, value: &Value, depth: usize) -> Option<bool> {
        let mut count = 0;
        let mut unsure = false;
        for variant in stated.items() {
            match self.node(variant, value, depth) {
                Some(true) => count += 1,
                Some(false) => {}
                None => unsure = true,
            }
        }
        match (count, unsure) {
            (2.., _) => Some(false),
            (_, true) => None,
            (count, false) => Some(count == 1),
        }
    }

    fn items(&mut self, at: At<'a>, key: &str, stated: At<'a>, value: &Value) -> Option<bool> {
        let list = value.as_array().map_or(&[][..], Vec::as_slice);
        let of_list = |key: &str| at.child(key).and_then(|it| it.node.as_array());
        if key == "prefixItems" || stated.node.as_array().is_some() {
            let both = stated.items().zip(list);
            return all(both.map(|(inner, item)| self.node(inner, item, DEPTH)));
        }
        let skipped = match key {
            "additionalItems" => match of_list("items") {
                Some(positions) => positions.len(),
                None => return Some(true),
            },
            _ => of_list("prefixItems").map_or(0, <[_]>::len),
        };
        let rest = list.iter().skip(skipped);
        all(rest.map(|item| self.node(stated, item, DEPTH)))
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

fn any(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    all(answers.map(|answer| answer.map(|accepts| !accepts))).map(|none| !none)
}

/// Whether a value is of a format, where that is known without looking closely.
fn format(format: &str, value: &Value) -> Option<bool> {
    match (formats::exported(format), value) {
        (Some(keywords), Value::Number(_)) => {
            let edge = |key: &str| keywords.get(key).and_then(Value::as_f64);
            let number = value.as_f64()?;
            let close = |edge: Option<f64>| edge.is_some_and(|edge| (edge - number).abs() < 1e4);
            if close(edge("minimum")) || close(edge("maximum")) {
                return None;
            }
            let low = edge("minimum").is_none_or(|edge| number >= edge);
            Some(low && edge("maximum").is_none_or(|edge| number <= edge))
        }
        (Some(keywords), Value::String(text)) if keywords.get("minimum").is_none() => {
            (formats::sample(format) == Some(text.as_str())).then_some(true)
        }
        _ => Some(true),
    }
}

fn is_of(value: &Value, kind: Option<&str>) -> bool {
    match kind {
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

/// Whether a node says the value.
fn same(node: &Node, value: &Value) -> bool {
    match (&node.value, value) {
        (Written::Null, Value::Null) => true,
        (Written::Bool(a), Value::Bool(b)) => a == b,
        (Written::String(a), Value::String(b)) => a == b,
        (Written::Number(digits), Value::Number(_)) => digits.parse().ok() == value.as_f64(),
        (Written::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Written::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(&key.name).is_some_and(|b| same(a, b)))
        }
        _ => false,
    }
}

/// Nothing where there are too many to compare each with each.
fn has_no_twins(value: &Value) -> Option<bool> {
    let list = value.as_array().map_or(&[][..], Vec::as_slice);
    let twins = |(index, item): (usize, &Value)| list[..index].contains(item);
    (list.len() < 100).then(|| !list.iter().enumerate().any(twins))
}

fn number(stated: At<'_>) -> Option<f64> {
    match &stated.node.value {
        Written::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// A limit of numbers; others are not concerned.
fn limit(stated: At<'_>, value: &Value, holds: impl Fn(f64, f64) -> bool) -> Option<bool> {
    let Some(it) = value.as_f64() else {
        return Some(true);
    };
    // In OpenAPI 3.0 a boolean says how to read the other keyword.
    number(stated).map_or(Some(true), |limit| Some(holds(limit, it)))
}

/// What a keyword counts; nothing where it isn't concerned.
#[allow(clippy::cast_precision_loss, reason = "values are small")]
fn size(key: &str, value: &Value) -> Option<f64> {
    let size = match (key, value) {
        ("minLength" | "maxLength", Value::String(text)) => text.chars().count(),
        ("minItems" | "maxItems", Value::Array(items)) => items.len(),
        ("minProperties" | "maxProperties", Value::Object(fields)) => fields.len(),
        _ => return None,
    };
    Some(size as f64)
}
