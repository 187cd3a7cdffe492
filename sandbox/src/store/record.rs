//! Converts bodies to records: a record has every field of its schema, null where the body has
//! none, and no others.

use serde_json::{Map, Value};

use super::Fields;
use crate::schema::{Kind, Property, Record};

/// The record of a body.
///
/// Missing fields become null. Missing objects become objects of nulls, unless they are records of
/// another table or have a required field: then they become null. Unknown members are dropped.
pub(crate) fn shaped(record: &Record, body: &Map<String, Value>) -> Fields {
    record
        .readable()
        .map(|property| {
            (
                property.name.clone(),
                shape(property, body.get(&property.name)),
            )
        })
        .collect()
}

/// A record whose fields are all null.
pub(crate) fn blank(record: &Record) -> Fields {
    shaped(record, &Map::new())
}

/// The properties that are records of other tables: property name and table.
pub(crate) fn embedded(record: &Record) -> impl Iterator<Item = (&str, &str)> {
    record
        .properties
        .iter()
        .filter_map(|property| Some((property.name.as_str(), property.part.as_deref()?)))
}

fn shape(property: &Property, value: Option<&Value>) -> Value {
    match (&property.kind, value) {
        (Kind::Object(properties), None) => {
            if property.part.is_some() || properties.iter().any(|member| member.required) {
                return Value::Null;
            }
            members(properties, &Map::new())
        }
        (Kind::Object(properties), Some(Value::Object(sent))) => members(properties, sent),
        (Kind::Array(items), Some(Value::Array(sent))) => {
            sent.iter().map(|item| shape(items, Some(item))).collect()
        }
        (_, value) => value.cloned().unwrap_or(Value::Null),
    }
}

fn members(properties: &[Property], sent: &Map<String, Value>) -> Value {
    let members = properties
        .iter()
        .filter(|member| !member.write_only)
        .map(|member| (member.name.clone(), shape(member, sent.get(&member.name))));
    Value::Object(members.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_record_has_all_fields_of_its_schema_and_no_others() {
        let schema = json!({"type": "object", "properties": {
            "id": {"type": "integer"},
            "secret": {"type": "string", "writeOnly": true},
            "finance": {"type": "object", "nullable": true, "properties": {"balance": {"type": "number"}}},
            "address": {"type": "object", "nullable": true, "required": ["address_id"],
                        "properties": {"address_id": {"type": "integer"}, "city": {"type": "string"}}},
            "fields": {"type": "array", "items": {"properties": {"value": {"type": "string"}}}}}});
        let record = Record::read("Thing", "/Things", &schema);
        assert_eq!(
            Value::Object(blank(&record)),
            json!({"id": null, "finance": {"balance": null}, "address": null, "fields": null})
        );
        let sent = json!({"secret": "s", "other": 1, "address": {"city": "X"}, "fields": [{"value": "v", "unknown": 1}]});
        let sent = sent.as_object().expect("an object");
        assert_eq!(
            Value::Object(shaped(&record, sent)),
            json!({"id": null, "finance": {"balance": null},
                   "address": {"address_id": null, "city": "X"}, "fields": [{"value": "v"}]})
        );
    }
}
