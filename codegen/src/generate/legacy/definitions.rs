//! Reads the legacy schemas: facts for the emitters, and a plain JSON Schema for typify.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::annotation;
use crate::load::{Document, Node};
use crate::model::{EnumType, Evidence, Property, Record};
use api_schema_text::Diagnostic;

/// What the legacy schemas say.
#[derive(Default)]
pub(super) struct Definitions {
    /// Messages and their parts by name.
    pub(super) records: BTreeMap<String, Record>,
    /// Lists of known values by name.
    pub(super) enums: BTreeMap<String, EnumType>,
    /// The file, and so the module, of each definition.
    pub(super) homes: BTreeMap<String, String>,
    /// What each file is about.
    pub(super) descriptions: BTreeMap<String, String>,
    /// What callers of each file's operation must know.
    pub(super) abouts: BTreeMap<String, String>,
    /// Names that stand for types of our own.
    pub(super) replaced: BTreeSet<String>,
    /// Types that callers build.
    pub(super) built: BTreeSet<String>,
    /// The definitions for typify.
    pub(super) lowered: Map<String, Value>,
}

/// Keeps what the messages of the operations reach.
pub(super) fn read(documents: &[(String, Document)]) -> Result<Definitions, Vec<Diagnostic>> {
    let mut complaints = Vec::new();
    let mut nodes: BTreeMap<String, (&Node, &Document)> = BTreeMap::new();
    let mut found = Definitions::default();
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for (home, document) in documents {
        let root = document.root();
        let description = root.get("summary").or(root.get("description"));
        if let Some(text) = description.and_then(Node::as_str) {
            let first = text.split(". ").next().unwrap_or(text).trim();
            let sentence = format!("{}.", first.trim_end_matches('.'));
            found.descriptions.insert(home.clone(), sentence);
        }
        found.abouts.insert(home.clone(), text(root, "description"));
        for (key, node) in root.get("definitions").into_iter().flat_map(Node::entries) {
            if nodes.insert(key.name.clone(), (node, document)).is_some() {
                complaints.push(document.diagnostic_at(
                    key.pos,
                    "legacy-names-unique",
                    format!("{} is defined twice in the legacy schemas", key.name),
                    "rename one of them".to_owned(),
                ));
            }
            found.homes.insert(key.name.clone(), home.clone());
        }
        let target = |key: &str| {
            root.get(key)
                .and_then(Node::as_str)
                .and_then(definition_name)
        };
        requests.extend(target(annotation::REQUEST));
        responses.extend(target(annotation::RESPONSE));
    }
    if !complaints.is_empty() {
        return Err(complaints);
    }

    found.built = reach(&requests, &nodes);
    let mut wanted = reach(&responses, &nodes);
    wanted.extend(found.built.iter().cloned());
    let mut lowered = Map::new();
    for name in &wanted {
        let Some((node, document)) = nodes.get(name) else {
            continue;
        };
        if node.get(annotation::ENUM).is_some() {
            found
                .enums
                .insert(name.clone(), known_values(name, node, &nodes));
            found.replaced.insert(name.clone());
            lowered.insert(name.clone(), json!({"type": "integer"}));
        } else {
            let record = record(name, node, document, &mut complaints);
            found.records.insert(name.clone(), record);
            lowered.insert(name.clone(), lower(node, &mut found.replaced));
        }
    }
    for name in ["Money", "RevioDateTime"] {
        if found.replaced.contains(name) {
            lowered.insert(name.to_owned(), json!({"type": "integer"}));
        }
    }
    found.lowered = lowered;
    if complaints.is_empty() {
        Ok(found)
    } else {
        Err(complaints)
    }
}

/// `X` of `common.json#/definitions/X`.
fn definition_name(reference: &str) -> Option<String> {
    reference
        .split_once("#/definitions/")
        .map(|(_, name)| name.to_owned())
}

/// Every definition that `from` refers to, directly or not.
fn reach(from: &[String], nodes: &BTreeMap<String, (&Node, &Document)>) -> BTreeSet<String> {
    let mut open = from.to_vec();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some((node, _)) = nodes.get(&name)
            && found.insert(name)
        {
            references(node, &mut open);
        }
    }
    found
}

