//! What a change of a pattern does: decided where it can be, together with lengths and lists.

mod common;

use api_schema_diff::finding::{Effect, Wire};
use api_schema_diff::report::Judged;
use common::compared;
use serde_json::{Value, json};

/// The findings for a text in requests, or in answers.
fn findings(old: &Value, new: &Value, request: bool) -> Vec<Judged> {
    compared::report(old, new, request).findings
}

/// The only finding, with its verdicts for requests and answers.
fn only(old: &Value, new: &Value) -> (Judged, Wire, Wire) {
    let [request, response] = [true, false].map(|request| {
        let mut found = findings(old, new, request);
        assert_eq!(found.len(), 1, "{old} {new}: {found:#?}");
        found.remove(0)
    });
    let (one, other) = (request.wire, response.wire);
    (request, one, other)
}

fn text(keywords: &Value) -> Value {
    let mut schema = json!({ "type": "string" });
    for (key, value) in keywords.as_object().into_iter().flatten() {
        schema[key] = value.clone();
    }
    schema
}

#[test]
fn the_verdict_follows_from_what_the_patterns_match() {
    use Wire::{Breaking, Compatible, Silent, Undecided};
    let cases = [
        (
            "^[0-9]+$",
            r"^\d+$",
            "changed",
            Effect::Equal,
            Silent,
            Silent,
        ),
        (
            "^[0-9]{2}$",
            "^[0-9]+$",
            "relaxed",
            Effect::Widens,
            Compatible,
            Breaking,
        ),
        (
            "^[0-9]+$",
            "^[0-9]{2}$",
            "tightened",
            Effect::Narrows,
            Breaking,
            Compatible,
        ),
        (
            "^[0-9]+$",
            "^[a-z0-9]$",
            "changed",
            Effect::Replaces,
            Breaking,
            Breaking,
        ),
        (
            "^(?=a)b",
            "^a",
            "changed",
            Effect::Unknown,
            Undecided,
            Undecided,
        ),
        // Whatever the one means, the other matches everything.
        (
            "^(?=a)b",
            "",
            "changed",
            Effect::Unknown,
            Compatible,
            Undecided,
        ),
    ];
    for (was, is, id, effect, request, response) in cases {
        let (old, new) = (json!({ "pattern": was }), json!({ "pattern": is }));
        let (found, one, other) = only(&text(&old), &text(&new));
        assert_eq!(found.rule.id, format!("schema.pattern.{id}"), "{was} {is}");
        assert_eq!(
            (found.effect, one, other),
            (effect, request, response),
            "{was} {is}"
        );
    }
}

#[test]
fn a_text_that_tells_two_patterns_apart_is_the_witness() {
    let (old, new) = (
        json!({ "pattern": r"^\d+$" }),
        json!({ "pattern": r"^\d{3}$" }),
    );
    let (found, _, _) = only(&text(&old), &text(&new));
    let witness = found.witness.as_ref().expect("a witness");
    assert!(witness.verified && witness.old_accepts && !witness.new_accepts);
    assert_eq!(witness.value, json!("0"));
}

#[test]
fn other_keywords_may_say_the_same() {
    for (old, new) in [
        (json!({}), json!({ "pattern": ".*" })),
        (
            json!({ "pattern": "^[a-z]{0,3}$" }),
            json!({ "pattern": "^[a-z]{0,3}$", "maxLength": 3 }),
        ),
        (
            json!({ "enum": ["a", "b"] }),
            json!({ "enum": ["a", "b"], "pattern": "^[a-z]$" }),
        ),
        (
            json!({ "enum": ["a", "b"] }),
            json!({ "enum": ["a", "b"], "maxLength": 1 }),
        ),
        (
            json!({ "pattern": "^[ab]$" }),
            json!({ "pattern": "^[ab]$", "enum": ["a", "b"] }),
        ),
    ] {
        for (old, new) in [(&old, &new), (&new, &old)] {
            let (found, request, response) = only(&text(old), &text(new));
            assert_eq!(found.effect, Effect::Equal, "{old} {new}");
            assert_eq!(
                (request, response),
                (Wire::Silent, Wire::Silent),
                "{old} {new}"
            );
        }
    }
}

#[test]
fn lengths_may_become_a_pattern() {
    let old = text(&json!({ "maxLength": 3 }));
    let new = text(&json!({ "pattern": "^[^]{0,3}$" }));
    for (old, new) in [(&old, &new), (&new, &old)] {
        let found = findings(old, new, true);
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|it| it.wire == Wire::Silent), "{found:#?}");
    }
}

#[test]
fn a_format_may_leave_out_what_tells_patterns_apart() {
    let schema = |pattern: &str| json!({ "type": "string", "format": "uuid", "pattern": pattern });
    let (found, request, response) = only(&schema("^[0-9a-f-]+$"), &schema("^[0-9a-f-]{36}$"));
    assert_eq!(
        (found.rule.id, found.effect),
        ("schema.pattern.changed", Effect::Unknown)
    );
    assert_eq!((request, response), (Wire::Undecided, Wire::Compatible));
}

#[test]
fn names_of_fields_are_compared_by_their_patterns() {
    let object =
        |pattern: &str| json!({ "type": "object", "propertyNames": { "pattern": pattern } });
    for (was, is, effect) in [
        ("^[0-9]$", r"^\d$", Effect::Equal),
        ("^a", "^ab", Effect::Narrows),
        ("^ab", "^a", Effect::Widens),
        ("^a$", "^b$", Effect::Replaces),
    ] {
        let (found, _, _) = only(&object(was), &object(is));
        assert_eq!(
            (found.rule.id, found.effect),
            ("schema.condition.changed", effect),
            "{was} {is}"
        );
    }
}
