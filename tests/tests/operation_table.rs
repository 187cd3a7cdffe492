//! The operation table and the schema say the same: nothing missing, nothing more.

use std::collections::BTreeMap;

use revio_api::operations::OPERATIONS;
use revio_api::{Effect, Evidence, Operation};
use revio_tests::spec::Spec;

/// One line for each operation, whatever it was read from.
type Lines = BTreeMap<String, String>;

fn from_the_table() -> Lines {
    let lines = OPERATIONS.iter().map(|operation: &&Operation| {
        let effect = match operation.effect() {
            Effect::Read => "read",
            Effect::Idempotent => "idempotent",
            Effect::Unsafe => "unsafe",
            Effect::Money => "money",
        };
        let evidence = match operation.evidence() {
            Evidence::Documented => "documented",
            Evidence::Observed => "observed",
            Evidence::Inferred => "inferred",
            Evidence::Candidate => "candidate",
        };
        let body = operation.request_content_type().unwrap_or("no body");
        let (method, path, tag) = (operation.method(), operation.path(), operation.tag());
        let line = format!("{method} {path} ({tag}): {effect}, {evidence}, {body}");
        (operation.id().to_owned(), line)
    });
    lines.collect()
}

fn from_the_schema() -> Lines {
    let spec = Spec::read();
    let lines = spec.operations().into_iter().map(|operation| {
        let said = |key| operation.text(key).unwrap_or("nothing");
        let line = format!(
            "{} {} ({}): {}, {}, {}",
            operation.method(),
            operation.path(),
            operation.tag(),
            said("x-revio-effect"),
            said("x-revio-evidence"),
            operation.request_media_type().unwrap_or("no body"),
        );
        (operation.id().to_owned(), line)
    });
    lines.collect()
}

#[test]
fn says_what_the_schema_says() {
    let table = from_the_table();
    let schema = from_the_schema();
    assert_eq!(table.len(), OPERATIONS.len(), "an id is there twice");
    let mut failed = Vec::new();
    for (id, line) in &schema {
        match table.get(id) {
            Some(other) if other == line => {}
            Some(other) => failed.push(format!("{id}: {other}; the schema says {line}")),
            None => failed.push(format!("{id} is missing; the schema says {line}")),
        }
    }
    failed.extend(
        table
            .keys()
            .filter(|id| !schema.contains_key(*id))
            .map(|id| format!("{id} isn't in the schema")),
    );
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn has_132_operations_on_60_resources_in_the_order_of_the_schema() {
    let spec = Spec::read();
    let mut in_order: Vec<&str> = Vec::new();
    for operation in OPERATIONS {
        if in_order.last() != Some(&operation.tag()) {
            in_order.push(operation.tag());
        }
    }
    let tags = spec.document()["tags"]
        .as_array()
        .expect("the document lists its tags");
    let tags: Vec<&str> = tags.iter().filter_map(|tag| tag["name"].as_str()).collect();
    assert_eq!(in_order, tags);
    assert_eq!((OPERATIONS.len(), tags.len()), (132, 60));
}

/// Written out a second time on purpose: a mark that gets lost in the schema would let a payment be sent twice.
#[test]
fn money_moves_only_where_money_is_created() {
    let money: Vec<&str> = OPERATIONS
        .iter()
        .filter(|operation| operation.effect() == Effect::Money)
        .map(|operation| operation.id())
        .collect();
    assert_eq!(
        money,
        [
            "bills_create",
            "charges_create",
            "credits_create",
            "payments_create",
            "payments_create_card",
            "payments_reverse",
        ]
    );
}
