//! Generation as a whole: the same bytes every time, and messages that point to the place.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use revio_codegen::diagnostic::Diagnostic;
use revio_codegen::emit::file::{self, LONGEST};
use revio_codegen::emit::imports::Directory;
use revio_codegen::fault::Subject;
use revio_codegen::generate::{Output, from_document, generate};
use revio_codegen::lower::Strictness;
use revio_codegen::post::calls::{self, Role};
use revio_codegen::post::{self, Tally};
use revio_codegen::{lower, model};

/// What the project's own schema gives.
fn output() -> &'static Output {
    static OUTPUT: LazyLock<Output> =
        LazyLock::new(|| generate(&common::real(), Strictness::EveryPass).unwrap());
    &OUTPUT
}

#[test]
fn output_is_the_same_every_time_and_in_any_order_of_files() {
    let input = common::real();
    let first = output();
    let again = generate(&input, Strictness::EveryPass).unwrap();
    assert!(*first == again, "two runs differ");

    let mut shuffled = input.clone();
    shuffled.fragments.reverse();
    shuffled.fragments.rotate_left(7);
    shuffled.legacy.reverse();
    let other = generate(&shuffled, Strictness::EveryPass).unwrap();
    for (one, two) in first.files.iter().zip(&other.files) {
        assert_eq!(one.0, two.0);
        assert!(one.1 == two.1, "{} depends on the order of files", one.0);
    }
    assert_eq!(first.files.len(), other.files.len());
}

#[test]
fn committed_files_are_what_the_schema_gives() {
    let stale: Vec<&str> = output()
        .files
        .iter()
        .filter(|(path, text)| {
            fs::read_to_string(common::root().join(path)).ok().as_ref() != Some(text)
        })
        .map(|(path, _)| path.as_str())
        .collect();
    assert!(stale.is_empty(), "run `cargo xtask regen`: {stale:?}");
}

#[test]
fn generated_code_keeps_its_budget() {
    let output = output();
    let rust = output
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"));
    let library = rust
        .clone()
        .filter(|(path, _)| path.starts_with("revio-api/"));
    let lines: usize = library.map(|(_, text)| text.lines().count()).sum();
    // The five legacy operations are generated as types; they count as operations all the same.
    let operations = output.operations + 5;
    assert!(
        lines <= 120 * operations,
        "{lines} lines for {operations} operations"
    );
    for (path, text) in rust {
        assert!(text.lines().count() <= LONGEST, "{path}");
        assert!(text.starts_with("// @generated"), "{path}");
        assert!(syn::parse_file(text).is_ok(), "{path}");
    }
}

/// The messages for a small schema that the lint has not seen.
fn complaints(text: &str, strictness: Strictness) -> Vec<Diagnostic> {
    match from_document(&common::small(text), &[], strictness) {
        Ok(_) => Vec::new(),
        Err(complaints) => complaints,
    }
}

/// A resource with one operation and its record; the properties of the record are added.
const RESOURCE: &str = "\
tags: [{name: bills}]
paths:
  /Bills/{id}:
    get:
      operationId: bills_get
      tags: [bills]
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, format: int32}, x-revio-id: BillId}
      responses:
        '200':
          description: The bill.
          content: {application/json: {schema: {$ref: '#/components/schemas/Bill'}}}
      x-revio-evidence: documented
      x-revio-effect: read
components:
  schemas:
    Bill:
      type: object
      properties:
";

#[test]
fn the_small_schema_can_be_generated() {
    let sound = format!("{RESOURCE}        number: {{type: string}}\n");
    assert_eq!(complaints(&sound, Strictness::Lenient), []);
}

#[test]
fn a_pass_that_changes_nothing_is_an_error() {
    let sound = format!("{RESOURCE}        number: {{type: string}}\n");
    let found = complaints(&sound, Strictness::EveryPass);
    assert_eq!(found.len(), 1);
    let message = &found[0].message;
    assert!(
        message.starts_with("these lowering passes changed nothing: "),
        "{message}"
    );
    assert!(message.contains("exact-numbers"), "{message}");
    assert!(!message.contains("typed-ids"), "{message}");
}

#[test]
fn a_pass_over_generated_code_that_mends_nothing_is_an_error() {
    let idle = Tally::default().all_fired().unwrap_err().to_string();
    for pass in post::PASSES {
        assert!(idle.contains(pass.name), "{idle}");
    }
}

