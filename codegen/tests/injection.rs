//! Texts and names of the schema that try to become code, markup or paths.
//!
//! `injection/schema.yaml` has a place for each kind of text. Every place is filled with every payload,
//! all other places with harmless words. Generation must refuse that, or yield what the harmless twin
//! yields: the same files, the same tokens but for the content of literals and the names that the text
//! itself stands for, and the same Markdown structure in every comment.

mod common;
#[path = "injection/payloads.rs"]
mod payloads;
#[path = "injection/shape.rs"]
mod shape;

use std::collections::BTreeMap;

use revio_codegen::generate::from_document;
use revio_codegen::lint;
use revio_codegen::load::{self, Document, Source};
use revio_codegen::lower::Strictness;

use payloads::PAYLOADS;
use shape::{Shape, shapes};

/// Each place for a text, with its harmless filling.
const TEXTS: &[(&str, &str)] = &[
    ("tag_description", "Bills of customers."),
    ("summary", "Get a bill"),
    (
        "description",
        "Reads one bill. That it can be read is inferred.",
    ),
    ("page", "https://example.com/page"),
    ("page_description", "The page."),
    ("path_description", "Id of the bill."),
    ("parameter_description", "Only with this name."),
    ("default", "none"),
    ("response_description", "The bill."),
    ("source", "vendor-page"),
    ("error_description", "The call failed."),
    ("schema_description", "A bill."),
    ("property_description", "Number on the bill."),
    ("entity", "Bill"),
    ("sent_description", "Amount due."),
];

/// Each place for a name, with its harmless filling.
const NAMES: &[(&str, &str)] = &[
    ("tag", "bills"),
    ("path", "/Bills/{id}"),
    ("operation", "bills_get"),
    ("id", "BillId"),
    ("parameter", "search.some-name"),
    ("listed", "FIRST VALUE"),
    ("list", "ListKind"),
    ("reference", "#/components/schemas/Bill"),
    ("schema", "Bill"),
    ("media", "application/octet-stream"),
    ("property", "a-name"),
    ("value", "FIRST VALUE"),
    ("sent", "a-total"),
];

/// The schema; `filling` has its say about each place.
fn fill(filling: impl Fn(&str) -> Option<String>) -> String {
    let template = include_str!("injection/schema.yaml");
    let (_, schema) = template
        .split_once("\ntags:")
        .expect("a comment and the schema");
    let places = TEXTS.iter().chain(NAMES);
    places.fold(format!("tags:{schema}"), |schema, (place, harmless)| {
        let text = filling(place).unwrap_or_else(|| (*harmless).to_owned());
        let quoted = serde_json::to_string(&text).unwrap();
        schema.replace(&format!("@{place}@"), &quoted)
    })
}

fn harmless() -> String {
    fill(|_| None)
}

/// The document, unless the loader refuses it.
fn document(schema: &str) -> Option<Document> {
    let openapi = "openapi: '3.0.3'\ninfo: {title: Small, version: v1, description: Small.}\n\
                   servers: [{url: 'https://example.com'}]\n";
    let openapi = common::source("openapi.yaml", openapi);
    load::bundle(&openapi, &[common::source("bills.yaml", schema)]).ok()
}

fn generated(schema: &str, legacy: &[Source]) -> Option<BTreeMap<String, String>> {
    let output = from_document(&document(schema)?, legacy, Strictness::Lenient).ok()?;
    Some(
        output
            .rust()
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .collect(),
    )
}

#[test]
fn the_harmless_schema_is_generated() {
    let schema = harmless();
    let complaints = lint::run(&document(&schema).unwrap());
    let complaints: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert_eq!(complaints, Vec::<String>::new());
    let shapes = shapes(&generated(&schema, &[]).unwrap());
    assert!(shapes.len() > 8);
    let handle = shapes
        .iter()
        .find(|it| it.path.ends_with("resources/bills/mod.rs"))
        .unwrap();
    assert!(handle.tokens.contains("handle !"), "{}", handle.tokens);
    let examples = handle.comments.iter();
    assert_eq!(
        examples.filter(|it| it.starts_with("code no_run ")).count(),
        2
    );
}

