//! Schemas that are almost right: whatever is changed in a sound one, generation ends in files or in
//! messages with a place, never in a panic. The lint is not asked first, so that generation meets more
//! than the lint lets through; what the lint lets through must come out as Rust.

mod common;
#[allow(dead_code, reason = "the base is for the tests of the lint")]
mod mutate;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use revio_codegen::generate::{bundle, from_document};
use revio_codegen::lint;
use revio_codegen::load::{self, Document, Key, Node, Value};
use revio_codegen::lower::Strictness;

use mutate::{Change, apply, count};

/// Resources that have every kind of operation and property among them.
const TAGS: &[&str] = &[
    "customers",
    "inventory_items",
    "integration_key_links",
    "orders",
    "payments",
    "reports",
    "requests",
    "service_products",
    "tasks",
    "tickets",
    "webhook_receivers",
];

/// The real schema cut down to one resource each.
static SAMPLES: LazyLock<Vec<Document>> = LazyLock::new(|| {
    let whole = bundle(&common::real()).expect("the schema is sound");
    TAGS.iter().map(|tag| only(&whole, tag)).collect()
});

/// The operations of `tag`, and the components that they refer to.
fn only(whole: &Document, tag: &str) -> Document {
    let mut root = whole.root().clone();
    let has_tag = |operation: &Node| {
        let mut tags = operation.get("tags").into_iter().flat_map(Node::items);
        tags.any(|it| it.as_str() == Some(tag))
    };
    for (_, item) in entries(child(&mut root, "paths")) {
        entries(item).retain(|(_, operation)| has_tag(operation));
    }
    entries(child(&mut root, "paths")).retain(|(_, item)| item.entries().len() > 0);
    loop {
        let mut used = BTreeSet::new();
        references(&root, &mut used);
        let mut removed = 0;
        for (kind, map) in entries(child(&mut root, "components")) {
            if kind.name == "securitySchemes" {
                continue;
            }
            let before = map.entries().len();
            let is_used = |name: &str| used.contains(&format!("#/components/{}/{name}", kind.name));
            entries(map).retain(|(key, _)| is_used(&key.name));
            removed += before - map.entries().len();
        }
        if removed == 0 {
            break;
        }
    }
    // A record goes to the module of the file that it stands in.
    let schemas = root.pointer("/components/schemas").into_iter();
    let homes: BTreeSet<String> = schemas
        .flat_map(Node::entries)
        .map(|(key, _)| stem(whole.file(key.pos)))
        .collect();
    if let Value::Array(tags) = &mut child(&mut root, "tags").value {
        tags.retain(|it| {
            let name = it.get("name").and_then(Node::as_str).unwrap_or_default();
            name == tag || homes.contains(name)
        });
    }
    Document::new(root, whole.files().to_vec())
}

fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.trim_end_matches(".yaml").to_owned()
}

fn child<'n>(node: &'n mut Node, key: &str) -> &'n mut Node {
    let found = entries(node).iter_mut().find(|(it, _)| it.name == key);
    found.map(|(_, node)| node).expect("the schema has it")
}

fn entries(node: &mut Node) -> &mut Vec<(Key, Node)> {
    match &mut node.value {
        Value::Object(entries) => entries,
        other => panic!("{} where an object was expected", other.kind()),
    }
}

fn references(node: &Node, into: &mut BTreeSet<String>) {
    if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
        into.insert(reference.to_owned());
    }
    node.items().for_each(|item| references(item, into));
    node.entries()
        .for_each(|(_, value)| references(value, into));
}

/// What the lint says of a changed sample and not of the sample itself, which mentions ids of the
/// resources that were cut away.
fn complaints(changed: &Document, sample: &Document) -> Vec<String> {
    let known: BTreeSet<String> = lint::run(sample)
        .iter()
        .map(|it| it.message.clone())
        .collect();
    let complaints = lint::run(changed).into_iter();
    let new = complaints.filter(|it| !known.contains(&it.message));
    new.map(|it| it.to_string()).collect()
}

/// Schemas of properties and parameters, most of them sound.
const SCHEMAS: &[&str] = &[
    "{type: number, format: decimal, nullable: true, description: Price., x-revio-evidence: documented}",
    "{type: number, description: A float., x-revio-evidence: documented}",
    "{type: string, format: date, nullable: true, description: Day., x-revio-evidence: documented}",
    "{type: integer, format: int32, nullable: true, description: Id., x-revio-evidence: documented, x-revio-id: UserId}",
    "{type: integer, format: int64, minimum: 1, default: 3, description: Count.}",
    "{type: string, nullable: true, description: Kind., x-revio-evidence: observed, x-revio-enum: SomeKind, x-revio-values: [A, B]}",
    "{type: string, enum: [A, B, '', null], nullable: true}",
    "{type: integer, enum: [1, 2], x-revio-enum: Numbers}",
    "{type: array, nullable: true, description: Texts., items: {type: string}, x-revio-evidence: documented}",
    "{type: array, items: {type: array, items: {type: number}}}",
    "{type: array}",
    "{type: object, description: Unnamed., properties: {a: {type: string}, A: {type: string}}}",
    "{type: object, additionalProperties: {type: number}}",
    "{type: object}",
    "{oneOf: [{type: integer, format: int32}, {type: string}], nullable: true, description: Either., x-revio-evidence: observed}",
    "{oneOf: [{type: object}, {type: boolean}]}",
    "{anyOf: [{type: string, enum: [A]}, {type: string}]}",
    "{allOf: [{type: object}, {type: string}]}",
    "{not: {type: string}}",
    "{allOf: []}",
    "{$ref: '#/components/schemas/Missing'}",
    "{$ref: 'other.yaml#/Missing'}",
    "{allOf: [{$ref: '#/components/schemas/CustomField'}], nullable: true, description: One., x-revio-evidence: documented}",
    "{type: string, format: binary}",
    "{type: string, pattern: '(', maxLength: 1}",
    "{type: 'null'}",
    "{}",
];

