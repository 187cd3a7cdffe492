//! Schemas that are almost right: random changes to a sound one never make the lint panic or hang, and
//! what the lint passes the generators can read.

mod mutate;

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;
use revio_codegen::lint;
use revio_codegen::load::{self, Document, Node, Source, Value};

use mutate::{Change, apply, base, count};

/// The project's own schema.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(PathBuf::from)
        .unwrap_or_default();
    load::read_dir(&root, "schema/rest", "yaml").expect("the schema can be read")
}

/// The legacy files with their stems.
fn legacy() -> Vec<(String, Document)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(PathBuf::from);
    let sources = load::read_dir(&root.unwrap_or_default(), "schema/legacy", "json");
    let files = sources.expect("the schema can be read").into_iter();
    files
        .map(|source| {
            let stem = Path::new(&source.path).file_stem().expect("a name");
            let document = load::json(&source).expect("the schema is sound");
            (stem.to_string_lossy().into_owned(), document)
        })
        .collect()
}

/// `openapi.yaml` and a few fragments, which is enough to meet every construct.
fn some(first: Index) -> (Source, Vec<Source>) {
    let mut all = sources();
    let at = all
        .iter()
        .position(|source| source.path.ends_with("/openapi.yaml"))
        .expect("there is an openapi.yaml");
    let openapi = all.remove(at);
    let start = first.index(all.len());
    (
        openapi,
        all.into_iter().cycle().skip(start).take(3).collect(),
    )
}

fn document(first: Index) -> Document {
    let (openapi, fragments) = some(first);
    load::bundle(&openapi, &fragments).expect("the schema is sound")
}

fn change() -> impl Strategy<Value = Change> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Number("1e400".to_owned())),
        Just(Value::Array(Vec::new())),
        Just(Value::Object(Vec::new())),
        prop_oneof![
            Just(String::new()),
            Just("#/components/schemas/Customer".to_owned()),
            Just("#/components/schemas/".to_owned()),
            Just("#".to_owned()),
            Just("\u{202e}`[<x".to_owned()),
            any::<String>(),
        ]
        .prop_map(Value::String),
    ];
    prop_oneof![
        2 => Just(Change::Remove),
        1 => Just(Change::Duplicate),
        3 => value.prop_map(Change::Put),
        1 => prop_oneof![
            Just("$ref".to_owned()),
            Just("allOf".to_owned()),
            Just("properties".to_owned()),
            Just(String::new()),
            any::<String>(),
        ]
        .prop_map(Change::Rename),
    ]
}

/// The node with this number in document order.
fn nth<'n>(node: &'n Node, left: &mut usize) -> Option<&'n Node> {
    if *left == 0 {
        return Some(node);
    }
    *left -= 1;
    node.items()
        .find_map(|item| nth(item, left))
        .or_else(|| node.entries().find_map(|(_, value)| nth(value, left)))
}

#[test]
fn the_sample_meets_no_complaint_of_the_loader() {
    let mut all = sources();
    let openapi = all.remove(0);
    let document = load::bundle(&openapi, &all).expect("the schema is sound");
    assert!(count(document.root()) > 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_trees(
        first in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), change(), any::<Option<Index>>()), 1..12),
    ) {
        let document = document(first);
        let mut root = document.root().clone();
        for (place, change, copied) in changes {
            let total = count(&root);
            if total < 2 {
                break;
            }
            // Now and then what is put there comes from elsewhere in the tree.
            let copy = copied.and_then(|from| nth(&root, &mut from.index(total)));
            let change = copy.map_or(change, |node| Change::Put(node.value.clone()));
            apply(&mut root, place.index(total - 1), &change);
        }
        let changed = Document::new(root, document.files().to_vec());
        let found = lint::run(&changed);
        prop_assert!(found.is_sorted());
        for finding in &found {
            prop_assert!(finding.line > 0 && !finding.file.is_empty(), "{finding}");
        }
    }

    #[test]
    fn changed_legacy_trees(
        file in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), change(), any::<Option<Index>>()), 1..8),
    ) {
        let mut files = legacy();
        let at = file.index(files.len());
        let mut root = files[at].1.root().clone();
        for (place, change, copied) in changes {
            let total = count(&root);
            if total < 2 {
                break;
            }
            let copy = copied.and_then(|from| nth(&root, &mut from.index(total)));
            let change = copy.map_or(change, |node| Change::Put(node.value.clone()));
            apply(&mut root, place.index(total - 1), &change);
        }
        files[at].1 = Document::new(root, files[at].1.files().to_vec());
        let found = lint::legacy(&files);
        prop_assert!(found.is_sorted());
        for finding in &found {
            prop_assert!(finding.line > 0 && !finding.file.is_empty(), "{finding}");
        }
    }

    #[test]
    fn what_the_lint_passes_can_be_read(place in any::<Index>(), change in change()) {
        let base = base();
        let mut root = base.root().clone();
        apply(&mut root, place.index(count(base.root()) - 1), &change);
        let changed = Document::new(root, base.files().to_vec());
        // The loader refuses keys that occur twice, which a change can bring about.
        let text = Source { path: "changed.json".to_owned(), text: changed.to_json() };
        if load::json(&text).is_ok() && lint::run(&changed).is_empty() {
            let read = serde_json::from_str::<openapiv3::OpenAPI>(&text.text);
            prop_assert!(read.is_ok(), "{:?}: {}", read.err(), text.text);
            // A schema that has a type, but isn't what the type says, is read as one of any shape.
            let read = format!("{read:?}");
            prop_assert!(!read.contains("AnySchema { typ: Some("), "{}", text.text);
        }
    }

    #[test]
    fn changed_texts(
        first in any::<Index>(),
        edits in prop::collection::vec((any::<Index>(), 0_usize..40, "[-\\[\\]{}:,'\"#&*|> \n\ta-z0-9$/]{0,6}"), 1..6),
    ) {
        let (openapi, mut fragments) = some(first);
        for (place, cut, insert) in edits {
            let text = &mut fragments[0].text;
            let start = text.floor_char_boundary_at(place.index(text.len() + 1));
            let end = text.floor_char_boundary_at((start + cut).min(text.len()));
            text.replace_range(start..end.max(start), &insert);
        }
        match load::bundle(&openapi, &fragments) {
            Ok(document) => drop(lint::run(&document)),
            Err(diagnostics) => prop_assert!(!diagnostics.is_empty()),
        }
    }
}

/// Where a text can be cut.
trait Boundary {
    fn floor_char_boundary_at(&self, at: usize) -> usize;
}

impl Boundary for String {
    fn floor_char_boundary_at(&self, at: usize) -> usize {
        (0..=at)
            .rev()
            .find(|at| self.is_char_boundary(*at))
            .unwrap_or(0)
    }
}
