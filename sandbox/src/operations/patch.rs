//! `PATCH /{Resource}/{id}` with a JSON Patch (RFC 6902).
//!
//! All operations of the standard are supported, on nested objects and on list positions such as
//! `/fields/0/value`. Either the whole patch is applied or nothing. Removing a field makes it null,
//! since records always have all their fields.

use json_patch::jsonptr::PointerBuf;
use json_patch::{
    AddOperation, CopyOperation, MoveOperation, PatchOperation, RemoveOperation, ReplaceOperation,
    TestOperation,
};
use serde_json::{Map, Value};

use super::write::store;
use crate::failure::Failure;
use crate::list::number;
use crate::record_rules::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::schema::Record;
use crate::store::{Fields, shaped};
use crate::world::World;

/// Patches a record.
pub(super) fn patch(
    world: &mut World,
    request: &OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let id = request.existing(world, record)?;
    let before = world.store.get(record, id).unwrap_or_default();
    let after = patched(record, &before, &request.body)?;
    store(world, record, id, after, Write::Patch)?;
    Ok(OperationResponse::ok())
}

fn patched(record: &Record, before: &Fields, body: &Value) -> Result<Fields, Failure> {
    let operations = body
        .as_array()
        .ok_or_else(|| Failure::bad("the body must be an array"))?;
    let mut document = before.clone();
    // Write-only fields can be patched, and are dropped afterwards.
    for property in record
        .properties
        .iter()
        .filter(|property| property.write_only)
    {
        document.insert(property.name.clone(), Value::Null);
    }
    let mut document = Value::Object(document);
    for (index, operation) in operations.iter().enumerate() {
        apply(index, &read(index, operation)?, &mut document)?;
    }
    let Value::Object(document) = document else {
        return Err(Failure::bad(
            "the patch replaces the record by something that is no object",
        ));
    };
    if let Some(unknown) = record.unknown_field(&document) {
        return Err(Failure::field(&unknown, "is no field of this record"));
    }
    if let Some(own) = record.own_id()
        && document.get(&own.name) != before.get(&own.name)
    {
        return Err(Failure::field(
            &format!("/{}", own.name),
            "can't be changed",
        ));
    }
    Ok(shaped(record, &document))
}

fn apply(index: usize, operation: &PatchOperation, document: &mut Value) -> Result<(), Failure> {
    let failed = |reason: String| Failure::bad(format!("/{index} {}: {reason}", operation.path()));
    if let PatchOperation::Test(test) = operation {
        // Numbers are compared by value; the library compares their digits.
        let found = document
            .pointer(test.path.as_str())
            .ok_or_else(|| failed("path is invalid".to_owned()))?;
        return if same(found, &test.value) {
            Ok(())
        } else {
            Err(failed("value did not match".to_owned()))
        };
    }
    json_patch::patch(document, std::slice::from_ref(operation))
        .map_err(|error| failed(error.kind.to_string()))
}

/// Equality of the standard: 2.5 and 2.50 are the same number.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => {
            one == other || (number::of(one).is_some() && number::of(one) == number::of(other))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

/// Reads one operation. Not with serde, so that numbers keep their digits and errors have a location.
fn read(index: usize, operation: &Value) -> Result<PatchOperation, Failure> {
    let members = operation
        .as_object()
        .ok_or_else(|| Failure::field(&format!("/{index}"), "must be an object"))?;
    let path = pointer(index, members, "path")?;
    let value = || {
        members
            .get("value")
            .cloned()
            .ok_or_else(|| Failure::field(&format!("/{index}/value"), "is required"))
    };
    Ok(match text(index, members, "op")? {
        "add" => PatchOperation::Add(AddOperation {
            path,
            value: value()?,
        }),
        "remove" => PatchOperation::Remove(RemoveOperation { path }),
        "replace" => PatchOperation::Replace(ReplaceOperation {
            path,
            value: value()?,
        }),
        "test" => PatchOperation::Test(TestOperation {
            path,
            value: value()?,
        }),
        "move" => PatchOperation::Move(MoveOperation {
            from: pointer(index, members, "from")?,
            path,
        }),
        "copy" => PatchOperation::Copy(CopyOperation {
            from: pointer(index, members, "from")?,
            path,
        }),
        _ => {
            return Err(Failure::field(
                &format!("/{index}/op"),
                "must be one of add, remove, replace, move, copy, test",
            ));
        }
    })
}

