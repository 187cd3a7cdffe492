//! The public surface is read from generated code: nothing is missed, nothing is misread.

mod common;

use std::collections::BTreeSet;

use api_schema_diff::consumer::Level;
use revio_codegen::generate::{Output, generate};
use revio_codegen::lower::Strictness;
use revio_codegen::rust_api::classify::changes;
use revio_codegen::rust_api::surface::Surface;

/// The crate that is generated from the project's own schema.
fn real() -> Output {
    generate(&common::real(), Strictness::EveryPass).expect("the schema is sound")
}

/// A crate of these files.
fn made(files: &[(&str, &str)]) -> Surface {
    let files = files.iter().map(|(name, text)| {
        let path = format!("revio-api/src/generated/{name}.rs");
        (path, (*text).to_owned())
    });
    let output = Output {
        files: files.collect(),
        operations: 0,
    };
    Surface::of(&output).expect("known lines")
}

/// What changes when the only file `name` goes from one text to another, as `level path`.
fn between(name: &str, before: &str, after: &str) -> Vec<String> {
    let (before, after) = (made(&[(name, before)]), made(&[(name, after)]));
    let found = changes(&before, &after);
    found
        .iter()
        .map(|change| format!("{} {}", change.level.word(), change.path))
        .collect()
}

/// Items of every kind that the crate has, each read as it is declared.
#[test]
fn items_of_every_kind_are_there() {
    let surface = Surface::of(&real()).unwrap();
    let text = surface.to_string();
    let lines: BTreeSet<&str> = text.lines().collect();
    for line in [
        "Client::bills | pub fn bills(&self) -> Bills",
        "OPERATIONS[\"bills_create\"].effect | effect: Money",
        "OPERATIONS[\"bills_create\"].path | path: \"/Bills\"",
        "enums::CustomerStatus | #[non_exhaustive] pub enum CustomerStatus",
        "enums::CustomerStatus::Prospect | Prospect = \"PROSPECT\"",
        "enums::CustomerStatus::Unknown | Unknown(String)",
        "enums::CustomerStatus: From<&str> | impl From<&str> for CustomerStatus",
        "ids::BillId | pub struct BillId",
        "ids::BillId.0 | pub 0: i32",
        "ids::BillId::get | pub fn get(self) -> i32",
        "ids::BillId: Ord | impl Ord for BillId",
        "operations::OPERATIONS | pub const OPERATIONS: &[&Operation] = [..]",
        "resources::bills | pub mod bills",
        "resources::bills::Bill | #[non_exhaustive] pub struct Bill",
        "resources::bills::Bill.is_live | pub is_live: Option<bool>",
        "resources::bills::Bill: Debug | impl Debug for Bill",
        "resources::bills::Bill: Identified | impl Identified for Bill { Id = BillId }",
        "resources::bills::Bill: Linkable | impl Linkable for Bill { ENTITY = \"Bill\" }",
        "resources::bills::Bill: Record | impl Record for Bill { ID_FIELD = \"bill_id\" }",
        "resources::bills::Bills | pub struct Bills { .. }",
        "resources::bills::Bills::create | pub fn create(&self, body: Json) -> BillsCreate",
        "resources::bills::BillsList | pub struct BillsList { .. }",
        "resources::bills::BillsList: ListRequest | impl ListRequest for BillsList { Item = Bill }",
        "resources::bills::BillsList: Request | impl Request for BillsList { Output = Page<Bill> }",
        "resources::bills::BillsList::created_date_start | pub fn created_date_start(self, created_date_start: impl Into<RevioDateTime>) -> Self",
        "resources::customers::Customer: HasFields | impl HasFields for Customer",
        "resources::customers::Customer: Labelled | impl Labelled for Customer { Id = CustomerId; label = account_number }",
        "resources::customers::CustomerCreate::fields | pub fn fields(self, fields: impl IntoIterator<Item = CustomField>) -> Self",
        "resources::customers::CustomerCreate::new | pub fn new() -> Self",
        "resources::customers::Customers: Patchable | impl Patchable for Customers { Record = Customer, Id = CustomerId }",
        "resources::customers::CustomersList::bill_profile_id | pub fn bill_profile_id(self, bill_profile_id: impl IntoIterator<Item = BillProfileId>) -> Self",
        "resources::customers::fields::finance | pub mod finance",
        "resources::customers::fields::finance::AMOUNT_DUE | pub const AMOUNT_DUE: Field<Customer, Money> = Field::new(\"/finance/amount_due\")",
        "legacy::LegacyClient::products_update | pub fn products_update(&self, id: i32, carrier_id: i32, product_type_id: i32) -> ProductsUpdate",
        "legacy::ProductsQuery: Request | impl Request for ProductsQuery { Output = ProductsQueryResponse }",
        "legacy::ProductsQuery::state | pub fn state(self, state: impl Into<String>) -> Self",
        "legacy::ProductItem.bill_profiles | pub bill_profiles: Option<Vec<BillProfileItem>>",
    ] {
        assert!(lines.contains(line), "{line}");
    }
    let unverified = |line: &&str| line.contains(" (unverified) | ");
    assert!(lines.iter().any(unverified));
    let private = ["transport", "parts(", "paging:"];
    assert!(!private.iter().any(|name| text.contains(name)));
}

