//! Documentation comments as tokens.
//!
//! Texts come from the schema and could hold anything: each line becomes one `#[doc]` attribute
//! without control characters, and what Markdown would read as a link or as HTML is escaped.

use syn::{Attribute, parse_quote};

use crate::model::Evidence;

/// Columns after which a line is wrapped.
const WIDTH: usize = 96;

/// The documentation of a field: what it is, and the evidence unless it is documented.
pub fn field(description: &str, evidence: Evidence) -> Vec<Attribute> {
    let mut text = description.trim().to_owned();
    if evidence != Evidence::Documented {
        text.push_str(" *(");
        text.push_str(evidence.as_str());
        text.push_str(")*");
    }
    paragraphs(&text)
}

/// Paragraphs of prose.
pub fn paragraphs(text: &str) -> Vec<Attribute> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        let words = prose(paragraph);
        if words.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(&words));
    }
    lines.iter().map(|line| attribute(line)).collect()
}

/// Prose in one line, for a macro that documents what it writes.
pub fn sentence(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !is_hidden(*c) || c.is_whitespace())
        .collect();
    prose(&text)
}

/// One line exactly as given, for code and fences of our own making.
pub fn verbatim(line: &str) -> Attribute {
    attribute(line)
}

fn attribute(line: &str) -> Attribute {
    let line: String = line.chars().filter(|c| !is_hidden(*c)).collect();
    let line = if line.is_empty() {
        line
    } else {
        format!(" {line}")
    };
    parse_quote!(#[doc = #line])
}

/// Control characters, and those that change the direction of text, could make a reader see
/// something else than what is there.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Escapes what Markdown would take for a link or HTML outside code spans.
fn prose(text: &str) -> String {
    let balanced = text.matches('`').count() % 2 == 0;
    let mut escaped = String::with_capacity(text.len());
    let mut code = false;
    for c in text.chars() {
        match c {
            '`' if balanced => {
                code = !code;
                escaped.push(c);
            }
            '`' | '[' | ']' | '<' | '>' if !code => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if c.is_whitespace() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn wrap(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            // A line that starts like a list, quote or heading would be read as one.
            Some(line) if word.starts_with(['-', '+', '#', '>', '*', '=']) || is_numbered(word) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn is_numbered(word: &str) -> bool {
    word.trim_end_matches(['.', ')']).len() < word.len()
        && word
            .trim_end_matches(['.', ')'])
            .chars()
            .all(|c| c.is_ascii_digit())
}
