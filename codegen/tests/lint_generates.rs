//! What the lint passes can be generated: the rules leave no gap through which a change to a sound
//! schema reaches the generators and fails there.

mod mutate;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use revio_codegen::load::{self, Document, Source, Value};
use revio_codegen::lower::Strictness;
use revio_codegen::{generate, lint};

use mutate::{Change, apply, base, count};

/// Names that are likely to mean something to somebody.
const NAMES: &[&str] = &[
    "type",
    "self",
    "id",
    "body",
    "value",
    "extra",
    "default",
    "new",
    "ok",
    "2x",
    "x y",
    "größe",
    "Error",
    "Item",
    "Bill",
    "Unknown",
    "BillId",
    "bill_id",
    "string",
    "integer",
    "number",
    "int64",
    "date",
    "x-y",
    "search.status",
    "get",
    "links",
    "<b>",
    "a\u{0}b",
    "*/ fn main() {}",
    "",
];

fn change() -> impl Strategy<Value = Change> {
    let value = prop_oneof![
        Just(Value::Bool(true)),
        Just(Value::Number("5".to_owned())),
        Just(Value::Array(Vec::new())),
        Just(Value::Object(Vec::new())),
        select(NAMES).prop_map(|name| Value::String(name.to_owned())),
    ];
    prop_oneof![
        Just(Change::Remove),
        Just(Change::Duplicate),
        value.prop_map(Change::Put),
        select(NAMES).prop_map(|name| Change::Rename(name.to_owned())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_once(place in any::<Index>(), change in change()) {
        let base = base();
        let mut root = base.root().clone();
        apply(&mut root, place.index(count(base.root()) - 1), &change);
        let changed = Document::new(root, base.files().to_vec());
        // The loader refuses keys that occur twice, which a change can bring about.
        let text = Source { path: "changed.json".to_owned(), text: changed.to_json() };
        if load::json(&text).is_ok() && lint::run(&changed).is_empty() {
            let made = generate::from_document(&changed, &[], Strictness::Lenient);
            prop_assert!(made.is_ok(), "{:?}", made.err());
        }
    }
}
