//! Reads YAML as JSON with more comfortable spelling.
//!
//! Everything that JSON has no place for is an error with a line: anchors, tags, several documents,
//! keys that aren't texts, tabs as indentation. A plain integer key, such as the status 201 under
//! `responses`, is taken as text.

mod scalar;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use crate::MAX_DEPTH;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::keys::Keys;
use crate::node::{Key, Node, Pos, Value};
use crate::source::Source;

/// Reads one YAML text.
///
/// # Errors
/// Every defect found in the text. After one that leaves its structure unclear the rest isn't read.
///
/// ```
/// use api_schema_text::{Source, yaml};
///
/// let source = Source { path: "a.yaml".to_owned(), text: "on: 1.50\n201: [no]\n".to_owned() };
/// let document = yaml(&source).unwrap();
/// assert_eq!(document.to_json(), "{\n  \"on\": 1.50,\n  \"201\": [\n    \"no\"\n  ]\n}\n");
/// ```
pub fn yaml(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let root = yaml_part(source, 0, &mut diagnostics);
    match root {
        Some(root) if diagnostics.is_empty() => Ok(Document::new(root, vec![source.path.clone()])),
        _ => Err(diagnostics),
    }
}

/// Reads one YAML text as file number `file` of a document that is made of several.
///
/// The tree is only whole when no diagnostic was added; there is none when the structure of the text
/// is unclear.
pub fn yaml_part(source: &Source, file: u32, into: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut builder = Builder {
        path: &source.path,
        file,
        stack: Vec::new(),
        root: None,
        diagnostics: into,
    };
    builder.read(source.text.strip_prefix('\u{feff}').unwrap_or(&source.text))
}

struct Builder<'d> {
    path: &'d str,
    file: u32,
    /// The arrays and objects that are open, outermost first.
    stack: Vec<Open>,
    root: Option<Node>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

enum Open {
    Array(Pos, Vec<Node>),
    Object(Pos, Object),
}

#[derive(Default)]
struct Object {
    entries: Vec<(Key, Node)>,
    keys: Keys,
    /// The key whose value comes next.
    key: Option<Key>,
}

/// The structure is unclear from here on; a diagnostic says why.
struct Stop;

