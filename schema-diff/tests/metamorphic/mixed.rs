//! Rewrites at places chosen by chance, one upon the other, with and without a real change among them.

use std::collections::BTreeMap;

use api_schema_diff::finding::{Direction, Effect, Wire};
use api_schema_diff::report::Report;
use serde_json::{Value, json};

use crate::common::dice::Dice;
use crate::documents::{assert_silent, each_schema, part, report};
use crate::rewrites::REWRITES;

/// A few rewrites, each at some of its places.
fn rewritten(document: &Value, dice: &mut Dice) -> (Value, Vec<&'static str>) {
    let mut new = document.clone();
    let mut done = Vec::new();
    for _ in 0..=1 + dice.roll(4) {
        let rewrite = &REWRITES[dice.roll(REWRITES.len())];
        (rewrite.run)(&mut new, &mut || dice.seldom());
        done.push(rewrite.name);
    }
    (new, done)
}

#[test]
fn rewrites_upon_rewrites_are_silent() {
    let old = part();
    for seed in 0..20 {
        let (new, done) = rewritten(&old, &mut Dice(seed));
        if new != old {
            assert_silent(&format!("{seed}: {done:?}"), &old, &new);
        }
    }
}

/// Changes what is valid at some places.
fn changed(document: &Value, dice: &mut Dice) -> Value {
    let mut new = document.clone();
    each_schema(&mut new, &mut |schema| {
        let Some(map) = schema.as_object_mut().filter(|_| dice.roll(12) == 0) else {
            return;
        };
        match dice.roll(5) {
            0 => drop(map.remove("maxLength")),
            1 => drop(map.remove("required")),
            2 => drop(map.remove("nullable")),
            3 if map.get("type") == Some(&json!("string")) && !map.contains_key("enum") => {
                map.insert("type".to_owned(), json!("integer"));
            }
            _ => {
                let fields = map.get_mut("properties").and_then(Value::as_object_mut);
                if let Some(fields) = fields {
                    let first = fields.keys().next().cloned();
                    first.map(|name| fields.remove(&name));
                }
            }
        }
    });
    new
}

/// The worst effect on what each operation takes, and on what it answers.
///
/// Not the verdicts: a definition that both use has one, and written out it has two.
fn worst(report: &Report) -> BTreeMap<(String, bool), Wire> {
    let mut worst = BTreeMap::new();
    for finding in &report.findings {
        for reach in &finding.reach {
            let is_request = reach.direction == Direction::Request;
            let wire = match (finding.effect, is_request) {
                (Effect::Replaces, _) | (Effect::Narrows, true) | (Effect::Widens, false) => {
                    Wire::Breaking
                }
                (Effect::Unknown, _) => Wire::Undecided,
                _ => continue,
            };
            let known = worst.entry((reach.operation.clone(), is_request));
            let known = known.or_insert(Wire::Undecided);
            *known = wire.max(*known);
        }
    }
    worst
}

#[test]
fn a_change_is_judged_the_same_however_both_sides_are_written() {
    let old = part();
    let mut loud = 0;
    for seed in 0..20 {
        let dice = &mut Dice(seed);
        let new = changed(&old, dice);
        let plain = worst(&report(&old, &new));
        loud += plain.len();
        let (before, one) = rewritten(&old, dice);
        let (after, other) = rewritten(&new, dice);
        let rewritten = worst(&report(&before, &after));
        assert_eq!(plain, rewritten, "{seed}: {one:?} before, {other:?} after");
    }
    assert!(loud > 60, "{loud}");
}
