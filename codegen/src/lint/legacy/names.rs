//! Names and pointers inside of annotations lead to something: one that doesn't switches off what it is for.

use super::{Definition, Legacy};
use crate::annotation::{ADVISED, ENUM, PREAMBLE, REQUEST, RESPONSE, ROW_FIELD, SIGNATURE, STRAY};
use crate::lint::names::nearest_keyword as nearest;
use crate::lint::{extension_known, refs_resolve, required_known};
use crate::load::{Document, Node};
use crate::soap::target;
use api_schema_text::Diagnostic;

/// Looks at a definition, and at the pointers of the file that it is the first of.
pub(super) fn check(
    legacy: &Legacy<'_>,
    definition: &Definition<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let own: Vec<&str> = definition.properties().map(|(key, _)| &*key.name).collect();
    let mut names = Names {
        document: definition.document,
        diagnostics,
    };
    let node = definition.node;
    let what = definition.name();
    names.are_of("required", node.get("required"), what, &own);
    for keyword in ["required", "fields"] {
        let holder = if keyword == "required" {
            ADVISED
        } else {
            STRAY
        };
        let list = node.get(holder).and_then(|it| it.get(keyword));
        names.are_of(holder, list, what, &own);
    }
    for condition in node.get("allOf").into_iter().flat_map(Node::items) {
        for part in condition.get("anyOf").into_iter().flat_map(Node::items) {
            names.are_of("required", part.get("required"), what, &own);
        }
    }
    if let Some(parents) = node.get(STRAY).and_then(|it| it.get("parents")) {
        let all: Vec<&str> = (legacy.definitions.iter())
            .flat_map(Definition::properties)
            .map(|(key, _)| &*key.name)
            .collect();
        names.are_of(STRAY, Some(parents), "any definition", &all);
    }
    if let Some(name) = node.get(ENUM).and_then(Node::as_str)
        && name != what
    {
        let (key, _) = node.entry(ENUM).unwrap_or((definition.key, node));
        names.diagnostics.push(definition.report(
            key.pos,
            extension_known::RULE.id,
            format!("{what} names the enum {name}"),
            &format!("write {what}: the definition and its type have one name"),
        ));
    }
    let rows = row_fields(legacy, what);
    for (key, property) in definition.properties() {
        let label = format!("{what}.{}", key.name);
        if let Some(field) = property.get(ROW_FIELD) {
            names.is_of(
                ROW_FIELD,
                field,
                &format!("the rows that {label} chooses"),
                &rows,
            );
        }
        if let Some(signature) = property.get(SIGNATURE) {
            let item = item(legacy, property);
            for list in ["all", "any"] {
                match &item {
                    Some(fields) => {
                        let what = format!("the items of {label}");
                        names.are_of(SIGNATURE, signature.get(list), &what, fields);
                    }
                    None if list == "all" => {
                        let all = signature.get(list).into_iter().flat_map(Node::items);
                        if !all.clone().any(|it| it.as_str() == Some(&key.name)) {
                            names.diagnostics.push(definition.report(
                                signature.pos,
                                required_known::RULE.id,
                                format!("x-xml-signature of {label} doesn't name it"),
                                &format!("add {} to all", key.name),
                            ));
                        }
                    }
                    None => {}
                }
            }
        }
    }
    pointers(legacy, definition.document, node, diagnostics);
    let root = definition.document.root();
    let first = root.get("definitions").and_then(|all| all.entries().next());
    if first.is_some_and(|(key, _)| std::ptr::eq(key, definition.key)) {
        for key in [REQUEST, RESPONSE] {
            if let Some(value) = root.get(key) {
                pointer(legacy, definition.document, value, diagnostics);
            }
        }
    }
}

struct Names<'w, 'd> {
    document: &'d Document,
    diagnostics: &'w mut Vec<Diagnostic>,
}

impl Names<'_, '_> {
    fn are_of(&mut self, keyword: &str, list: Option<&Node>, what: &str, fields: &[&str]) {
        for name in list.into_iter().flat_map(Node::items) {
            self.is_of(keyword, name, what, fields);
        }
    }

    fn is_of(&mut self, keyword: &str, name: &Node, what: &str, fields: &[&str]) {
        let Some(text) = name.as_str().filter(|text| !fields.contains(text)) else {
            return;
        };
        let help = match nearest(text, fields.iter().copied()) {
            Some(field) => format!("write {field} if that was meant"),
            None => "write the name of a property".to_owned(),
        };
        let message = format!("{keyword} names {text}, which is no property of {what}");
        let rule = required_known::RULE.id;
        self.diagnostics
            .push(self.document.diagnostic_at(name.pos, rule, message, help));
    }
}

/// The fields of an array's items, when they are objects.
fn item<'d>(legacy: &Legacy<'d>, property: &Node) -> Option<Vec<&'d str>> {
    let name = target(property.get("items")?.get("$ref")?.as_str()?)?;
    let fields = legacy.definition(name)?.properties();
    Some(fields.map(|(key, _)| &*key.name).collect())
}

/// The fields of the rows in a request's response.
fn row_fields<'d>(legacy: &Legacy<'d>, request: &str) -> Vec<&'d str> {
    let response = legacy.requests.get(request).copied().flatten();
    let response = response.and_then(|name| legacy.definition(name));
    let properties = response.into_iter().flat_map(Definition::properties);
    properties
        .filter_map(|(_, property)| item(legacy, property))
        .flatten()
        .collect()
}

fn pointers(
    legacy: &Legacy<'_>,
    document: &Document,
    node: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (key, value) in node.entries() {
        if [PREAMBLE, "$ref"].contains(&key.name.as_str()) {
            pointer(legacy, document, value, diagnostics);
        }
        pointers(legacy, document, value, diagnostics);
    }
    for item in node.items() {
        pointers(legacy, document, item, diagnostics);
    }
}

/// A pointer names the file that has the definition: other readers than ours go by it.
fn pointer(
    legacy: &Legacy<'_>,
    document: &Document,
    value: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some((file, name)) = value
        .as_str()
        .and_then(|it| it.split_once("#/definitions/"))
    else {
        return;
    };
    let found = legacy.definitions.iter().filter(|it| it.name() == name);
    let stem_of = |document: &Document| {
        let mut files = legacy.files.iter();
        let file = files.find(|file| std::ptr::eq(file.document, document));
        file.map_or("", |file| file.stem)
    };
    let right: Vec<String> = found
        .map(|it| {
            if std::ptr::eq(it.document, document) {
                format!("#/definitions/{name}")
            } else {
                format!("{}.json#/definitions/{name}", stem_of(it.document))
            }
        })
        .collect();
    let text = format!("{file}#/definitions/{name}");
    if right.contains(&text) {
        return;
    }
    let help = match right.first() {
        Some(right) => format!("write {right}"),
        None => match nearest(name, legacy.definitions.iter().map(Definition::name)) {
            Some(meant) => format!("write the name {meant} if that was meant"),
            None => "write the name of a definition".to_owned(),
        },
    };
    let message = format!("{text} leads nowhere");
    let rule = refs_resolve::RULE.id;
    diagnostics.push(document.diagnostic_at(value.pos, rule, message, help));
}