fn text<'a>(index: usize, members: &'a Map<String, Value>, name: &str) -> Result<&'a str, Failure> {
    members.get(name).and_then(Value::as_str).ok_or_else(|| {
        Failure::field(
            &format!("/{index}/{name}"),
            "is required and must be a string",
        )
    })
}

fn pointer(index: usize, members: &Map<String, Value>, name: &str) -> Result<PointerBuf, Failure> {
    PointerBuf::parse(text(index, members, name)?).map_err(|_| {
        let reason = "must be a JSON pointer that starts with a slash, such as /fields/0/value";
        Failure::field(&format!("/{index}/{name}"), reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn outcome(patch: &str) -> Result<Value, String> {
        let schema = json!({"type": "object", "properties": {
            "id": {"type": "integer", "x-revio-own-id": true},
            "name": {"type": "string"}, "rate": {"type": "number"},
            "once": {"type": "string", "writeOnly": true},
            "finance": {"type": "object", "properties": {"limit": {"type": "number"}}},
            "fields": {"type": "array", "items": {"type": "object", "properties": {
                "field_id": {"type": "integer"}, "value": {"type": "string"}}}}}});
        let record = Record::read("Thing", "/Things", &schema);
        let before = json!({"id": 1, "name": "a", "rate": 2.50, "finance": {"limit": null},
                            "fields": [{"field_id": 7, "value": "x"}]});
        let body = serde_json::from_str(patch).expect("JSON");
        patched(&record, before.as_object().expect("an object"), &body)
            .map(Value::Object)
            .map_err(|failure| failure.message)
    }

    #[test]
    fn every_operation() {
        let after = outcome(
            r#"[{"op":"test","path":"/name","value":"a"},
                {"op":"test","path":"/rate","value":2.5},
                {"op":"replace","path":"/fields/0/value","value":"y"},
                {"op":"add","path":"/fields/-","value":{"field_id":8,"value":"z"}},
                {"op":"replace","path":"/finance/limit","value":1234567890123.4567},
                {"op":"copy","from":"/fields/0/value","path":"/name"},
                {"op":"replace","path":"/once","value":"2024-01-01"},
                {"op":"move","from":"/fields/1","path":"/fields/0"},
                {"op":"remove","path":"/rate"}]"#,
        )
        .expect("applied");
        assert_eq!(
            after.to_string(),
            r#"{"id":1,"name":"y","rate":null,"finance":{"limit":1234567890123.4567},"fields":[{"field_id":8,"value":"z"},{"field_id":7,"value":"y"}]}"#
        );
    }

    #[test]
    fn errors_name_operation_and_path() {
        for (patch, message) in [
            (
                r#"[{"op":"replace","path":"fields/0/value","value":"y"}]"#,
                "/0/path must be a JSON pointer that starts with a slash, such as /fields/0/value",
            ),
            (
                r#"[{"op":"replace","path":"/fields/3/value","value":"y"}]"#,
                "/0 /fields/3/value: path is invalid",
            ),
            (
                r#"[{"op":"test","path":"/name","value":"b"}]"#,
                "/0 /name: value did not match",
            ),
            (
                r#"[{"op":"add","path":"/nmae","value":"b"}]"#,
                "/nmae is no field of this record",
            ),
            (
                r#"[{"op":"replace","path":"/id","value":2}]"#,
                "/id can't be changed",
            ),
            (r#"[{"op":"remove","path":"/id"}]"#, "/id can't be changed"),
            (
                r#"[{"op":"replace","path":"/name"}]"#,
                "/0/value is required",
            ),
            (
                r#"[{"op":"increment","path":"/name"}]"#,
                "/0/op must be one of add, remove, replace, move, copy, test",
            ),
            (
                r#"[{"op":"move","path":"/name"}]"#,
                "/0/from is required and must be a string",
            ),
            (
                r#"[{"op":"replace","path":"","value":1}]"#,
                "the patch replaces the record by something that is no object",
            ),
            ("[1]", "/0 must be an object"),
            ("{}", "the body must be an array"),
        ] {
            assert_eq!(outcome(patch).expect_err(patch), message);
        }
    }
}
