//! A strict reader of JSON text (RFC 8259) that keeps digits as written and the place of every node.
//!
//! One pass over the bytes, since a published `OpenAPI` document can have many megabytes.

mod text;

use crate::MAX_DEPTH;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::keys::Keys;
use crate::node::{Key, Node, Pos, Value};
use crate::source::Source;

/// Reads one JSON text.
///
/// # Errors
/// A list with one diagnostic: the first thing that isn't JSON, an object with the same key twice, or
/// nesting beyond [`MAX_DEPTH`].
///
/// ```
/// use api_schema_text::{Source, json};
///
/// let source = Source { path: "a.json".to_owned(), text: "{\n  \"total\": 1.50\n}".to_owned() };
/// let document = json(&source).unwrap();
/// assert_eq!(document.root().get("total").unwrap().pos.line, 2);
/// assert_eq!(document.to_json(), "{\n  \"total\": 1.50\n}\n");
/// ```
pub fn json(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
        line_start: 0,
        continuation: 0,
    };
    match reader.document() {
        Ok(root) => Ok(Document::new(root, vec![source.path.clone()])),
        Err(defect) => Err(vec![Diagnostic {
            file: source.path.clone(),
            line: defect.line,
            rule: defect.rule,
            message: defect.message,
            help: defect.help,
        }]),
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Next byte.
    at: usize,
    line: u32,
    /// First byte of the current line.
    line_start: usize,
    /// Bytes of the current line that continue a character, so that columns count characters.
    continuation: usize,
}

struct Defect {
    line: u32,
    rule: &'static str,
    message: String,
    help: String,
}

type Read<T> = Result<T, Defect>;

impl Reader<'_> {
    fn document(&mut self) -> Read<Node> {
        self.space();
        let root = self.value(0)?;
        self.space();
        match self.peek() {
            None => Ok(root),
            Some(_) => Err(self.unexpected("the end of the text", "remove what follows the value")),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.line = self.line.saturating_add(1);
                    self.line_start = self.at;
                    self.continuation = 0;
                }
                _ => return,
            }
        }
    }

    fn pos(&self) -> Pos {
        let column = self.at - self.line_start - self.continuation + 1;
        Pos {
            file: 0,
            line: self.line,
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    fn defect(&self, message: &str, help: &str) -> Defect {
        Defect {
            line: self.line,
            rule: "json-syntax",
            message: format!("column {}: {message}", self.pos().column),
            help: help.to_owned(),
        }
    }

    /// What was wanted, and what stands here instead.
    fn unexpected(&self, wanted: &str, help: &str) -> Defect {
        let found = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next());
        let message = match found {
            None => format!("expected {wanted}, found the end of the text"),
            Some(character) => format!("expected {wanted}, found {character:?}"),
        };
        self.defect(&message, help)
    }

    fn value(&mut self, depth: usize) -> Read<Node> {
        let pos = self.pos();
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return Err(self.unexpected("a value", "write a JSON value here")),
        };
        Ok(Node { value, pos })
    }

    fn word(&mut self, word: &str, value: Value) -> Read<Value> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.unexpected(
                "a value",
                "the only bare words of JSON are true, false and null",
            ))
        }
    }

    fn deeper(&self, depth: usize) -> Read<usize> {
        if depth < MAX_DEPTH {
            return Ok(depth + 1);
        }
        Err(Defect {
            line: self.line,
            rule: "too-deep",
            message: format!("more than {MAX_DEPTH} arrays and objects are nested here"),
            help: "move the inner part to a named schema".to_owned(),
        })
    }

    fn array(&mut self, depth: usize) -> Read<Value> {
        let depth = self.deeper(depth)?;
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(self.unexpected("',' or ']'", "separate items with one comma")),
            }
            self.space();
        }
        self.at += 1;
        items.shrink_to_fit();
        Ok(Value::Array(items))
    }

    fn object(&mut self, depth: usize) -> Read<Value> {
        let depth = self.deeper(depth)?;
        self.at += 1;
        let mut entries = Vec::new();
        let mut keys = Keys::default();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(entries));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a key", "write keys in double quotes"));
            }
            let pos = self.pos();
            let name = self.string()?;
            if let Some(first) = keys.earlier(&name, &entries) {
                return Err(Defect {
                    line: pos.line,
                    rule: "duplicate-key",
                    message: format!("the key {name:?} is already in line {}", first.line),
                    help: "keep one of the two".to_owned(),
                });
            }
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.unexpected("':'", "write a colon between key and value"));
            }
            self.at += 1;
            self.space();
            let value = self.value(depth)?;
            entries.push((Key { name, pos }, value));
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(self.unexpected("',' or '}'", "separate entries with one comma")),
            }
            self.space();
        }
        self.at += 1;
        entries.shrink_to_fit();
        Ok(Value::Object(entries))
    }

    fn number(&mut self) -> Read<String> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let leading_zero = self.peek() == Some(b'0');
        let digits = self.digits()?;
        if leading_zero && digits > 1 {
            let message = format!("{} starts with a zero", &self.text[start..self.at]);
            return Err(self.defect(&message, "leave the zero out, or quote it if it is a text"));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.text[start..self.at].to_owned())
    }

    /// Skips at least one digit and says how many there were.
    fn digits(&mut self) -> Read<usize> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.unexpected("a digit", "write numbers as JSON does: -1.50 or 2e3"));
        }
        Ok(self.at - start)
    }
}
