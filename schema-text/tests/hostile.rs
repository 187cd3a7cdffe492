//! No text, however broken, makes a reader panic or hang.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use api_schema_text::{self as text, MAX_DEPTH, Source};
use proptest::prelude::*;

fn source(text: impl Into<String>) -> Source {
    Source {
        path: "hostile.yaml".to_owned(),
        text: text.into(),
    }
}

/// The message of a text that must be refused.
fn refusal(text: &str) -> String {
    text::yaml(&source(text)).expect_err("must be refused")[0].to_string()
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
        text::yaml(&source(&*text)).expect_err("must be refused");
        text::json(&source(&*text)).expect_err("must be refused");
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
    assert!(text::yaml(&source(nested(MAX_DEPTH))).is_ok());
    assert!(text::json(&source(nested(MAX_DEPTH))).is_ok());
    let message = text::json(&source(nested(MAX_DEPTH + 1))).unwrap_err()[0].to_string();
    assert!(message.contains("too-deep"), "{message}");
    let message = refusal(&nested(MAX_DEPTH + 1));
    assert!(message.contains("too-deep"), "{message}");
}

#[test]
fn wide_documents_take_linear_time() {
    let start = Instant::now();
    let mut text = String::from("{\"a\": [");
    for number in 0..200_000 {
        let _ = write!(text, "{{\"k{number}\": {number}, \"ü\": \"\\u00fc\\n\"}},");
    }
    text.push_str("0]}");
    let document = text::json(&source(&*text)).unwrap();
    assert_eq!(document.root().get("a").unwrap().items().len(), 200_001);
    let mut keys = String::from("{");
    for number in 0..100_000 {
        let _ = write!(keys, "\"k{number}\": null,");
    }
    keys.push_str("\"k7\": null}");
    let message = text::json(&source(&*keys)).unwrap_err()[0].to_string();
    assert!(message.contains("already in line 1"), "{message}");
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
}

/// Reads the text both ways; what is written is read back the same.
fn read_both(text: &str) {
    let source = source(text);
    for document in [text::yaml(&source), text::json(&source)]
        .into_iter()
        .flatten()
    {
        let written = document.to_json();
        let again = text::json(&self::source(&*written)).expect("what we write is JSON");
        assert_eq!(again.to_json(), written);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_characters(text in "[-\\[\\]{}:,?&*!|>'\"%@`#~<= \n\ta-c019.+eé\u{202e}\u{85}\\\\]{0,60}") {
        read_both(&text);
    }

    #[test]
    fn random_text(text in any::<String>()) {
        read_both(&text);
    }
}
