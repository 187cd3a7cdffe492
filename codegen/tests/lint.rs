//! Every rule has a case in `tests/lint`: a few lines that change the clean schema in `base`, and the
//! messages that this must give. `UPDATE_GOLDENS=1` writes the messages anew.
//!
//! `bad.yaml` is laid over the bundled base: objects are merged key by key, null takes a key away, and
//! everything else, references included, replaces what was there. Lines of `bad.yaml` are kept, so that messages point to them.
//! Rules of `schema/legacy/` have a `legacy.json` beside it, which holds the changes by the stem of the file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use api_schema_text::Diagnostic;
use revio_codegen::lint::{self, LEGACY_RULES, RULES};
use revio_codegen::load::{self, Document, Key, Node, Pos, Source, Value};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

fn base() -> Document {
    let read = |dir| load::read_dir(&cases().join("base"), dir, "yaml").unwrap();
    let openapi = read("").into_iter().find(|it| it.path == "openapi.yaml");
    load::bundle(&openapi.unwrap(), &read("resources")).unwrap()
}

/// The base with the case's changes.
fn changed(case: &str) -> Document {
    let base = base();
    let mut files = base.files().to_vec();
    let file = u32::try_from(files.len()).unwrap();
    files.push("bad.yaml".to_owned());
    let text = fs::read_to_string(cases().join(case).join("bad.yaml")).unwrap();
    let path = format!("{case}/bad.yaml");
    let overlay = load::yaml(&Source { path, text }).unwrap();
    let mut overlay = overlay.root().clone();
    in_file(&mut overlay, file);
    let mut root = base.root().clone();
    lay_over(&mut root, overlay);
    Document::new(root, files)
}

/// The files of `base/legacy` with the case's changes, if it has any.
fn changed_legacy(case: Option<&str>) -> Vec<(String, Document)> {
    let read = |source: &Source| load::json(source).unwrap();
    let changes = case.map(|case| {
        let text = fs::read_to_string(cases().join(case).join("legacy.json")).unwrap();
        let path = format!("{case}/legacy.json");
        let mut root = read(&Source { path, text }).root().clone();
        in_file(&mut root, 1);
        root
    });
    let bases = load::read_dir(&cases().join("base/legacy"), "", "json").unwrap();
    let files = bases.iter().map(|source| {
        let stem = source.path.trim_end_matches(".json").to_owned();
        let mut root = read(source).root().clone();
        if let Some(change) = changes.as_ref().and_then(|all| all.get(&stem)) {
            lay_over(&mut root, change.clone());
        }
        let names = vec![source.path.clone(), "legacy.json".to_owned()];
        (stem, Document::new(root, names))
    });
    files.collect()
}

fn in_file(node: &mut Node, file: u32) {
    node.pos = Pos { file, ..node.pos };
    match &mut node.value {
        Value::Array(items) => items.iter_mut().for_each(|item| in_file(item, file)),
        Value::Object(entries) => {
            for (key, value) in entries {
                key.pos = Pos { file, ..key.pos };
                in_file(value, file);
            }
        }
        _ => {}
    }
}

fn lay_over(base: &mut Node, overlay: Node) {
    let is_reference = base.get("$ref").is_some() || overlay.get("$ref").is_some();
    let (Value::Object(base), Value::Object(overlay), false) =
        (&mut base.value, &overlay.value, is_reference)
    else {
        *base = overlay;
        return;
    };
    for (key, value) in overlay {
        let at = base.iter().position(|(name, _)| name.name == key.name);
        match (at, &value.value) {
            (Some(at), Value::Null) => {
                base.remove(at);
            }
            (Some(at), Value::Object(_)) => lay_over(&mut base[at].1, value.clone()),
            (Some(at), _) => base[at] = (key.clone(), value.clone()),
            (None, Value::Null) => {}
            (None, _) => base.push((Key::clone(key), value.clone())),
        }
    }
}

fn lines(diagnostics: &[Diagnostic]) -> String {
    diagnostics
        .iter()
        .fold(String::new(), |mut all, diagnostic| {
            let _ = writeln!(all, "{diagnostic}");
            all
        })
}

#[test]
fn the_base_is_clean() {
    assert_eq!(lines(&lint::run(&base())), "");
    assert_eq!(lines(&lint::legacy(&changed_legacy(None))), "");
}

#[test]
fn every_rule_has_a_case_and_every_case_a_rule() {
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(rules.len(), RULES.len(), "two rules have the same id");
    let cases: BTreeSet<String> = fs::read_dir(cases())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "base")
        .collect();
    assert_eq!(cases, rules);
}

#[test]
fn every_case_for_the_legacy_files_has_a_rule() {
    let cases = RULES
        .iter()
        .map(|rule| rule.id)
        .filter(|id| cases().join(id).join("legacy.json").exists());
    assert_eq!(cases.collect::<Vec<_>>(), LEGACY_RULES);
}

#[test]
fn rules_are_sorted_and_described() {
    assert!(RULES.is_sorted_by_key(|rule| rule.id));
    for rule in RULES {
        assert!(rule.summary.ends_with('.'), "{}", rule.id);
        assert!(
            !rule.pitfall.is_empty() && !rule.pitfall.ends_with('.'),
            "{}",
            rule.id
        );
    }
}

#[test]
fn every_rule_is_in_the_table_of_pitfalls() {
    let table = include_str!("../src/lint/mod.rs");
    for rule in RULES {
        assert!(table.contains(&format!("`{}`", rule.id)), "{}", rule.id);
    }
}

#[test]
fn every_case_gives_its_messages() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    let mut differences = String::new();
    let mut compare = |rule: &str, file: &str, found: &[Diagnostic]| {
        let found = lines(found);
        let golden = cases().join(rule).join(file);
        if update {
            fs::write(&golden, &found).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if found != expected || !expected.contains(&format!(": {rule}: ")) {
            let _ = writeln!(differences, "{rule}: expected\n{expected}found\n{found}");
        }
    };
    for rule in RULES {
        compare(rule.id, "expected.txt", &lint::run(&changed(rule.id)));
    }
    for rule in LEGACY_RULES {
        let found = lint::legacy(&changed_legacy(Some(rule)));
        compare(rule, "expected-legacy.txt", &found);
    }
    assert!(
        differences.is_empty(),
        "{differences}set UPDATE_GOLDENS=1 to accept"
    );
}

#[test]
fn messages_are_sorted_by_file_and_line() {
    let document = load::bundle(
        &Source {
            path: "b.yaml".to_owned(),
            text: "openapi: '3.1.0'\ninfo: {title: 1, version: 2}\n".to_owned(),
        },
        &[Source {
            path: "a.yaml".to_owned(),
            text: "components:\n  schemas:\n    Zoo: {}\n    Ant: {}\n".to_owned(),
        }],
    )
    .unwrap();
    let found = lint::run(&document);
    let places: Vec<_> = found.iter().map(|it| (it.file.clone(), it.line)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(places.len() > 4);
}