const TEXTS: &[&str] = &[
    "string",
    "integer",
    "number",
    "array",
    "object",
    "boolean",
    "decimal",
    "date-time",
    "uuid",
    "int32",
    "double",
    "documented",
    "inferred",
    "money",
    "path",
    "query",
    "header",
    "cookie",
    "form",
    "deepObject",
    "simple",
    "#/components/schemas/Customer",
    "#/components/schemas/CustomField",
    "#/components/schemas/FreeForm",
    "#/components/schemas/Acknowledged",
    "#/components/parameters/Page",
    "#/components/",
    "",
];

const NAMES: &[&str] = &[
    "$ref",
    "allOf",
    "oneOf",
    "properties",
    "items",
    "required",
    "nullable",
    "200",
    "201",
    "204",
    "2XX",
    "default",
    "4XX",
    "get",
    "put",
    "trace",
    "x-a",
    "name",
    "type",
    "self",
    "Self",
    "body",
    "client",
    "new",
    "send",
    "2fa",
    "a b",
    "a_b",
    "aB",
    "é",
    "-",
    "_",
    "",
    "fields",
    "id",
    "Page",
    "Bill",
    "Option",
    "/A/{id}",
    "/{a}{b}",
    "text/plain",
    "application/json",
    "multipart/form-data",
    "searching",
];

fn value() -> impl Strategy<Value = Value> {
    let schema = prop::sample::select(SCHEMAS).prop_map(|text| {
        let document = load::yaml(&common::source("change.yaml", text)).expect("YAML");
        document.root().value.clone()
    });
    prop_oneof![
        4 => schema,
        2 => prop::sample::select(TEXTS).prop_map(|text| Value::String(text.to_owned())),
        1 => any::<String>().prop_map(Value::String),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => prop::sample::select(&["0", "-1", "1.5", "1e400", "99999999999999999999"][..])
            .prop_map(|digits| Value::Number(digits.to_owned())),
        1 => Just(Value::Null),
        1 => Just(Value::Array(Vec::new())),
        1 => Just(Value::Object(Vec::new())),
    ]
}

/// A change; nothing stands for a copy of another node.
fn change() -> impl Strategy<Value = Option<Change>> {
    let name = prop_oneof![
        4 => prop::sample::select(NAMES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop_oneof![
        2 => Just(Some(Change::Remove)),
        1 => Just(Some(Change::Duplicate)),
        5 => value().prop_map(|value| Some(Change::Put(value))),
        2 => Just(None),
        3 => name.prop_map(|name| Some(Change::Rename(name))),
    ]
}

/// The node with this number in document order.
fn nth<'n>(node: &'n Node, left: &mut usize) -> Option<&'n Node> {
    if *left == 0 {
        return Some(node);
    }
    *left -= 1;
    let mut children = node.items().chain(node.entries().map(|(_, value)| value));
    children.find_map(|child| nth(child, left))
}

#[test]
fn the_samples_are_sound() {
    for (tag, sample) in TAGS.iter().zip(SAMPLES.iter()) {
        let found = lint::run(sample).into_iter();
        let found: Vec<String> = found
            .filter(|it| it.rule != "ids-typed")
            .map(|it| it.to_string())
            .collect();
        assert_eq!(found, Vec::<String>::new(), "{tag}");
        let output = from_document(sample, &[], Strictness::Lenient).unwrap();
        assert!(output.operations > 1, "{tag}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        // The same cases every time: a build must not fail by chance.
        rng_seed: RngSeed::Fixed(400),
        ..ProptestConfig::default()
    })]

    #[test]
    fn changed_schemas(
        sample in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<Index>(), change()), 1..4),
    ) {
        let sample = sample.get(&SAMPLES);
        let mut root = sample.root().clone();
        for (place, other, change) in changes {
            let nodes = count(&root);
            let change = change.unwrap_or_else(|| {
                let copy = nth(&root, &mut other.index(nodes)).map(|node| node.value.clone());
                Change::Put(copy.unwrap_or(Value::Null))
            });
            apply(&mut root, place.index(nodes - 1), &change);
        }
        let changed = Document::new(root, sample.files().to_vec());
        let mut complaints = complaints(&changed, sample);
        // The loader refuses keys that occur twice.
        let text = common::source("changed.json", &changed.to_json());
        let refused = load::json(&text).err().into_iter().flatten();
        complaints.extend(refused.map(|it| it.to_string()));
        match from_document(&changed, &[], Strictness::Lenient) {
            Ok(output) => for (path, text) in output.rust() {
                prop_assert!(syn::parse_file(text).is_ok(), "{path}");
            },
            Err(found) => {
                // The lint must know everything that can't be generated.
                prop_assert!(!complaints.is_empty(), "{}", found[0]);
                for complaint in &found {
                    prop_assert!(complaint.line > 0 && !complaint.file.is_empty(), "{complaint}");
                }
            }
        }
    }
}
