//! Breaking facts are shown by a value, whatever keyword they are about; and it is what it is said to
//! be when the schemas are put to a validator as they were written.

mod common;

use api_schema_diff::compare;
use api_schema_diff::finding::Wire;
use api_schema_diff::report::Judged;
use api_schema_diff::report::Options;
use api_schema_diff::side::Side;
use jsonschema::Draft;
use serde_json::{Value, json};

/// The findings for a body in requests.
fn findings(old: &Value, new: &Value) -> Vec<Judged> {
    let side = |schema: &Value| {
        let content = json!({ "application/json": { "schema": schema } });
        let operation = json!({
            "requestBody": { "required": true, "content": content },
            "responses": { "200": {} },
        });
        let document = json!({ "openapi": "3.1.0", "paths": { "/x": { "post": operation } } });
        let source = common::source("x.json", &document.to_string());
        Side::document("x", &source).expect("a document")
    };
    let report = compare(&side(old), &side(new), &Options::default()).expect("comparable");
    report.findings
}

fn accepts(schema: &Value, value: &Value) -> bool {
    let options = jsonschema::options().with_draft(Draft::Draft202012);
    let options = options.should_validate_formats(true);
    options.build(schema).expect("a schema").is_valid(value)
}

/// Every breaking fact from one to the other has a witness.
fn assert_shown(old: &Value, new: &Value) {
    let found = findings(old, new);
    let mut breaking = found
        .iter()
        .filter(|it| it.wire == Wire::Breaking)
        .peekable();
    assert!(breaking.peek().is_some(), "{old} {new}: {found:#?}");
    for fact in breaking {
        let witness = fact.witness.as_ref();
        let witness = witness.unwrap_or_else(|| panic!("{}: {old} {new}", fact.message));
        assert!(witness.verified && witness.old_accepts && !witness.new_accepts);
        assert!(accepts(old, &witness.value), "{old}: {}", witness.value);
        assert!(!accepts(new, &witness.value), "{new}: {}", witness.value);
    }
}

#[test]
fn every_keyword_has_values_that_show_it() {
    let text = |keywords: Value| with("string", keywords);
    let number = |keywords: Value| with("number", keywords);
    let list = |keywords: Value| with("array", keywords);
    let object = |keywords: Value| with("object", keywords);
    for (old, new) in [
        (
            json!({ "type": ["string", "null"] }),
            json!({ "type": "string" }),
        ),
        (json!({}), json!({ "type": "integer" })),
        (json!({ "enum": ["a", "b"] }), json!({ "enum": ["a"] })),
        (text(json!({})), text(json!({ "enum": ["a"] }))),
        (text(json!({})), text(json!({ "format": "date-time" }))),
        (
            text(json!({ "format": "uuid" })),
            text(json!({ "format": "date" })),
        ),
        (
            text(json!({ "maxLength": 5_000 })),
            text(json!({ "maxLength": 4_000 })),
        ),
        (
            text(json!({ "format": "uri", "maxLength": 90 })),
            text(json!({ "format": "uri", "maxLength": 80 })),
        ),
        (
            text(json!({ "pattern": "^[0-9]{5}(-[0-9]{4})?$" })),
            text(json!({ "pattern": "^[0-9]{5}$" })),
        ),
        (text(json!({})), text(json!({ "minLength": 1 }))),
        (number(json!({})), number(json!({ "minimum": 1 }))),
        (number(json!({})), number(json!({ "exclusiveMaximum": 1 }))),
        (
            number(json!({ "multipleOf": 3 })),
            number(json!({ "multipleOf": 6 })),
        ),
        (list(json!({})), list(json!({ "maxItems": 1_000 }))),
        (list(json!({})), list(json!({ "minItems": 1 }))),
        (list(json!({})), list(json!({ "uniqueItems": true }))),
        (
            list(json!({})),
            list(json!({ "items": { "type": "string" } })),
        ),
        (object(json!({})), object(json!({ "required": ["a"] }))),
        (
            object(json!({})),
            object(json!({ "additionalProperties": false })),
        ),
        (
            object(json!({})),
            object(json!({ "additionalProperties": { "type": "string" } })),
        ),
        (object(json!({})), object(json!({ "maxProperties": 2 }))),
        (object(json!({})), object(json!({ "minProperties": 1 }))),
        (
            object(json!({})),
            object(json!({ "properties": { "a": { "type": "string" } }, "required": ["a"] })),
        ),
        (
            object(json!({ "additionalProperties": false, "properties": { "a": {} } })),
            object(json!({ "additionalProperties": false })),
        ),
        (
            json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }, { "type": "boolean" }] }),
            json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        ),
    ] {
        assert_shown(&old, &new);
    }
}

