//! No text, however broken, makes the loader or the lint panic or hang.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::select;
use revio_codegen::lint;
use revio_codegen::load::{self, MAX_DEPTH, Source};

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

/// The message of a text that must be refused.
fn refusal(text: &str) -> String {
    load::yaml(&source(text)).expect_err("must be refused")[0].to_string()
}

#[test]
fn deep_nesting_is_refused_quickly() {
    let deep = 100_000;
    let start = Instant::now();
    for text in [
        "[".repeat(deep),
        "{a: ".repeat(deep),
        "{\"a\":".repeat(deep),
        "- ".repeat(deep),
        "? ".repeat(deep),
        "a: [".repeat(deep),
    ] {
        load::yaml(&source(&*text)).expect_err("must be refused");
        load::json(&source(&*text)).expect_err("must be refused");
    }
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn the_nesting_limit_is_exact() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(load::yaml(&source(nested(MAX_DEPTH))).is_ok());
    assert!(load::json(&source(nested(MAX_DEPTH))).is_ok());
    let message = load::json(&source(nested(MAX_DEPTH + 1))).unwrap_err()[0].to_string();
    assert!(message.contains("too-deep"), "{message}");
    let message = refusal(&nested(MAX_DEPTH + 1));
    assert!(message.contains("too-deep"), "{message}");
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
fn wide_documents_take_linear_time() {
    let start = Instant::now();
    let mut text = String::from("{\"a\": [");
    for number in 0..200_000 {
        let _ = write!(text, "{{\"k{number}\": {number}, \"ü\": \"\\u00fc\\n\"}},");
    }
    text.push_str("0]}");
    let document = load::json(&source(&*text)).unwrap();
    assert_eq!(document.root().get("a").unwrap().items().len(), 200_001);
    let mut keys = String::from("{");
    for number in 0..100_000 {
        let _ = write!(keys, "\"k{number}\": null,");
    }
    keys.push_str("\"k7\": null}");
    let message = load::json(&source(&*keys)).unwrap_err()[0].to_string();
    assert!(message.contains("already in line 1"), "{message}");
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
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
    fn random_characters(text in "[-\\[\\]{}:,?&*!|>'\"%@`#~<= \n\ta-c019.+eé\u{202e}\u{85}\\\\]{0,60}") {
        swallow(&text);
    }

    #[test]
    fn random_text(text in any::<String>()) {
        swallow(&text);
    }

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