/// Whether the schema is generated; if it is, it must have the shape of the harmless one.
fn is_alike(schema: &str, legacy: &[Source], expected: &[Shape], what: &str) -> bool {
    let Some(files) = generated(schema, legacy) else {
        return false;
    };
    assert_eq!(files.len(), expected.len(), "{what}");
    for (found, expected) in shapes(&files).iter().zip(expected) {
        assert_eq!(found.path, expected.path, "{what}");
        assert_eq!(
            found.comments, expected.comments,
            "{what} in {}",
            found.path
        );
        if found.tokens != expected.tokens {
            let same = found.tokens.bytes().zip(expected.tokens.bytes());
            let at = same.take_while(|(one, two)| one == two).count();
            let part = |text: &str| text.chars().skip(at.saturating_sub(60)).take(120).collect();
            let (found_part, expected_part): (String, String) =
                (part(&found.tokens), part(&expected.tokens));
            panic!(
                "{what} in {}: {found_part} instead of {expected_part}",
                found.path
            );
        }
    }
    true
}

#[test]
fn no_text_becomes_code_or_markup() {
    let expected = shapes(&generated(&harmless(), &[]).unwrap());
    let is_text = |place: &str| TEXTS.iter().any(|(text, _)| *text == place);
    for payload in PAYLOADS {
        let schema = fill(|place| is_text(place).then(|| (*payload).to_owned()));
        // No text keeps a schema from being generated: texts are for the lint to judge.
        assert!(
            is_alike(&schema, &[], &expected, payload),
            "{payload:?} is refused"
        );
    }
}

#[test]
fn no_name_becomes_more_than_a_name() {
    let expected = shapes(&generated(&harmless(), &[]).unwrap());
    let (mut refused, mut alike) = (0, 0);
    for (name, harmless) in NAMES {
        for payload in PAYLOADS {
            // A name that keeps its start keeps its place among names that are sorted.
            let mut texts = vec![format!("{harmless}{payload}")];
            if payload.len() < 12 {
                texts.push((*payload).to_owned());
            }
            for text in texts {
                let schema = fill(|place| (place == *name).then(|| text.clone()));
                if is_alike(&schema, &[], &expected, &format!("{name}: {text:?}")) {
                    alike += 1;
                } else {
                    refused += 1;
                }
            }
        }
    }
    assert!(
        refused > 300 && alike > 300,
        "{refused} refused, {alike} alike"
    );
}

/// A legacy schema with the same text in every place of a kind.
fn legacy(text: &str, name: &str) -> [Source; 1] {
    let [text, name] = [text, name].map(|it| serde_json::to_string(it).unwrap());
    let schema = format!(
        r##"{{"summary": {text}, "x-xml-request": "#/definitions/Ask", "definitions": {{
            "Ask": {{"description": {text}, "properties": {{
                {name}: {{"type": "string", "description": {text}, "x-revio-sensitive": true, "x-revio-evidence": "observed"}},
                "Kind": {{"$ref": "#/definitions/Kind", "x-revio-evidence": "inferred"}}}}}},
            "Kind": {{"description": {text}, "x-revio-enum": "Kind", "enum": [{name}, "OTHER"]}}}}}}"##
    );
    [common::source("schema/legacy/ask.json", &schema)]
}

#[test]
fn the_legacy_schemas_cannot_break_out_either() {
    let rest = harmless();
    let expected = shapes(&generated(&rest, &legacy("A text.", "some-name")).unwrap());
    let mut alike = 0;
    for payload in PAYLOADS {
        let texts = legacy(payload, "some-name");
        assert!(
            is_alike(&rest, &texts, &expected, payload),
            "{payload:?} is refused"
        );
        let names = legacy("A text.", &format!("some-name{payload}"));
        alike += usize::from(is_alike(&rest, &names, &expected, payload));
    }
    assert!(alike > 40, "{alike} alike");
}