fn with(kind: &str, keywords: Value) -> Value {
    let mut schema = json!({ "type": kind });
    if let (Value::Object(all), Value::Object(keywords)) = (&mut schema, keywords) {
        all.extend(keywords);
    }
    schema
}

#[test]
fn a_required_field_is_shown_by_an_object_that_lacks_it_alone() {
    let schema = |required: Value| {
        let field = json!({ "type": "string" });
        json!({
            "type": "object",
            "properties": { "a": field, "b": field, "c": field },
            "required": required,
        })
    };
    let found = findings(&schema(json!([])), &schema(json!(["a", "b"])));
    let values: Vec<&Value> = found
        .iter()
        .filter_map(|it| it.witness.as_ref().map(|it| &it.value))
        .collect();
    assert_eq!(values, [&json!({ "b": "a" }), &json!({ "a": "a" })]);
}

#[test]
fn a_variant_is_shown_by_a_value_that_fits_no_other_one() {
    let tagged = |tag: &str| {
        json!({
            "type": "object",
            "properties": { "kind": { "enum": [tag] }, "of": { "type": "object" } },
            "required": ["kind"],
        })
    };
    let choice = |tags: &[&str]| {
        let variants: Vec<Value> = tags.iter().map(|tag| tagged(tag)).collect();
        json!({ "oneOf": variants })
    };
    assert_shown(&choice(&["a", "b", "c"]), &choice(&["a", "c"]));
}

#[test]
fn schemas_in_a_circle_are_followed_as_far_as_a_value_goes() {
    let tree = |limit: u32| {
        json!({
            "$ref": "#/$defs/tree",
            "$defs": { "tree": {
                "type": "object",
                "properties": {
                    "name": { "type": "string" },
                    "parts": { "type": "array", "items": { "$ref": "#/$defs/tree" } },
                },
                "required": ["name", "parts"],
                "maxProperties": limit,
            } },
        })
    };
    let document = |schema: &Value| {
        let mut schemas = schema["$defs"].clone();
        schemas["tree"]["properties"]["parts"]["items"] =
            json!({ "$ref": "#/components/schemas/tree" });
        let body = json!({ "$ref": "#/components/schemas/tree" });
        let operation = json!({
            "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
            "responses": { "200": {} },
        });
        let document = json!({
            "openapi": "3.1.0",
            "paths": { "/x": { "post": operation } },
            "components": { "schemas": schemas },
        });
        let source = common::source("x.json", &document.to_string());
        Side::document("x", &source).expect("a document")
    };
    let (old, new) = (tree(4), tree(3));
    let report = compare(&document(&old), &document(&new), &Options::default());
    let found = report.expect("comparable").findings;
    assert_eq!(found.len(), 1);
    let witness = found[0].witness.as_ref().expect("a witness");
    assert!(accepts(&old, &witness.value) && !accepts(&new, &witness.value));
}

#[test]
fn formats_of_numbers_are_ranges() {
    let number = |format: &str| with("integer", json!({ "format": format }));
    let found = findings(&number("int64"), &number("int32"));
    let witness = found[0].witness.as_ref().expect("a witness");
    let value = witness.value.as_i64().expect("a number of 64 bits");
    assert!(i32::try_from(value).is_err(), "{value}");
}

#[test]
fn a_limit_that_a_format_has_anyway_changes_nothing() {
    let number = |maximum: i64| with("integer", json!({ "format": "int32", "maximum": maximum }));
    let (within, beyond) = (i64::from(i32::MAX), i64::from(i32::MAX) + 1);
    for (old, new, wire) in [
        (beyond, within, Wire::Silent),
        (within, beyond, Wire::Silent),
        (within, within - 1, Wire::Breaking),
    ] {
        let found = findings(&number(old), &number(new));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].wire, wire, "{old} {new}");
    }
}

#[test]
fn a_format_says_nothing_about_values_of_other_types() {
    let number = |format: &str| with("integer", json!({ "format": format }));
    let text = |format: &str| with("string", json!({ "format": format }));
    for (old, new, wire) in [
        (number("decimal"), number("uuid"), Wire::Silent),
        (number("int32"), number("uuid"), Wire::Compatible),
        (text("int32"), text("int64"), Wire::Silent),
        (text("int32"), text("uuid"), Wire::Breaking),
    ] {
        let found = findings(&old, &new);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].wire, wire, "{old} {new}");
    }
}
