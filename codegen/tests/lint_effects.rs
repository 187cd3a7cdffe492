//! What the lint says about annotations is what the readers do: a misspelt one is named, and one that passes is read.

mod common;
#[path = "mutate/mod.rs"]
#[allow(dead_code, reason = "nothing is changed at random here")]
mod mutate;

use std::collections::{BTreeMap, BTreeSet};

use revio_codegen::load::{self, Document, Key, Node, Source, Value};
use revio_codegen::lower::Strictness;
use revio_codegen::{generate, lint, soap};

/// Calls with the steps to every object but the vocabulary, which explains annotations and has none.
fn objects(node: &Node, path: &mut Vec<usize>, with: &mut impl FnMut(&[usize], &Node)) {
    if node
        .get("x-revio-evidence")
        .and_then(Node::as_str)
        .is_some_and(|it| it.contains(' '))
    {
        return;
    }
    if node.as_object().is_some() {
        with(path, node);
    }
    let values = node.entries().map(|(_, value)| value);
    for (step, child) in node.items().chain(values).enumerate() {
        path.push(step);
        objects(child, path, with);
        path.pop();
    }
}

fn at<'n>(root: &'n mut Node, path: &[usize]) -> &'n mut Node {
    path.iter().fold(root, |node, step| match &mut node.value {
        Value::Object(entries) => &mut entries[*step].1,
        Value::Array(items) => &mut items[*step],
        _ => panic!("{path:?} leads nowhere"),
    })
}

fn entries_at<'n>(root: &'n mut Node, path: &[usize]) -> &'n mut Vec<(Key, Node)> {
    match &mut at(root, path).value {
        Value::Object(entries) => entries,
        _ => panic!("{path:?} is no object"),
    }
}

/// Every annotation of a tree: the steps to its object, and its entry in that.
fn annotations(root: &Node) -> Vec<(Vec<usize>, usize)> {
    let mut found = Vec::new();
    objects(root, &mut Vec::new(), &mut |path, node| {
        for (entry, (key, _)) in node.entries().enumerate() {
            if key.name.starts_with("x-") {
                found.push((path.to_vec(), entry));
            }
        }
    });
    found
}

type Files = Vec<(String, Document)>;

fn legacy_files() -> Files {
    let sources = common::real().legacy;
    let files = sources.iter().map(|source| {
        let stem = source.path.rsplit('/').next().expect("a name");
        let document = load::json(source).expect("sound");
        (stem.trim_end_matches(".json").to_owned(), document)
    });
    files.collect()
}

/// Changes one annotation after the other.
fn each_legacy_annotation(
    mut with: impl FnMut(usize, &mut (Key, Node)) -> bool,
    check: impl Fn(&str, u32, &Files),
) {
    let mut count = 0;
    let files = legacy_files();
    for (at, (_, document)) in files.iter().enumerate() {
        for (path, entry) in annotations(document.root()) {
            let mut root = document.root().clone();
            let entry = &mut entries_at(&mut root, &path)[entry];
            let (name, line) = (entry.0.name.clone(), entry.0.pos.line);
            count += 1;
            if with(count, entry) {
                let mut files = files.clone();
                files[at].1 = Document::new(root, document.files().to_vec());
                check(&name, line, &files);
            }
        }
    }
    assert!(count > 300, "only {count} annotations were found");
}

#[test]
fn every_misspelt_annotation_of_the_legacy_files_is_named_with_what_was_meant() {
    let misspell = |count: usize, (key, _): &mut (Key, Node)| {
        let name = &key.name;
        let end = name.len() - 2;
        key.name = match count % 5 {
            0 => format!("{}{}", &name[..end], &name[end + 1..]),
            1 => name.to_uppercase(),
            2 => name.replace('-', "_"),
            3 => format!("{name}s"),
            _ => name.replacen("x-", "", 1),
        };
        true
    };
    each_legacy_annotation(misspell, |name, line, files| {
        let found = lint::legacy(files);
        assert!(
            found
                .iter()
                .any(|it| it.line == line && it.help.contains(name)),
            "{name} of line {line}: {found:#?}"
        );
    });
}

#[test]
fn every_value_of_a_wrong_type_is_refused() {
    let spoil = |count: usize, (_, value): &mut (Key, Node)| {
        let spoilt = match (&value.value, count % 2) {
            (Value::Bool(flag), 0) => Value::String(flag.to_string()),
            (Value::Bool(_) | Value::String(_), _) => Value::Number("1".to_owned()),
            (Value::Array(_), 0) => Value::String("ID".to_owned()),
            (Value::Array(_), _) => Value::Array(vec![Node {
                value: Value::Bool(true),
                pos: value.pos,
            }]),
            (_, 0) => Value::Bool(true),
            _ => Value::Array(Vec::new()),
        };
        let is_setting =
            matches!(value.value, Value::Array(_)) && matches!(spoilt, Value::Array(_));
        value.value = spoilt;
        // Candidates of a setting are whatever its value can be.
        !is_setting
    };
    each_legacy_annotation(spoil, |name, line, files| {
        let found = lint::legacy(files);
        assert!(
            found
                .iter()
                .any(|it| it.line >= line && it.line <= line + 1),
            "{name} of line {line}: {found:#?}"
        );
    });
}

