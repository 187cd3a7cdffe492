//! Writes a tree as JSON text.
//!
//! Not through `serde_json::Value`: whether that keeps the order of keys, and how it holds numbers, are
//! features that any crate in the build can switch.

use crate::node::{Node, Value};

/// The tree as JSON, indented by two spaces, with a line end at the end.
pub(super) fn to_json(root: &Node) -> String {
    let mut out = String::new();
    write_node(&mut out, root, 0);
    out.push('\n');
    out
}

fn write_node(out: &mut String, node: &Node, depth: usize) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(digits) => out.push_str(digits),
        Value::String(text) => write_string(out, text),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                new_line(out, depth + 1);
                write_node(out, item, depth + 1);
            }
            new_line(out, depth);
            out.push(']');
        }
        Value::Object(entries) if entries.is_empty() => out.push_str("{}"),
        Value::Object(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                out.push(if index == 0 { '{' } else { ',' });
                new_line(out, depth + 1);
                write_string(out, &key.name);
                out.push_str(": ");
                write_node(out, value, depth + 1);
            }
            new_line(out, depth);
            out.push('}');
        }
    }
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                // All that stay under the space have two digits.
                let code = u32::from(control);
                out.push_str("\\u00");
                out.extend(
                    [code / 16, code % 16].map(|digit| char::from_digit(digit, 16).unwrap_or('0')),
                );
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
