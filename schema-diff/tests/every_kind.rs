//! Every kind of change by its smallest pair of documents: exactly these facts are found, judged like
//! this.

mod kinds;

use std::collections::{BTreeSet, HashSet};

use api_schema_diff::rules;
use api_schema_diff::vocabulary::Plain;
use api_schema_text::pointer;
use kinds::Pair;
use serde_json::{Value, json};

fn pairs() -> Vec<Pair> {
    kinds::pairs("tests/kinds", &Plain)
}

#[test]
fn every_kind_is_found_and_judged() {
    let wrong = kinds::wrong(&pairs());
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_pair_stands_twice() {
    let mut seen = BTreeSet::new();
    for pair in pairs() {
        assert!(seen.insert(pair.name.clone()), "{}", pair.name);
        assert_ne!(pair.old, pair.new, "{}", pair.name);
    }
}

#[test]
fn nothing_is_found_in_what_is_the_same_and_the_way_back_ends_alike() {
    for pair in pairs() {
        let name = &pair.name;
        let back = pair.of(&pair.new, &pair.old).report();
        // What led nowhere on the old side alone is no obstacle.
        let texts = [back.as_ref().err(), pair.expected.as_ref().err()];
        let one_way = texts.into_iter().flatten().any(|it| it.contains(BROKEN));
        assert!(
            one_way || back.is_ok() == pair.expected.is_ok(),
            "{name}, back"
        );
        if pair.expected.is_ok() {
            let same = pair.of(&pair.new, &pair.new).report();
            assert_eq!(same.expect("comparable").findings, [], "{name}, itself");
        }
    }
}

/// Every value inside, as the pointer that leads there.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, it)| (pointer::escape(key).into_owned(), it))
            .collect(),
        Value::Array(items) => (0..).map(|it: usize| it.to_string()).zip(items).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let at = format!("{at}/{key}");
        places(value, &at, found);
        found.push(at);
    }
}

#[test]
fn odd_documents_end_in_a_report_or_a_message() {
    let odd = [
        json!(null),
        json!([null]),
        json!({"$ref": "#"}),
        json!("x"),
        json!(-1),
    ];
    let mut seen = HashSet::new();
    for pair in pairs() {
        if !seen.insert(pair.old.to_string()) {
            continue;
        }
        let mut found = Vec::new();
        places(&pair.old, "", &mut found);
        for (turn, at) in found.iter().enumerate() {
            let mut broken = pair.old.clone();
            let value = broken.pointer_mut(at).expect("it was there");
            *value = odd[turn % odd.len()].clone();
            let (old, new) = match turn % 2 {
                0 => (&pair.old, &broken),
                _ => (&broken, &pair.old),
            };
            if let Err(message) = pair.of(old, new).report() {
                assert!(message.contains(": diff-"), "{at}: {message}");
            }
        }
    }
}

/// What a reference is called that leads nowhere.
const BROKEN: &str = "diff-broken-ref";

#[test]
fn every_rule_outside_schemas_is_shown() {
    let shown = kinds::shown(&pairs());
    let outside = rules::all().filter(|rule| !rule.id.starts_with("schema."));
    let missing: Vec<&str> = outside
        .map(|rule| rule.id)
        .filter(|id| !shown.contains(*id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let unknown: Vec<&String> = shown
        .iter()
        .filter(|id| rules::all().all(|rule| rule.id != **id))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