#[test]
fn messages_point_to_the_property_schema_or_operation() {
    let property = |text: &str| format!("{RESOURCE}        {text}\n");
    for (schema, line, message) in [
        (
            property("kind: {type: string, enum: [ONE, TWO]}"),
            20,
            "BillKind became a closed enum",
        ),
        (
            property(
                "a: {type: string}\n        code: {type: object, properties: {}}\n        code_kind: {type: string, enum: [A]}",
            ),
            22,
            "BillCodeKind became a closed enum",
        ),
        (
            format!(
                "{RESOURCE}        line: {{$ref: '#/components/schemas/Line'}}\n    Line: {{type: array, items: {{type: string}}}}\n"
            ),
            21,
            "Line became a newtype",
        ),
        (
            property("number: {type: string}").replace("x-revio-evidence: documented", "x-a: b"),
            5,
            "bills_get has no x-revio-evidence",
        ),
        (
            property("number: {type: string}").replace("tags: [bills]", "tags: [other]"),
            5,
            "bills_get must start with its tag other and an underscore",
        ),
        (
            property("number: {type: string}").replace("operationId: bills_get", "x-b: c"),
            3,
            "/Bills/{id} has a get without an operationId",
        ),
        (
            property("kind: {type: string, x-revio-enum: Kind, x-revio-values: ['a b', a_b]}"),
            20,
            "Kind has two values for one variant: \"a b\" and \"a_b\"",
        ),
        (
            property("kind: {type: string, x-revio-enum: Client, x-revio-values: [a]}"),
            20,
            "Client would be generated as crate::generated::enums::Client",
        ),
        (
            property("kind: {type: string, x-revio-enum: BillId, x-revio-values: [a]}"),
            8,
            "BillId would be generated as crate::generated::enums::BillId",
        ),
    ] {
        let found = complaints(&schema, Strictness::Lenient);
        assert_eq!(found.len(), 1, "{message}: {found:?}");
        let place = (found[0].file.as_str(), found[0].line);
        assert_eq!(place, ("bills.yaml", line), "{}", found[0]);
        assert!(found[0].message.starts_with(message), "{}", found[0]);
        assert!(!found[0].help.is_empty());
    }
}

#[test]
fn what_progenitor_cannot_take_is_named_with_its_place() {
    // Two media types of a body are a panic of progenitor's.
    let schema = format!("{RESOURCE}        number: {{type: string}}\n").replace(
        "      responses:\n",
        "      requestBody:\n        content:\n          application/json: {schema: {$ref: '#/components/schemas/Bill'}}\n          text/plain: {schema: {type: string}}\n      responses:\n",
    );
    let found = complaints(&schema, Strictness::Lenient);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].file.as_str(), found[0].line), ("bills.yaml", 5));
    let message = &found[0].message;
    assert!(
        message.starts_with("bills_get makes progenitor fail: "),
        "{message}"
    );

    // A reference that leads nowhere is one of typify's.
    let schema =
        format!("{RESOURCE}        line: {{allOf: [{{$ref: '#/components/schemas/Missing'}}]}}\n");
    let found = complaints(&schema, Strictness::Lenient);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].file.as_str(), found[0].line), ("bills.yaml", 17));
    let message = &found[0].message;
    assert!(
        message.starts_with("Bill makes progenitor fail: "),
        "{message}"
    );
}

#[test]
fn legacy_messages_point_to_their_file() {
    let document = common::small(&format!("{RESOURCE}        number: {{type: string}}\n"));
    let root = |definitions: &str| {
        format!(
            "{{\n\"x-xml-request\": \"#/definitions/Ask\",\n\"definitions\": {{\n{definitions}\n}}\n}}\n"
        )
    };
    for (path, definitions, line, message) in [
        (
            "schema/legacy/ask.json",
            "\"Ask\": {\"properties\": {}}",
            4,
            "Ask has no properties",
        ),
        (
            "schema/legacy/ask.json",
            "\"Ask\": {\"properties\": {\"a\": {\"$ref\": \"#/definitions/Kind\"}}},\n\"Kind\": {\"x-revio-enum\": \"Kind\", \"enum\": [\"\"]}",
            5,
            "Kind has the value \"\", which gives no variant",
        ),
        (
            "schema/legacy/ask.json",
            "\"Ask\": {\"properties\": {\"a\": {\"type\": \"string\"}, \"b\": {\"type\": \"what\"}}}",
            4,
            "Ask makes typify fail: ",
        ),
        (
            "schema/legacy/a-b.json",
            "\"Ask\": {\"properties\": {\"a\": {\"type\": \"string\"}}}",
            1,
            "the file name \"a-b\" can't be the name of a module",
        ),
    ] {
        let legacy = [common::source(path, &root(definitions))];
        let found = from_document(&document, &legacy, Strictness::Lenient).unwrap_err();
        assert_eq!(found.len(), 1, "{message}: {found:?}");
        assert_eq!(
            (found[0].file.as_str(), found[0].line),
            (path, line),
            "{}",
            found[0]
        );
        assert!(found[0].message.starts_with(message), "{}", found[0]);
    }
}

