//! Messages of generation point to the file and line of what they are about.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use api_schema_text::Diagnostic;
use revio_codegen::fault::Subject;
use revio_codegen::generate::{from_document, run_progenitor};
use revio_codegen::lower::Strictness;
use revio_codegen::post::calls::{self, Role};
use revio_codegen::post::{self, Tally};
use revio_codegen::{lower, model};

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
fn a_name_that_is_taken_is_told_with_both_places() {
    let schema = format!(
        "{RESOURCE}        line: {{$ref: '#/components/schemas/BillsGet'}}\n    \
         BillsGet: {{type: object, properties: {{text: {{type: string}}}}}}\n"
    );
    let found = complaints(&schema, Strictness::Lenient);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].to_string(),
        "bills.yaml:5: generate: bills_get would be generated as \
         crate::generated::resources::bills::requests::BillsGet, but \
         crate::generated::resources::bills::records::BillsGet comes from BillsGet \
         (bills.yaml:21); rename one of the two"
    );
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
            "\"Ask\": {\"properties\": {\"a\": {\"$ref\": \"#/definitions/Kind\", \"x-revio-evidence\": \"observed\"}}},\n\"Kind\": {\"x-revio-enum\": \"Kind\", \"enum\": [\"\"]}",
            5,
            "Kind has the value \"\", which gives no variant",
        ),
        (
            "schema/legacy/ask.json",
            "\"Ask\": {\"properties\": {\"a\": {\"type\": \"what\", \"x-revio-evidence\": \"observed\"}}}",
            4,
            "Ask makes typify fail: ",
        ),
        (
            "schema/legacy/ask.json",
            "\"Ask\": {\"properties\": {\n\"a\": {\"type\": \"string\"}}}",
            5,
            "Ask.a doesn't say how it is known",
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

/// The method that progenitor makes of [`RESOURCE`]'s operation, with the operation.
fn method() -> (model::Operation, syn::ImplItemFn) {
    let document = common::small(&format!("{RESOURCE}        number: {{type: string}}\n"));
    let api: openapiv3::OpenAPI = serde_json::from_str(&document.to_json()).unwrap();
    let mut model = model::read(&api, &BTreeMap::new()).unwrap();
    let lowered = lower::lower(api, Strictness::Lenient).unwrap();
    let file = run_progenitor(&lowered).unwrap();
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
