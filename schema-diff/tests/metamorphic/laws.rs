//! What two comparisons of the same documents have to do with each other.

use api_schema_diff::finding::{Effect, Wire};
use api_schema_diff::report::Judged;
use serde_json::{Value, json};

use crate::common::own;
use crate::documents::{each_schema, part, report};

/// What is added on one side, is removed on the other.
fn mirrored(id: &str) -> String {
    for (one, other) in [
        ("added", "removed"),
        ("became.required", "became.optional"),
        ("tightened", "relaxed"),
        ("widened", "narrowed"),
        ("closed", "opened"),
        ("typed", "untyped"),
        ("extracted", "inlined"),
        (".set", ".unset"),
        ("doc.deprecated", "doc.undeprecated"),
        ("op.deprecated", "op.undeprecated"),
        ("status.split", "status.merged"),
    ] {
        if id.ends_with(other) {
            return id.replace(other, one);
        }
        if id.ends_with(one) {
            return id.replace(one, other);
        }
    }
    id.to_owned()
}

/// What a finding says, whether it is required or not.
fn kind(finding: &Judged) -> String {
    finding
        .rule
        .id
        .replace(".required.", ".")
        .replace(".optional.", ".")
}

#[test]
fn a_comparison_and_its_mirror_image_find_the_same() {
    let old = own();
    let mut new = old.clone();
    // Something of every kind, at deterministic places.
    let mut turn = 0_u32;
    each_schema(&mut new, &mut |schema| {
        turn += 1;
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        if turn.is_multiple_of(7) {
            map.remove("maxLength");
            map.remove("required");
        }
        if turn.is_multiple_of(11) && map.get("type") == Some(&json!("string")) {
            map.insert("type".to_owned(), json!("integer"));
        }
        if turn.is_multiple_of(13)
            && let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut)
        {
            let first = properties.keys().next().cloned();
            first.map(|name| properties.remove(&name));
        }
        if turn.is_multiple_of(5) {
            map.remove("nullable");
        }
    });
    let (forth, back) = (report(&old, &new), report(&new, &old));
    assert!(forth.findings.len() > 50, "{}", forth.findings.len());
    let mut there: Vec<(String, String, Effect)> = forth
        .findings
        .iter()
        .map(|it| (kind(it), it.subject.to_string(), it.effect))
        .collect();
    let mut here: Vec<(String, String, Effect)> = back
        .findings
        .iter()
        .map(|it| {
            let id = mirrored(&kind(it));
            // Added and removed fields are judged by who sends them, not by their effect.
            (id, it.subject.to_string(), it.effect.mirrored())
        })
        .collect();
    let by_law = |list: &mut Vec<(String, String, Effect)>| {
        list.retain(|(id, _, _)| !id.starts_with("schema.property.") || id.contains("became"));
        list.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    };
    by_law(&mut there);
    by_law(&mut here);
    assert_eq!(there, here);
}

/// Every schema that holds no other, in turn, so that changes can't meet.
fn each_leaf(
    document: &mut Value,
    edit: &mut dyn FnMut(usize, &mut serde_json::Map<String, Value>),
) {
    let mut turn = 0;
    each_schema(document, &mut |schema| {
        let inner = ["properties", "items", "allOf", "oneOf", "$ref"];
        let is_leaf = !inner.iter().any(|key| schema.get(key).is_some());
        if let Some(map) = schema.as_object_mut().filter(|_| is_leaf) {
            turn += 1;
            edit(turn, map);
        }
    });
}

#[test]
fn one_step_finds_what_two_steps_find() {
    let first = part();
    let mut second = first.clone();
    each_leaf(&mut second, &mut |turn, map| {
        if turn % 10 == 1 {
            map.insert("type".to_owned(), json!("boolean"));
        }
    });
    let mut third = second.clone();
    each_leaf(&mut third, &mut |turn, map| {
        if turn % 10 == 6 {
            map.remove("nullable");
            map.insert("description".to_owned(), json!("Another."));
        }
        if turn % 10 == 8 && map.get("type") == Some(&json!("string")) {
            map.insert("maxLength".to_owned(), json!(3));
        }
    });
    let facts = |old: &Value, new: &Value| -> Vec<(&'static str, String, Wire)> {
        let findings = report(old, new).findings.into_iter();
        findings
            .map(|it| (it.rule.id, it.subject.to_string(), it.wire))
            .collect()
    };
    let mut steps = facts(&first, &second);
    let early = steps.len();
    steps.extend(facts(&second, &third));
    assert!(early > 10 && steps.len() > early + 10, "{}", steps.len());
    let mut at_once = facts(&first, &third);
    steps.sort();
    at_once.sort();
    assert_eq!(at_once, steps);
}