#[test]
fn a_name_that_is_taken_names_both_sides() {
    let mut directory = Directory::default();
    let subject = |name: &str| Subject::Schema(name.to_owned());
    directory.add("Bill", "crate::a", subject("Bill")).unwrap();
    directory.add("Bill", "crate::a", subject("Bill")).unwrap();
    let fault = directory
        .add("Bill", "crate::b", Subject::Operation("bill".to_owned()))
        .unwrap_err();
    assert_eq!(
        fault.to_string(),
        "bill would be generated as crate::b::Bill, but crate::a::Bill comes from Bill"
    );
    assert_eq!(fault.other.as_deref(), Some(&subject("Bill")));
}

#[test]
fn forbidden_code_is_not_written() {
    let path = "revio-api/src/generated/resources/bills/records.rs";
    let fault = file::render(
        path,
        "",
        quote::quote!(
            pub struct Bill {
                total: f64,
            }
        ),
    )
    .unwrap_err();
    assert_eq!(fault.subject, Subject::Tag("bills".to_owned()));
    assert_eq!(
        fault.to_string(),
        format!("bills brings `f64`: a float would lose digits into {path}")
    );
    let sound = file::render(
        path,
        "",
        quote::quote!(
            pub struct Bill {
                total: Money,
            }
        ),
    );
    assert!(sound.is_ok());
}

#[test]
fn a_file_that_is_too_long_is_not_written() {
    let item = quote::quote!(
        pub struct Bill {
            total: Money,
        }
    );
    let render = |count| {
        file::render(
            "a.rs",
            "",
            std::iter::repeat_n(item.clone(), count).collect(),
        )
    };
    // Four lines a struct, with the blank one.
    assert!(render(LONGEST / 4 - 2).is_ok());
    let fault = render(LONGEST / 4 + 1).unwrap_err().to_string();
    assert!(fault.ends_with("lines long; the limit is 1500"), "{fault}");
}

/// The method that progenitor makes of [`RESOURCE`]'s operation, with the operation.
fn method() -> (model::Operation, syn::ImplItemFn) {
    let document = common::small(&format!("{RESOURCE}        number: {{type: string}}\n"));
    let api: openapiv3::OpenAPI = serde_json::from_str(&document.to_json()).unwrap();
    let mut model = model::read(&api, &std::collections::BTreeMap::new()).unwrap();
    let lowered = lower::lower(api, Strictness::Lenient).unwrap();
    let file = revio_codegen::generate::run_progenitor(&lowered).unwrap();
    let mut parts = post::split::split(file, &mut Tally::default()).unwrap();
    let operation = model.resources.remove(0).operations.remove(0);
    (operation, parts.methods.shift_remove("bills_get").unwrap())
}

#[test]
fn a_method_of_another_shape_is_noticed() {
    let (operation, method) = method();
    let call = calls::rewrite(&operation, method.clone(), &mut Tally::default()).unwrap();
    let roles: Vec<_> = call.arguments.into_iter().map(|it| it.role).collect();
    assert_eq!(roles, [Role::Path(0)]);

    let text = quote::ToTokens::to_token_stream(&method).to_string();
    let mut messages = BTreeSet::new();
    for (from, to) in [
        ("let url =", "let address ="),
        ("{}/Bills/{}", "{}/Invoices/{}"),
        ("let mut request =", "let mut call ="),
        (". get (", ". post ("),
        ("id : & 'a BillId", "id : & 'a BillId , extra : i32"),
        ("Result <", "Outcome <"),
        ("ResponseValue <", "Answered <"),
        ("encode_path (& id . to_string ())", "id"),
    ] {
        assert!(text.contains(from), "{from} isn't in {text}");
        let changed: syn::ImplItemFn = syn::parse_str(&text.replacen(from, to, 1)).unwrap();
        let Err(fault) = calls::rewrite(&operation, changed, &mut Tally::default()) else {
            panic!("`{to}` instead of `{from}` isn't noticed");
        };
        assert_eq!(fault.subject, Subject::Operation("bills_get".to_owned()));
        messages.insert(fault.message);
    }
    assert!(messages.len() >= 5, "{messages:?}");

    let mut other = operation;
    other.body = Some("Bill".to_owned());
    let fault = calls::rewrite(&other, method, &mut Tally::default())
        .err()
        .unwrap();
    assert!(fault.message.contains("sends other parameters"), "{fault}");
}