/// The paths of the surface leave out modules whose items are re-exported by the one above.
#[test]
fn modules_that_have_no_path_are_re_exported() {
    for (path, text) in real().rust() {
        let Some(folder) = path
            .strip_suffix("/mod.rs")
            .filter(|it| it.contains("/generated"))
        else {
            continue;
        };
        let Some(folder) = folder.strip_prefix("revio-api/") else {
            continue;
        };
        for line in text.lines() {
            let Some((visibility, name)) =
                line.strip_suffix(';').and_then(|it| it.split_once("mod "))
            else {
                continue;
            };
            // Private tables, and what a hand-written module of that name passes on.
            if visibility == "pub(crate) " && matches!(name, "wire" | "legacy") {
                continue;
            }
            let through = text.contains(&format!("pub use {name}::*;"));
            let in_resource = folder.contains("/resources/");
            let flat = in_resource && name != "fields" || folder.ends_with("/legacy");
            assert_eq!(through, flat, "{path}: {line}");
            assert_eq!(visibility == "pub ", !flat, "{path}: {line}");
        }
    }
}

#[test]
fn a_line_that_nobody_knows_is_refused() {
    let output = |text: &str| Output {
        files: vec![("revio-api/src/generated/ids.rs".to_owned(), text.to_owned())],
        operations: 0,
    };
    for (text, part) in [
        ("surprise!(BillId);", "a line surprise!"),
        ("setter", "is no Rust"),
        ("id_type!(3);", "a line id_type! that can't be read"),
        (
            "impl X { surprise!(y); }",
            "a line surprise! that can't be read",
        ),
        ("pub trait Y {}", "something unexpected: pub trait Y"),
        ("request!(A, B, json, C);", "a request A of no operation"),
    ] {
        let error = Surface::of(&output(text)).unwrap_err();
        assert!(error.contains(part) && error.contains("ids.rs"), "{error}");
    }
}

const RECORD: &str = "\
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Bill { pub total: Option<Money>, #[serde(rename = \"isLive\")] pub is_live: Option<bool> }
impl Bill { pub fn new() -> Self { Self::default() } setter!(total, Money); }
";