fn references(node: &Node, into: &mut Vec<String>) {
    if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
        into.extend(definition_name(reference));
    }
    for (_, child) in node.entries() {
        references(child, into);
    }
    for child in node.items() {
        references(child, into);
    }
}

fn text(node: &Node, key: &str) -> String {
    node.get(key)
        .and_then(Node::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// What a definition says; nothing is taken for known that doesn't say how it is known.
fn record(
    name: &str,
    node: &Node,
    document: &Document,
    complaints: &mut Vec<Diagnostic>,
) -> Record {
    let flag = |node: &Node, key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
    let properties = node.get("properties").into_iter().flat_map(Node::entries);
    let properties: IndexMap<_, _> = properties
        .map(|(key, property)| {
            let evidence = Evidence::parse(&text(property, annotation::EVIDENCE));
            if evidence.is_none() {
                complaints.push(document.diagnostic_at(
                    key.pos,
                    "legacy-evidence",
                    format!("{name}.{} doesn't say how it is known", key.name),
                    "add x-revio-evidence: documented, observed or inferred",
                ));
            }
            (
                key.name.clone(),
                Property {
                    description: text(property, "description"),
                    evidence: evidence.unwrap_or(Evidence::Candidate),
                    sensitive: flag(property, annotation::SENSITIVE),
                    lenient: false,
                    nullable: false,
                    label: false,
                    own_id: false,
                },
            )
        })
        .collect();
    Record {
        description: text(node, "description"),
        owner: None,
        entity: None,
        properties,
    }
}

fn known_values(name: &str, node: &Node, nodes: &BTreeMap<String, (&Node, &Document)>) -> EnumType {
    let values = node.get("enum").into_iter().flat_map(Node::items);
    let mut places = Vec::new();
    for (owner, (node, _)) in nodes {
        for (key, property) in node.get("properties").into_iter().flat_map(Node::entries) {
            let mut used = Vec::new();
            references(property, &mut used);
            if used.iter().any(|used| used == name) {
                places.push(format!("`{owner}.{}`", key.name));
            }
        }
    }
    EnumType {
        description: text(node, "description"),
        values: values
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        complete: true,
        places,
    }
}

/// The plain JSON Schema of a definition: no annotations, no limits, exact numbers and dates by
/// reference. What only a validator can use is left out.
fn lower(node: &Node, replaced: &mut BTreeSet<String>) -> Value {
    let mut properties = Map::new();
    let required: Vec<&str> = node
        .get("required")
        .into_iter()
        .flat_map(Node::items)
        .filter_map(Node::as_str)
        .collect();
    for (key, property) in node.get("properties").into_iter().flat_map(Node::entries) {
        let mut schema = lower_value(property, replaced);
        // An absent list is not an empty one.
        if schema["type"] == "array" && !required.contains(&key.name.as_str()) {
            schema["type"] = json!(["array", "null"]);
        }
        properties.insert(key.name.clone(), schema);
    }
    json!({"type": "object", "properties": properties, "required": required})
}

fn lower_value(node: &Node, replaced: &mut BTreeSet<String>) -> Value {
    let reference = node
        .get("$ref")
        .or_else(|| node.get("allOf")?.items().next()?.get("$ref"));
    if let Some(name) = reference.and_then(Node::as_str).and_then(definition_name) {
        return json!({"$ref": format!("#/definitions/{name}")});
    }
    let mut stand_in = |name: &str| {
        replaced.insert(name.to_owned());
        json!({"$ref": format!("#/definitions/{name}")})
    };
    match (text(node, "type").as_str(), text(node, "format").as_str()) {
        ("number", _) => stand_in("Money"),
        ("string", "date-time") => stand_in("RevioDateTime"),
        ("array", _) => {
            let items = node.get("items").map(|items| lower_value(items, replaced));
            json!({"type": "array", "items": items.unwrap_or(json!({"type": "string"}))})
        }
        ("integer", _) => json!({"type": "integer", "format": "int32"}),
        (kind, _) => json!({"type": kind}),
    }
}
