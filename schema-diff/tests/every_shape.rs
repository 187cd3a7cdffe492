//! Every kind of change inside of schemas by its smallest pair: what is found, and how it is judged in
//! requests and in answers, wherever the schema stands, there and back.
//!
//! The pairs are in `shapes`, with the format in its README.

#[allow(dead_code, reason = "only what is found is asked for here")]
mod kinds;
mod shapes;

use std::collections::BTreeSet;

use api_schema_diff::finding::Wire;
use api_schema_diff::rules;
use api_schema_diff::vocabulary::{Meaning, Plain, Vocabulary};
use api_schema_text::Node;
use shapes::Pair;

fn pairs(start: &str) -> Vec<Pair> {
    shapes::pairs("tests/shapes", start)
}

/// A vocabulary with one keyword.
struct Example;

impl Vocabulary for Example {
    fn keyword(&self, key: &str, _: Option<&Node>, _: Option<&Node>) -> Option<Meaning> {
        (key == "x-known-values").then_some(Meaning::KnownValues)
    }
}

#[test]
fn every_kind_is_found_and_judged_at_every_place() {
    let wrong = shapes::wrong(&pairs(""), &Example);
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn other_words_for_the_same_are_silent() {
    for pair in pairs("same") {
        for line in pair.finds.iter().chain(pair.back.iter().flatten()) {
            assert!(line.ends_with(Wire::Silent.word()), "{}: {line}", pair.name);
        }
    }
}

#[test]
fn every_rule_of_schemas_is_shown() {
    let mut shown = shapes::shown(&pairs(""));
    shown.extend(kinds::shown(&kinds::pairs("tests/kinds", &Plain)));
    let of_schemas = rules::all().filter(|rule| rule.id.starts_with("schema."));
    let missing: Vec<&str> = of_schemas
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

#[test]
fn no_pair_stands_twice() {
    let mut seen = BTreeSet::new();
    for pair in pairs("") {
        assert_ne!(pair.old, pair.new, "{}", pair.name);
        let key = (pair.old.to_string(), pair.new.to_string(), pair.versions);
        assert!(seen.insert(key), "{}", pair.name);
    }
}
