//! Public pairs of documents with labels: what breaks callers is found, and re-spellings are not.

use std::fmt::Write as _;

use api_schema_diff::compare;
use api_schema_diff::finding::Wire;
use api_schema_diff::report::{Options, Report};
use api_schema_diff::side::Side;
use api_schema_text::Source;
use api_schema_text::pointer;
use serde_json::Value;

/// A pair and what its origin says about it.
struct Pair {
    id: String,
    labels: Vec<String>,
    old: Value,
    new: Value,
}

impl Pair {
    fn is(&self, label: &str) -> bool {
        self.labels.iter().any(|it| it == label)
    }

    fn report(&self) -> Report {
        let side = |label: &str, document: &Value| {
            let path = format!("{}.json", self.id);
            let text = document.to_string();
            Side::document(label, &Source { path, text }).expect("a document")
        };
        let (old, new) = (side("old", &self.old), side("new", &self.new));
        compare(&old, &new, &Options::default())
            .unwrap_or_else(|complaints| panic!("{}: {}", self.id, complaints[0]))
    }
}

fn pairs(text: &str) -> Vec<Pair> {
    let set: Value = serde_json::from_str(text).expect("the corpus is JSON");
    let bases = set["bases"].as_array().expect("bases");
    let pairs = set["pairs"].as_array().expect("pairs");
    let strings = |value: &Value| -> Vec<String> {
        let items = value.as_array().into_iter().flatten();
        items
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect()
    };
    pairs
        .iter()
        .map(|pair| {
            let index = pair["base"].as_u64().expect("an index");
            let old = bases[usize::try_from(index).expect("small")].clone();
            let mut new = old.clone();
            for edit in pair["edits"].as_array().expect("edits") {
                apply(&mut new, edit);
            }
            Pair {
                id: pair["id"].as_str().expect("an id").to_owned(),
                labels: strings(&pair["labels"]),
                old,
                new,
            }
        })
        .collect()
}

/// Sets or removes the value at a pointer.
fn apply(document: &mut Value, edit: &Value) {
    let at = edit["at"].as_str().expect("a pointer");
    let (parent, key) = pointer::split(at).expect("never the whole document");
    let key = key.into_owned();
    let parent = document.pointer_mut(parent).expect("the parent exists");
    match (parent, edit.get("set")) {
        (Value::Object(map), Some(value)) => {
            map.insert(key, value.clone());
        }
        (Value::Object(map), None) => {
            map.remove(&key);
        }
        (Value::Array(items), Some(value)) => {
            items[key.parse::<usize>().expect("an index")] = value.clone();
        }
        (other, _) => panic!("nothing can be edited in {other}"),
    }
}

fn drift() -> Vec<Pair> {
    pairs(include_str!("corpora/drift.json"))
}

fn comparest() -> Vec<Pair> {
    pairs(include_str!("corpora/comparest.json"))
}

/// The worst verdict, as a word; `none` when nothing was found.
fn worst(report: &Report) -> &'static str {
    let worst = report.findings.iter().map(|it| it.wire).max();
    worst.map_or("none", Wire::word)
}

/// One line for each pair, for whoever has to look into a failure.
fn table(pairs: &[Pair]) -> String {
    let mut out = String::new();
    for pair in pairs {
        let report = pair.report();
        let facts: Vec<String> = report
            .findings
            .iter()
            .map(|it| format!("{}:{}", it.rule.id, it.wire.word()))
            .collect();
        let _ = writeln!(
            out,
            "{:<60} {:<40} {:<10} {}",
            pair.id,
            pair.labels.join(","),
            worst(&report),
            facts.join(" ")
        );
    }
    out
}

/// The worst verdict of each pair that a test selects.
fn verdicts(pairs: &[Pair], select: impl Fn(&Pair) -> bool) -> Vec<(String, Wire)> {
    let chosen = pairs.iter().filter(|pair| select(pair));
    let worst = |pair: &Pair| {
        let report = pair.report();
        report.findings.iter().map(|it| it.wire).max()
    };
    chosen
        .map(|pair| (pair.id.clone(), worst(pair).unwrap_or(Wire::Silent)))
        .collect()
}

