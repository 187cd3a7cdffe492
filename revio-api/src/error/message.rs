//! The server's own words, out of whatever shape they come in.
//!
//! The vendor documents no error body. Integrators met arrays of objects, objects and plain text; gateways answer HTML.

use serde_json::Value;

use super::BODY_KEPT;

/// Longest message that is handed out, in characters.
const LONGEST: usize = 500;

/// Keys that hold a message, compared without case, underscores and dashes; the first that is there wins.
const MESSAGE_KEYS: [&str; 11] = [
    "message",
    "errormessage",
    "error",
    "errors",
    "errordescription",
    "exceptionmessage",
    "detail",
    "description",
    "title",
    "reason",
    "reasons",
];

/// The message of an error body, or `None` when there is none.
pub(super) fn extract(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}');
    // No message of an error is that long, and a tree of something else would need many times its memory.
    if body.len() > BODY_KEPT && text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let found = match serde_json::from_str::<Value>(text) {
        Ok(value) => from_json(&value, 0)?,
        Err(_) if looks_like_html(text) => from_html(text),
        Err(_) => text.to_owned(),
    };
    let found = squeeze(&found);
    (!found.is_empty()).then_some(found)
}

/// A message that is text already.
pub(super) fn plain(text: &str) -> Option<String> {
    Some(squeeze(text)).filter(|text| !text.is_empty())
}

/// Looks for a message in JSON; a handful of levels is as deep as any error body goes.
fn from_json(value: &Value, depth: u8) -> Option<String> {
    if depth > 4 {
        return None;
    }
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => join(items.iter().filter_map(|item| from_json(item, depth + 1))),
        Value::Object(fields) => {
            let by_key = MESSAGE_KEYS.iter().find_map(|wanted| {
                let (_, value) = fields.iter().find(|(key, _)| normal(key) == *wanted)?;
                from_json(value, depth + 1).filter(|text| !text.trim().is_empty())
            });
            // Below `errors` there is often one key for each field that is wrong.
            by_key.or_else(|| {
                let nested = fields
                    .values()
                    .filter(|value| value.is_array() || value.is_object());
                (depth > 0)
                    .then(|| join(nested.filter_map(|value| from_json(value, depth + 1))))
                    .flatten()
            })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn normal(key: &str) -> String {
    key.chars()
        .filter(|character| !matches!(character, '_' | '-'))
        .map(|character| character.to_ascii_lowercase())
        .collect()
}

fn join(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.take(10).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn looks_like_html(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// The title of a page, or else its text.
fn from_html(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|tag| {
        let start = tag + lower[tag..].find('>')? + 1;
        let end = start + lower[start..].find("</title")?;
        Some(&html[start..end])
    });
    title
        .filter(|title| !title.trim().is_empty())
        .map_or_else(|| without_tags(html), str::to_owned)
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    for (index, part) in html.split('<').enumerate() {
        let content = if index == 0 {
            part
        } else {
            part.split_once('>').map_or("", |(_, content)| content)
        };
        text.push_str(content);
        text.push(' ');
    }
    text
}

/// One line without control characters, capped.
fn squeeze(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|w| !w.is_empty())
        .collect();
    words.join(" ").chars().take(LONGEST).collect()
}
