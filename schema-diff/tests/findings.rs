//! What a finding says: the law by direction, guards, reach, witnesses, fingerprints; and documents
//! that can't be compared.

mod common;

use api_schema_diff::compare;
use api_schema_diff::finding::{Direction, Wire};
use api_schema_diff::report::{Judged, Options, Profile};
use api_schema_diff::rules;
use api_schema_diff::side::Side;
use chrono::NaiveDate;

/// Operations that send and answer with `Customer`, and one that only answers with it.
fn document(customer: &str) -> String {
    format!(
        "openapi: 3.1.0
paths:
  /Customers:
    post:
      operationId: customers_create
      requestBody:
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/Customer'}}}}}}
      responses: {{'201': {{description: Made.}}}}
  /Customers/{{id}}:
    get:
      operationId: customers_get
      responses:
        '200':
          description: Found.
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Customer'}}}}}}
components:
  schemas:
    Customer:
      type: object
      properties:
        {customer}
"
    )
}

fn side(text: &str) -> Side {
    Side::document("side", &common::source("customers.yaml", text)).expect("a document")
}

fn findings_under(old: &str, new: &str, profile: Profile) -> Vec<Judged> {
    let options = Options {
        profile,
        ..Options::default()
    };
    let report = compare(&side(&document(old)), &side(&document(new)), &options);
    report.expect("comparable").findings
}

fn only(old: &str, new: &str) -> Judged {
    let mut findings = findings_under(old, new, Profile::Strict);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}

#[test]
fn one_fact_has_every_operation_that_it_reaches() {
    let found = only(
        "name: {type: string, maxLength: 9}",
        "name: {type: string, maxLength: 5}",
    );
    assert_eq!(
        (found.rule.id, found.wire),
        ("schema.constraint.tightened", Wire::Breaking)
    );
    assert_eq!(found.subject, "Customer.name");
    assert_eq!(
        found.message,
        "maxLength of `Customer.name` was 9, now it is 5"
    );
    assert_eq!(found.direction, Direction::Both);
    let reach: Vec<_> = found
        .reach
        .iter()
        .map(|it| (it.operation.as_str(), it.direction, it.status.as_deref()))
        .collect();
    assert_eq!(
        reach,
        [
            ("customers_create", Direction::Request, None),
            ("customers_get", Direction::Response, Some("200")),
        ]
    );
    let place = found.new.as_ref().expect("a place");
    assert_eq!(
        place.pointer,
        "/components/schemas/Customer/properties/name/maxLength"
    );
    assert_eq!((place.file.as_str(), place.line), ("customers.yaml", 21));
}

#[test]
fn a_witness_is_valid_on_one_side_only() {
    let found = only(
        "name: {type: string, maxLength: 9}",
        "name: {type: string, maxLength: 5}",
    );
    let witness = found.witness.as_ref().expect("a witness");
    assert!(witness.verified && witness.old_accepts && !witness.new_accepts);
    let length = witness.value.as_str().map_or(0, str::len);
    assert!((6..=9).contains(&length), "{}", witness.value);
}

#[test]
fn the_service_alone_sends_what_is_read_only() {
    let found = only(
        "name: {type: string, readOnly: true, maxLength: 9}",
        "name: {type: string, readOnly: true, maxLength: 5}",
    );
    assert_eq!(
        (found.direction, found.wire),
        (Direction::Response, Wire::Compatible)
    );
}

#[test]
fn profiles_differ_in_what_they_call_an_addition() {
    let (old, new) = (
        "kind: {type: string, readOnly: true, enum: [a]}",
        "kind: {type: string, readOnly: true, enum: [a, b]}",
    );
    let strict = &findings_under(old, new, Profile::Strict)[0];
    assert_eq!(
        (strict.rule.id, strict.wire),
        ("schema.enum.value.added", Wire::Undecided)
    );
    for profile in [Profile::GitHub, Profile::Stripe] {
        let found = &findings_under(old, new, profile)[0];
        assert_eq!(found.wire, Wire::Compatible);
    }
}

#[test]
fn whether_a_date_has_passed_takes_the_day() {
    let side = |paths: &str| {
        let text = format!("openapi: 3.1.0\npaths: {paths}\n");
        side(&text)
    };
    let old = side("{/Bills: {get: {deprecated: true, x-sunset: 2026-06-01}}}");
    let new = side("{}");
    let verdict = |today: Option<NaiveDate>| {
        let options = Options {
            today,
            ..Options::default()
        };
        let report = compare(&old, &new, &options).expect("comparable");
        report.findings[0].wire
    };
    assert_eq!(verdict(None), Wire::Undecided);
    assert_eq!(
        verdict(NaiveDate::from_ymd_opt(2026, 5, 31)),
        Wire::Breaking
    );
    assert_eq!(
        verdict(NaiveDate::from_ymd_opt(2026, 6, 1)),
        Wire::Compatible
    );
}

#[test]
fn fingerprints_keep_to_the_fact() {
    let print = |old: &str, new: &str| only(old, new).fingerprint.clone();
    let base = print(
        "name: {type: string, maxLength: 9}",
        "name: {type: string, maxLength: 5}",
    );
    let moved = print(
        "other: {type: string}\n        name: {type: string, maxLength: 9}",
        "other: {type: string}\n        name: {maxLength: 5, type: string}",
    );
    assert_eq!(base, moved);
    let another = print(
        "name: {type: string, maxLength: 9}",
        "name: {type: string, maxLength: 6}",
    );
    assert_ne!(base, another);
}

#[test]
fn other_files_have_to_be_bundled() {
    let text = document("name: {$ref: 'names.yaml#/Name'}");
    let complaints = compare(&side(&text), &side(&text), &Options::default()).unwrap_err();
    let message = complaints[0].to_string();
    assert!(message.starts_with("customers.yaml:"), "{message}");
    assert!(
        message.contains("bundle the description into one file"),
        "{message}"
    );
}

#[test]
fn plain_json_schema_is_compared_in_both_directions() {
    let side = |kind: &str| {
        let text = format!(r#"{{"type": "object", "properties": {{"a": {{"type": "{kind}"}}}}}}"#);
        Side::document("side", &common::source("a.json", &text)).expect("a document")
    };
    let report = compare(&side("string"), &side("integer"), &Options::default());
    let findings = report.expect("comparable").findings;
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule.id, "schema.type.changed");
    assert_eq!(
        (findings[0].direction, findings[0].wire),
        (Direction::Both, Wire::Breaking)
    );
}

#[test]
fn every_rule_is_listed_once() {
    let mut ids: Vec<&str> = rules::all().map(|rule| rule.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(rules::all().all(|rule| rule.verdict.ends_with('.') && rule.meaning.ends_with('.')));
}