/// The pairs that aren't at least undecided, or aren't breaking.
fn below(verdicts: &[(String, Wire)], wire: Wire) -> Vec<&str> {
    let low = verdicts.iter().filter(|(_, it)| *it < wire);
    low.map(|(id, _)| id.as_str()).collect()
}

#[test]
fn every_breaking_change_of_drift_is_flagged() {
    let pairs = drift();
    assert_eq!(pairs.len(), 81);
    let breaking = verdicts(&pairs, |it| {
        it.is("Incompatible") || it.is("BackwardIncompatible")
    });
    assert_eq!(breaking.len(), 21);
    assert_eq!(
        below(&breaking, Wire::Undecided),
        [""; 0],
        "{}",
        table(&pairs)
    );
    // What the service does with what old callers send, or how they take a new error, isn't said.
    let open = [
        "add-response-code",
        "remove-header-parameter",
        "remove-operation-parameter",
    ];
    assert_eq!(below(&breaking, Wire::Breaking), open);
}

#[test]
fn trivial_changes_of_drift_are_silent() {
    let pairs = drift();
    let trivial = verdicts(&pairs, |it| {
        it.labels == ["Trivial"] || it.labels.is_empty()
    });
    assert_eq!(trivial.len(), 27);
    let loud: Vec<_> = trivial
        .iter()
        .filter(|(_, wire)| *wire != Wire::Silent)
        .collect();
    assert!(loud.is_empty(), "{loud:?}\n{}", table(&pairs));
}

#[test]
fn compatible_changes_of_drift_are_compatible() {
    let pairs = drift();
    let compatible = verdicts(&pairs, |it| it.labels == ["ForwardIncompatible"]);
    // Old callers send a body that nobody reads any more; drift looks at new callers only.
    let justified = ["remove-optional-body", "remove-required-body"];
    for (id, wire) in &compatible {
        let expected = justified.contains(&id.as_str());
        assert_eq!(*wire > Wire::Compatible, expected, "{id}: {wire:?}");
    }
}

#[test]
fn breaking_changes_of_comparest_are_flagged() {
    let pairs = comparest();
    assert_eq!(pairs.len(), 47);
    let breaking = verdicts(&pairs, |it| it.is("BREAK"));
    assert_eq!(breaking.len(), 28);
    let missed = below(&breaking, Wire::Undecided);
    assert!(missed.is_empty(), "{missed:?}\n{}", table(&pairs));
}

#[test]
fn harmless_changes_of_comparest_are_not_breaking() {
    let pairs = comparest();
    let harmless = verdicts(&pairs, |it| it.is("NONE") || it.is("CHANGE"));
    // A client that can only read the media type that is gone has nothing to read.
    let justified = ["pathItem__operation__responses__change__mediaTypeObject__del"];
    let breaking = harmless.iter().filter(|(_, wire)| *wire == Wire::Breaking);
    let breaking: Vec<&str> = breaking.map(|(id, _)| id.as_str()).collect();
    assert_eq!(breaking, justified, "{}", table(&pairs));
}

#[test]
fn a_document_against_itself_has_no_findings() {
    for mut pair in drift().into_iter().chain(comparest()) {
        pair.new = pair.old.clone();
        assert_eq!(pair.report().findings, [], "{}", pair.id);
    }
}

#[test]
fn breaking_changes_of_schemas_are_shown_by_values() {
    let mut without = Vec::new();
    let mut shown = 0;
    for pair in drift().into_iter().chain(comparest()) {
        let findings = pair.report().findings;
        let breaking = findings.iter().filter(|it| it.wire == Wire::Breaking);
        for fact in breaking.filter(|it| it.rule.id.starts_with("schema.")) {
            match &fact.witness {
                Some(witness) => shown += usize::from(witness.verified),
                None => without.push((pair.id.clone(), fact.rule.id)),
            }
        }
    }
    let without: Vec<(&str, &str)> = without
        .iter()
        .map(|(id, rule)| (id.as_str(), *rule))
        .collect();
    // The keyword only went into the variants of the choice beside them.
    let moved = ("type-changing", "schema.constraint.removed");
    assert_eq!(without, [moved]);
    assert!(shown > 40, "{shown}");
}