impl Builder<'_> {
    fn read(&mut self, text: &str) -> Option<Node> {
        if self.tabs(text) {
            return None;
        }
        let mut documents = 0;
        for event in Parser::new_from_str(text) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let message = error.info().to_owned();
                    self.report(
                        self.pos(*error.marker()),
                        "yaml-syntax",
                        message,
                        "look at the indentation, quotes and colons here and in the line above",
                    );
                    return None;
                }
            };
            if let Event::DocumentStart(_) = event {
                documents += 1;
                if documents > 1 {
                    self.report(
                        self.pos(span.start),
                        "yaml-documents",
                        "a second YAML document starts here",
                        "put it into a file of its own",
                    );
                    return None;
                }
            }
            if self.event(event, span).is_err() {
                return None;
            }
        }
        if self.root.is_none() {
            let start = self.pos(Marker::new(0, 1, 0));
            let help = "write its content, or delete the file";
            self.report(start, "yaml-syntax", "the file is empty", help);
        }
        self.root.take()
    }

    fn pos(&self, mark: Marker) -> Pos {
        Pos {
            file: self.file,
            line: u32::try_from(mark.line().max(1)).unwrap_or(u32::MAX),
            column: u32::try_from(mark.col() + 1).unwrap_or(u32::MAX),
        }
    }

    fn report(
        &mut self,
        pos: Pos,
        rule: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic {
            file: self.path.to_owned(),
            line: pos.line,
            rule,
            message: message.into(),
            help: help.into(),
        });
    }

    /// Reports each line that is indented with a tab.
    fn tabs(&mut self, text: &str) -> bool {
        let before = self.diagnostics.len();
        for (index, line) in text.lines().enumerate() {
            let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
            if indent.contains('\t') {
                let pos = self.pos(Marker::new(0, index + 1, 0));
                self.report(
                    pos,
                    "yaml-tab",
                    "a tab in the indentation",
                    "indent with spaces",
                );
            }
        }
        self.diagnostics.len() > before
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        let pos = self.pos(span.start);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.properties(pos, anchor, tag.is_some());
                if self.wants_key() {
                    self.key(&text, style, pos);
                    return Ok(());
                }
                let value = self.scalar(&text, style, pos);
                self.value(Node { value, pos });
            }
            Event::SequenceStart(anchor, tag) => {
                self.properties(pos, anchor, tag.is_some());
                self.open(pos, Open::Array(pos, Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                self.properties(pos, anchor, tag.is_some());
                self.open(pos, Open::Object(pos, Object::default()))?;
            }
            Event::SequenceEnd | Event::MappingEnd => match self.stack.pop() {
                Some(Open::Array(pos, items)) => self.value(Node {
                    value: Value::Array(items),
                    pos,
                }),
                Some(Open::Object(pos, object)) => self.value(Node {
                    value: Value::Object(object.entries),
                    pos,
                }),
                None => {}
            },
            Event::Alias(_) => {
                self.report(
                    pos,
                    "yaml-anchor",
                    "an alias: JSON has none",
                    "write the value out, or use $ref",
                );
                return Err(Stop);
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    /// Anchors and tags, which stand before a value.
    fn properties(&mut self, pos: Pos, anchor: usize, tagged: bool) {
        if anchor != 0 {
            let help = "remove it; a shape that is used twice goes to components";
            self.report(pos, "yaml-anchor", "an anchor: JSON has none", help);
        }
        if tagged {
            let help = "remove it; quote the value if it is a text";
            self.report(pos, "yaml-tag", "a tag: JSON has none", help);
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open::Object(_, object)) if object.key.is_none())
    }

    fn open(&mut self, pos: Pos, open: Open) -> Result<(), Stop> {
        if self.wants_key() {
            let help = "write a text before the colon; quote it if it starts with [ or {";
            self.report(pos, "yaml-key", "a key that is a list or a mapping", help);
            return Err(Stop);
        }
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} lists and mappings are nested here");
            let help = "move the inner part to a named schema";
            self.report(pos, "too-deep", message, help);
            return Err(Stop);
        }
        self.stack.push(open);
        Ok(())
    }

    fn key(&mut self, text: &str, style: ScalarStyle, pos: Pos) {
        if style == ScalarStyle::Plain {
            let help = format!("quote it: '{text}'");
            if text == "<<" {
                let help = "write the entries out, or use allOf";
                self.report(pos, "yaml-key", "a merge key: JSON has none", help);
            } else {
                let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
                match scalar::resolve(text) {
                    Ok(Value::String(_)) => {}
                    Ok(Value::Number(_)) if is_number => {}
                    Ok(other) => {
                        let message = format!("the key {text:?} is {}", other.kind());
                        self.report(pos, "yaml-key", message, help);
                    }
                    Err(why) => {
                        self.report(pos, "yaml-key", format!("the key {text}: {why}"), help);
                    }
                }
            }
        }
        let Some(Open::Object(_, object)) = self.stack.last_mut() else {
            return;
        };
        let earlier = object.keys.earlier(text, &object.entries);
        object.key = Some(Key {
            name: text.to_owned(),
            pos,
        });
        if let Some(earlier) = earlier {
            let message = format!("the key {text:?} is already in line {}", earlier.line);
            self.report(pos, "duplicate-key", message, "keep one of the two");
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, pos: Pos) -> Value {
        if style != ScalarStyle::Plain {
            return Value::String(text.to_owned());
        }
        match scalar::resolve(text) {
            Ok(value) => value,
            Err(why) => {
                let help = "write plain decimal digits, or quote it if it is a text";
                self.report(pos, "yaml-number", format!("{text}: {why}"), help);
                Value::Null
            }
        }
    }

    /// Puts a finished value into what is open.
    fn value(&mut self, node: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Array(_, items)) => items.push(node),
            Some(Open::Object(_, object)) => {
                if let Some(key) = object.key.take() {
                    object.entries.push((key, node));
                }
            }
        }
    }
}
