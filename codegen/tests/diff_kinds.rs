//! Every kind of change by its smallest pair of documents: exactly these facts are found, judged like
//! this.

mod kinds;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kinds::pairs;
use revio_codegen::diff::rules;

#[test]
fn every_kind_is_found_and_judged() {
    let mut wrong = String::new();
    for pair in pairs() {
        let found = pair.found();
        let right = match (&found, &pair.expected) {
            (Err(message), Err(part)) => message.contains(part.as_str()),
            (found, expected) => found == expected,
        };
        if !right {
            let (name, expected) = (&pair.name, &pair.expected);
            let _ = writeln!(
                wrong,
                "{name}\n  expected {expected:?}\n  found    {found:?}"
            );
        }
    }
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
        assert_eq!(back.is_ok(), pair.expected.is_ok(), "{name}, back");
        if pair.expected.is_ok() {
            let same = pair.of(&pair.new, &pair.new).report();
            assert_eq!(same.expect("comparable").findings, [], "{name}, itself");
        }
    }
}

/// Rules for what stands only in this project's own schema, where other tests look at it.
fn needs_own_schema(id: &str) -> bool {
    id.starts_with("rust.")
}

#[test]
fn every_rule_outside_schemas_is_shown() {
    let mut shown = BTreeSet::new();
    for pair in pairs() {
        let lines = pair.expected.iter().flatten();
        shown.extend(lines.filter_map(|line| line.split(' ').next().map(str::to_owned)));
    }
    let outside = rules::all().filter(|rule| !rule.id.starts_with("schema."));
    let missing: Vec<&str> = outside
        .map(|rule| rule.id)
        .filter(|id| !needs_own_schema(id) && !shown.contains(*id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let unknown: Vec<&String> = shown
        .iter()
        .filter(|id| rules::find(id).is_none())
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
