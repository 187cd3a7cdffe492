//! No text, however broken, makes the lint panic or hang.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;
use revio_codegen::lint;
use revio_codegen::load::{self, Source};

fn source(text: impl Into<String>) -> Source {
    Source {
        path: "hostile.yaml".to_owned(),
        text: text.into(),
    }
}

/// Reads the text every way there is, and lints what comes out.
fn swallow(text: &str) {
    let source = source(text);
    if let Ok(document) = load::yaml(&source) {
        lint::run(&document);
        let written = document.to_json();
        let again = load::json(&self::source(&*written)).expect("what we write is JSON");
        assert_eq!(again.to_json(), written);
    }
    if let Ok(document) = load::json(&source) {
        lint::run(&document);
    }
    if let Ok(document) = load::bundle(&source, &[]) {
        lint::run(&document);
    }
}

#[test]
fn deep_schemas_are_linted_without_harm() {
    // As deep as texts may be, with everything that rules follow.
    let depth = 60;
    let mut text = String::from("components:\n  schemas:\n    A:\n");
    for level in 0..depth {
        let indent = " ".repeat(6 + level * 3);
        let _ = writeln!(
            text,
            "{indent}allOf:\n{indent} - $ref: '#/components/schemas/A'\n{indent} - type: object"
        );
    }
    swallow(&text);
}

#[test]
fn references_in_circles_end() {
    swallow(
        "paths:\n  /A: {get: {parameters: [{$ref: '#/components/parameters/A'}], \
         requestBody: {$ref: '#/components/requestBodies/A'}, responses: {'200': {$ref: '#/components/responses/A'}}}}\n\
         components:\n  parameters: {A: {$ref: '#/components/parameters/A'}}\n  \
         requestBodies: {A: {$ref: '#/components/requestBodies/A'}}\n  \
         responses: {A: {$ref: '#/components/responses/A'}}\n  \
         schemas: {A: {$ref: '#/components/schemas/B'}, B: {allOf: [{$ref: '#/components/schemas/A'}]}, C: {$ref: '#'}}\n",
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_lines(
        lines in prop::collection::vec((0_usize..6, select(KEYS), select(VALUES)), 0..30),
    ) {
        let text = lines.into_iter().fold(String::new(), |mut text, (indent, key, value)| {
            let _ = writeln!(text, "{}{key}{value}", "  ".repeat(indent));
            text
        });
        swallow(&text);
    }
}

/// What schemas are made of, put together at random.
const KEYS: &[&str] = &[
    "- ",
    "- name: ",
    "paths: ",
    "components: ",
    "schemas: ",
    "properties: ",
    "get: ",
    "post: ",
    "items: ",
    "allOf: ",
    "oneOf: ",
    "/a/{id}: ",
    "A: ",
    "'200': ",
    "responses: ",
    "parameters: ",
    "required: ",
    "tags: ",
    "content: ",
    "application/json: ",
    "schema: ",
    "type: ",
    "enum: ",
    "$ref: ",
    "- $ref: ",
    "x-revio-id: ",
    "x-revio-record: ",
    "x-revio-own-id: ",
    "description: ",
    "operationId: ",
    "nullable: ",
    "",
];

const VALUES: &[&str] = &[
    "",
    "",
    "",
    "",
    "[]",
    "{}",
    "null",
    "true",
    "1",
    "A",
    "AId",
    "[A, B]",
    "[A, a, '', null]",
    "|",
    ">-",
    "object",
    "array",
    "number",
    "string",
    "a_list",
    "'#/components/schemas/A'",
    "'#/components/parameters/A'",
    "'#/components/responses/A'",
    "'#/components/schemas/B'",
];
