//! Nodes as JSON text: canonical for comparison, short for people.

use std::fmt::Write as _;

use super::number::Number;
use api_schema_text::{Node, Value};

/// The value on one line with sorted keys and normal numbers: equal exactly when the values are.
pub(crate) fn canonical(node: &Node) -> String {
    let mut out = String::new();
    write(&mut out, node, usize::MAX);
    out
}

/// The longest short text, in bytes.
const SHORT: usize = 160;

/// The value on one line, cut when it is long.
pub(crate) fn short(node: &Node) -> String {
    let mut out = String::new();
    write(&mut out, node, SHORT);
    if out.len() > SHORT {
        let end = (0..=SHORT - 3).rev().find(|&at| out.is_char_boundary(at));
        out.truncate(end.unwrap_or(0));
        out.push_str("...");
    }
    out
}

/// A text in JSON's quotes.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn write(out: &mut String, node: &Node, limit: usize) {
    if out.len() > limit {
        return;
    }
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => {
            let _ = write!(out, "{value}");
        }
        Value::Number(digits) => match Number::read(digits) {
            Some(number) if limit == usize::MAX => out.push_str(&number.digits()),
            _ => out.push_str(digits),
        },
        Value::String(text) => out.push_str(&quoted(text)),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(out, item, limit);
            }
            out.push(']');
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
            out.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&quoted(&key.name));
                out.push(':');
                write(out, value, limit);
            }
            out.push('}');
        }
    }
}
