//! Makes one `OpenAPI` document of `openapi.yaml` and the fragments.
//!
//! Tags are appended, paths and components merged, in the order of the files. Whatever two files both
//! define is an error that names both places; nothing is ever replaced.

use std::collections::HashMap;

use api_schema_text::{Diagnostic, Document, Key, Node, Pos, Source, Value, yaml_part};

/// The parts a fragment may have.
const PARTS: [&str; 3] = ["tags", "paths", "components"];

/// Bundles `openapi.yaml` with the fragments, in the order given.
///
/// # Errors
/// What is wrong with the text of any file, a fragment that has other parts than `tags`, `paths` and
/// `components`, and what is defined twice.
///
/// ```
/// use revio_codegen::load::{Source, bundle};
///
/// let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
/// let document = bundle(
///     &source("openapi.yaml", "openapi: 3.0.3\ncomponents: {schemas: {Link: {}}}\n"),
///     &[source("bills.yaml", "tags: [{name: bills}]\ncomponents: {schemas: {Bill: {}}}\n")],
/// )
/// .unwrap();
/// assert!(document.resolve("#/components/schemas/Bill").is_some());
/// ```
pub fn bundle(openapi: &Source, fragments: &[Source]) -> Result<Document, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    let mut roots = Vec::new();
    for (index, source) in std::iter::once(openapi).chain(fragments).enumerate() {
        let file = u32::try_from(index).unwrap_or(u32::MAX);
        files.push(source.path.clone());
        roots.push(yaml_part(source, file, &mut diagnostics));
    }
    let mut merge = Merge {
        files: &files,
        tags: Vec::new(),
        paths: Vec::new(),
        components: Vec::new(),
        diagnostics,
    };
    let mut rest = Vec::new();
    for (index, root) in roots.into_iter().enumerate() {
        if let Some(root) = root {
            merge.file(root, index == 0, &mut rest);
        }
    }
    merge.tags_are_unique();
    if !merge.diagnostics.is_empty() {
        merge.diagnostics.sort();
        return Err(merge.diagnostics);
    }
    let Merge {
        tags,
        paths,
        components,
        ..
    } = merge;
    let start = Pos {
        file: 0,
        line: 1,
        column: 1,
    };
    for (name, value) in [
        ("tags", Value::Array(tags)),
        ("paths", Value::Object(paths)),
        ("components", Value::Object(components)),
    ] {
        let key = Key {
            name: name.to_owned(),
            pos: start,
        };
        rest.push((key, Node { value, pos: start }));
    }
    let root = Node {
        value: Value::Object(rest),
        pos: start,
    };
    Ok(Document::new(root, files))
}

struct Merge<'f> {
    files: &'f [String],
    tags: Vec<Node>,
    paths: Vec<(Key, Node)>,
    components: Vec<(Key, Node)>,
    diagnostics: Vec<Diagnostic>,
}

impl Merge<'_> {
    fn name(&self, pos: Pos) -> &str {
        usize::try_from(pos.file)
            .ok()
            .and_then(|index| self.files.get(index))
            .map_or("", String::as_str)
    }

    fn report(&mut self, pos: Pos, rule: &'static str, message: String, help: &str) {
        self.diagnostics.push(Diagnostic {
            file: self.name(pos).to_owned(),
            line: pos.line,
            rule,
            message,
            help: help.to_owned(),
        });
    }

    /// Takes one file in. The other parts of the first one are kept as they are.
    fn file(&mut self, root: Node, first: bool, rest: &mut Vec<(Key, Node)>) {
        let Some(entries) = self.object(root, "the file") else {
            return;
        };
        for (key, value) in entries {
            match key.name.as_str() {
                "tags" => match value.value {
                    Value::Array(tags) => self.tags.extend(tags),
                    _ => self.wrong_shape(&value, "tags", "a list"),
                },
                "paths" => {
                    for (path, item) in self.object(value, "paths").unwrap_or_default() {
                        self.nested(path, item, "path");
                    }
                }
                "components" => {
                    for (kind, map) in self.object(value, "components").unwrap_or_default() {
                        self.nested(kind, map, "component");
                    }
                }
                _ if first => rest.push((key, value)),
                other => {
                    let message = format!("a fragment has no part {other:?}");
                    let help = format!(
                        "write only {} here; the rest belongs to {}",
                        PARTS.join(", "),
                        self.files.first().map_or("", String::as_str),
                    );
                    self.report(key.pos, "fragment-parts", message, &help);
                }
            }
        }
    }

    fn object(&mut self, node: Node, what: &str) -> Option<Vec<(Key, Node)>> {
        if let Value::Object(entries) = node.value {
            return Some(entries);
        }
        self.wrong_shape(&node, what, "an object");
        None
    }

    fn wrong_shape(&mut self, node: &Node, what: &str, wanted: &str) {
        let message = format!("{what} is {}, not {wanted}", node.value.kind());
        self.report(
            node.pos,
            "bundle-shape",
            message,
            &format!("write {wanted}"),
        );
    }

    /// Merges a path item or a map of components into the one of the same name.
    fn nested(&mut self, outer: Key, map: Node, what: &'static str) {
        let pos = map.pos;
        let what_it_is = format!("the {what} entry {}", outer.name);
        let Some(entries) = self.object(map, &what_it_is) else {
            return;
        };
        let target = match what {
            "path" => &mut self.paths,
            _ => &mut self.components,
        };
        let existing = target.iter_mut().find(|(key, _)| key.name == outer.name);
        let Some((_, existing)) = existing else {
            let value = Value::Object(entries);
            target.push((outer, Node { value, pos }));
            return;
        };
        let Value::Object(into) = &mut existing.value else {
            return;
        };
        let places: HashMap<String, Pos> = into
            .iter()
            .map(|(key, _)| (key.name.clone(), key.pos))
            .collect();
        let mut twice = Vec::new();
        for (key, node) in entries {
            match places.get(&key.name) {
                Some(&first) => twice.push((key, first)),
                None => into.push((key, node)),
            }
        }
        for (key, first) in twice {
            let message = format!(
                "{} of {} is already in {}:{}",
                key.name,
                outer.name,
                self.name(first),
                first.line,
            );
            self.report(key.pos, "defined-twice", message, "keep one of the two");
        }
    }

    fn tags_are_unique(&mut self) {
        let mut seen: HashMap<String, Pos> = HashMap::new();
        let mut twice = Vec::new();
        for tag in &self.tags {
            let Some((_, name)) = tag.entry("name") else {
                continue;
            };
            let Some(text) = name.as_str() else { continue };
            match seen.get(text) {
                Some(&first) => twice.push((name.pos, text.to_owned(), first)),
                None => {
                    seen.insert(text.to_owned(), name.pos);
                }
            }
        }
        for (pos, tag, first) in twice {
            let message = format!(
                "the tag {tag} is already in {}:{}",
                self.name(first),
                first.line
            );
            self.report(pos, "defined-twice", message, "keep one of the two");
        }
    }
}