/// The small legacy files of the rules' cases, with the wire settings of the real ones.
fn small_legacy() -> Files {
    let cases = common::root().join("codegen/tests/lint/base/legacy");
    let sources = load::read_dir(&cases, "", "json").expect("readable");
    let real = legacy_files();
    let service = real
        .iter()
        .find_map(|(_, it)| it.root().get("x-xml-service"));
    let files = sources.iter().map(|source| {
        let document = load::json(source).expect("sound");
        let mut root = document.root().clone();
        for (key, value) in entries_at(&mut root, &[]) {
            if key.name == "x-xml-service" {
                *value = service.expect("the settings").clone();
            }
        }
        let stem = source.path.trim_end_matches(".json").to_owned();
        (stem, Document::new(root, document.files().to_vec()))
    });
    files.collect()
}

/// What the readers make of the files.
fn made_of_legacy(files: &Files) -> Option<(soap::Wire, BTreeMap<String, String>)> {
    let sources: Vec<Source> = files
        .iter()
        .map(|(stem, document)| common::source(&format!("{stem}.json"), &document.to_json()))
        .collect();
    let wire = soap::read(&sources).ok()??;
    let made = generate::from_document(&mutate::base(), &sources, Strictness::Lenient).ok()?;
    Some((wire, made.files.into_iter().collect()))
}

#[test]
fn an_annotation_of_a_legacy_file_that_passes_is_read() {
    // What people read: how well the place of an element or a definition is known.
    let for_people = [
        "x-revio-evidence",
        "x-xml-place-evidence",
        "x-xml-candidates",
        "x-vocabulary",
    ];
    let files = small_legacy();
    let before = made_of_legacy(&files).expect("the small files are sound");
    let mut values: BTreeMap<String, (Key, Node)> = BTreeMap::new();
    for (_, document) in &files {
        objects(document.root(), &mut Vec::new(), &mut |_, node| {
            for (key, value) in node.entries().filter(|(key, _)| key.name.starts_with("x-")) {
                values
                    .entry(key.name.clone())
                    .or_insert((key.clone(), value.clone()));
            }
        });
    }
    assert!(values.len() > 15, "{:?}", values.keys());
    let mut silent = BTreeSet::new();
    for (file, (_, document)) in files.iter().enumerate() {
        objects(document.root(), &mut Vec::new(), &mut |path, node| {
            for (name, entry) in &values {
                if node.get(name).is_some() || for_people.contains(&name.as_str()) {
                    continue;
                }
                let mut root = document.root().clone();
                entries_at(&mut root, path).push(entry.clone());
                let mut changed = files.clone();
                changed[file].1 = Document::new(root, document.files().to_vec());
                if lint::legacy(&changed).is_empty()
                    && made_of_legacy(&changed).is_some_and(|after| after == before)
                {
                    silent.insert(format!("{name} at {path:?}, line {}", node.pos.line));
                }
            }
        });
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

/// Annotations of the REST schema with a value that fits.
const REST: &[(&str, &str)] = &[
    ("x-revio-effect", "read"),
    ("x-revio-content-type", "application/json-patch+json"),
    ("x-revio-record", "Bill"),
    ("x-revio-id", "BillId"),
    ("x-revio-sensitive", "true"),
    ("x-revio-enum", "BillState"),
    ("x-revio-values", "[A, B]"),
    ("x-revio-unit", "quantity"),
    ("x-revio-lenient", "true"),
    ("x-revio-label", "true"),
    ("x-revio-own-id", "true"),
    ("x-revio-entity", "Bill"),
];

/// What passes in the REST schema although nothing is generated of it.
fn is_read_elsewhere(name: &str, node: &Node, document: &Document) -> bool {
    let is_parameter = node.get("in").is_some();
    match name {
        // The sandbox reads them, and the tests.
        "x-revio-record" => node.get("operationId").is_some(),
        "x-revio-lenient" => node.get("enum").is_some(),
        // A parameter that has one gets the same again, and the pages of lists have a type of their own.
        "x-revio-id" => is_parameter || node.get("nullable").is_none(),
        // The runtime never prints parameters and what surrounds records.
        "x-revio-sensitive" => is_parameter || document.file(node.pos).ends_with("openapi.yaml"),
        _ => false,
    }
}

#[test]
fn an_annotation_of_the_rest_schema_that_passes_is_read() {
    let base = mutate::base();
    let made = |document: &Document| {
        let made = generate::from_document(document, &[], Strictness::Lenient).ok()?;
        let rust = made
            .rust()
            .map(|(path, text)| (path.to_owned(), text.to_owned()));
        Some(rust.collect::<Vec<_>>())
    };
    let before = made(&base).expect("the base is sound");
    let mut silent = BTreeSet::new();
    for (name, value) in REST {
        let text = format!("a: {value}");
        let value = load::yaml(&common::source("a.yaml", &text)).expect("sound");
        let value = value.root().get("a").expect("a value").clone();
        let name = (*name).to_owned();
        let entry = (
            Key {
                name,
                pos: value.pos,
            },
            value,
        );
        objects(base.root(), &mut Vec::new(), &mut |path, node| {
            let name = entry.0.name.as_str();
            if node.get(name).is_some() || is_read_elsewhere(name, node, &base) {
                return;
            }
            let mut root = base.root().clone();
            entries_at(&mut root, path).push(entry.clone());
            let changed = Document::new(root, base.files().to_vec());
            if lint::run(&changed).is_empty() && made(&changed).is_some_and(|it| it == before) {
                silent.insert(format!(
                    "{name} at {}:{}",
                    base.file(node.pos),
                    node.pos.line
                ));
            }
        });
    }
    assert!(silent.is_empty(), "{silent:#?}");
}
