//! Keywords that stand there and restrict nothing: `then` without `if`, `minContains` without
//! `contains`, names that nothing depends on.

use super::super::view::is_annotation;
use api_schema_text::{Node, Value};

/// Whether the schema accepts everything, as far as it says itself.
pub(super) fn accepts_all(node: &Node) -> bool {
    match &node.value {
        Value::Bool(accepts) => *accepts,
        Value::Object(entries) => entries.iter().all(|(key, _)| is_annotation(&key.name)),
        _ => false,
    }
}

/// Whether the schema accepts nothing, as far as it says itself.
pub(super) fn accepts_none(node: &Node) -> bool {
    matches!(node.value, Value::Bool(false)) || node.get("not").is_some_and(accepts_all)
}

/// Whether a keyword of this schema restricts nothing.
pub(super) fn is_idle(schema: &Node, key: &str, value: &Node) -> bool {
    match key {
        "not" => accepts_none(value),
        "if" => !works(schema, "then") && !works(schema, "else"),
        "then" | "else" => schema.get("if").is_none() || accepts_all(value),
        "contains" => contains_any(schema),
        "minContains" => schema.get("contains").is_none() || contains_any(schema) || is(value, "1"),
        "maxContains" => schema.get("contains").is_none(),
        "propertyNames" | "unevaluatedProperties" | "unevaluatedItems" | "contentSchema" => {
            accepts_all(value)
        }
        "patternProperties" => value.entries().len() == 0,
        "dependentRequired" | "dependentSchemas" | "dependencies" => {
            value.entries().all(|(key, needed)| match &needed.value {
                Value::Array(names) => names.iter().all(|it| it.as_str() == Some(&key.name)),
                _ => accepts_all(needed),
            })
        }
        _ => false,
    }
}

fn works(schema: &Node, branch: &str) -> bool {
    schema.get(branch).is_some_and(|it| !accepts_all(it))
}

/// Any number of items may fit, even none.
fn contains_any(schema: &Node) -> bool {
    let least = schema.get("minContains");
    least.is_some_and(|it| is(it, "0")) && schema.get("maxContains").is_none()
}

fn is(node: &Node, digits: &str) -> bool {
    matches!(&node.value, Value::Number(it) if it == digits)
}