#[test]
fn a_record_changes_by_the_rules_of_cargo() {
    let change = |from: &str, to: &str| {
        assert!(RECORD.contains(from));
        between("shared", RECORD, &RECORD.replace(from, to))
    };
    assert_eq!(change("total", "total"), [""; 0]);
    assert_eq!(
        change("total: Option<Money>", "total: Money"),
        ["major shared::Bill.total"]
    );
    assert_eq!(
        change("Option<Money>", "Option<Quantity>"),
        ["major shared::Bill.total"]
    );
    assert_eq!(
        change("pub is_live", "is_live"),
        ["none shared::Bill", "major shared::Bill.is_live"]
    );
    assert_eq!(
        change("Option<bool> }", "Option<bool>, pub note: String }"),
        ["minor shared::Bill.note"]
    );
    assert_eq!(change(", Default", ""), ["major shared::Bill: Default"]);
    assert_eq!(change("(Clone", "(Clone, Eq"), ["minor shared::Bill: Eq"]);
    assert_eq!(change("#[non_exhaustive]", ""), ["minor shared::Bill"]);
    assert_eq!(change("new()", "new(a: A)"), ["major shared::Bill::new"]);
    assert_eq!(
        change("setter!(total, Money);", ""),
        ["major shared::Bill::total"]
    );
    assert_eq!(
        change("setter!", "into_setter!"),
        ["major shared::Bill::total"]
    );
    assert_eq!(
        change("#[non_exhaustive]", "#[non_exhaustive] #[deprecated]"),
        ["minor shared::Bill"]
    );
    let gate = "#[cfg(feature = \"unverified\")] #[non_exhaustive]";
    let gated = RECORD.replace("#[non_exhaustive]", gate);
    assert!(between("shared", RECORD, &gated).contains(&"major shared::Bill".to_owned()));
    assert!(between("shared", &gated, RECORD).contains(&"minor shared::Bill".to_owned()));
    let other = gated.replace("total: Option<Money>", "total: Money");
    assert_eq!(
        between("shared", &gated, &other),
        ["none shared::Bill.total"]
    );
    // With the whole go its parts.
    assert_eq!(between("shared", RECORD, ""), ["major shared::Bill"]);
    assert_eq!(between("shared", "", RECORD), ["minor shared::Bill"]);
    let closed = RECORD.replace("#[non_exhaustive]", "");
    let more = closed.replace("Option<bool> }", "Option<bool>, pub note: String }");
    assert_eq!(
        between("shared", &closed, &more),
        ["major shared::Bill.note"]
    );
}

#[test]
fn parameters_are_told_apart_by_place_and_type() {
    let impls = |parameters: &str| {
        format!("pub struct A; impl A {{ pub fn new({parameters}) -> Self {{}} }}")
    };
    let change = |from: &str, to: &str| between("shared", &impls(from), &impls(to));
    let none: [&str; 0] = [];
    assert_eq!(change("a: X, b: Y", "a: X, b: Y"), none);
    assert_eq!(change("a: X, b: Y", "c: X, d: Y"), ["none shared::A::new"]);
    assert_eq!(change("a: X, b: Y", "b: Y, a: X"), ["major shared::A::new"]);
    assert_eq!(change("a: X, b: X", "b: X, a: X"), ["major shared::A::new"]);
    assert_eq!(change("a: X", "a: X, b: X"), ["major shared::A::new"]);
    assert_eq!(change("a: X", "a: Y"), ["major shared::A::new"]);
}

#[test]
fn a_list_of_values_is_open() {
    let list = |variants: &str, texts: &str| {
        format!(
            "#[derive(Clone)] #[non_exhaustive] pub enum S {{ {variants} Unknown(String) }} open_enum!(S {{ {texts} }});"
        )
    };
    let old = list("New, Done,", "New = \"NEW\", Done = \"DONE\"");
    let change = |variants: &str, texts: &str| between("enums", &old, &list(variants, texts));
    let added = change(
        "New, Done, Lost,",
        "New = \"NEW\", Done = \"DONE\", Lost = \"LOST\"",
    );
    assert_eq!(added, ["minor enums::S::Lost"]);
    assert_eq!(change("New,", "New = \"NEW\""), ["major enums::S::Done"]);
    let none: [&str; 0] = [];
    assert_eq!(change("Done, New,", "Done = \"DONE\", New = \"NEW\""), none);
    assert_eq!(
        change("New, Done,", "New = \"new\", Done = \"DONE\""),
        ["none enums::S::New"]
    );
    let closed = old.replace("#[non_exhaustive] ", "");
    let more = closed.replace("Done,", "Done, Lost,");
    let found = between("enums", &closed, &more);
    assert_eq!(found, ["major enums::S::Lost"]);
}

#[test]
fn the_operation_table_is_behaviour() {
    let row = "operation!(BILLS_GET, \"bills_get\", Get, \"/Bills/{id}\", Read, \"bills\", Observed, None);";
    let change =
        |from: &str, to: &str| between("resources/bills/requests", row, &row.replace(from, to));
    assert_eq!(
        change("Read", "Money"),
        ["none OPERATIONS[\"bills_get\"].effect"]
    );
    assert_eq!(
        change("/Bills/{id}", "/Bill/{id}"),
        ["none OPERATIONS[\"bills_get\"].path"]
    );
    let (old, new) = (made(&[("resources/bills/requests", row)]), made(&[]));
    let found = changes(&old, &new);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].path, found[0].level),
        ("OPERATIONS[\"bills_get\"]", Level::None)
    );
}
