//! Every keyword of this project's schema by its smallest pair, as the comparison tests those of everybody.

#[path = "../../schema-diff/tests/kinds/mod.rs"]
#[allow(dead_code, reason = "each test uses its own part")]
mod kinds;
#[path = "../../schema-diff/tests/shapes/mod.rs"]
#[allow(dead_code, reason = "each test uses its own part")]
mod shapes;

use std::collections::BTreeSet;

use revio_codegen::rust_api::{Revio, rules, vocabulary};

#[test]
fn every_keyword_is_found_and_judged() {
    let kinds = kinds::pairs("tests/vocabulary/kinds", &Revio);
    let shapes = shapes::pairs("tests/vocabulary/shapes", "");
    let wrong = kinds::wrong(&kinds) + &shapes::wrong(&shapes, &Revio);
    assert!(wrong.is_empty(), "{wrong}");
    let mut shown = kinds::shown(&kinds);
    shown.extend(shapes::shown(&shapes));
    let missing = vocabulary::RULES.iter().map(|rule| rule.id);
    let missing: Vec<&str> = missing.filter(|id| !shown.contains(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_rule_has_an_effect_on_rust_code_and_is_listed_once() {
    let mut seen = BTreeSet::new();
    for rule in rules::all() {
        assert!(seen.insert(rule.id), "{} is listed twice", rule.id);
        let effect = rules::effect(rule).unwrap_or_else(|| panic!("{} has no row", rule.id));
        assert!(effect.text.ends_with('.') && rule.meaning.ends_with('.'));
    }
    assert_eq!(seen.len(), rules::rows());
}
