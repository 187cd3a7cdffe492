//! A record schema, for one table of the store.

use serde_json::Value;

use super::property::{Kind, Property, properties};
use super::validate::Check;

/// The shape of the records behind one resource.
pub(crate) struct Record {
    /// Name of the record schema, or the tag where the shape of the record isn't known.
    pub(crate) name: String,
    /// Path of the collection, such as `/Customers`.
    pub(crate) collection: String,
    /// Type of the record's id.
    pub(crate) id_type: Option<String>,
    /// Name in the vendor's list of entity types for key links.
    pub(crate) entity: Option<String>,
    pub(crate) properties: Vec<Property>,
    pub(crate) check: Check,
}

impl Record {
    /// Reads a flat record schema.
    pub(crate) fn read(name: &str, collection: &str, schema: &Value) -> Self {
        let mut properties = properties(schema);
        for property in &mut properties {
            // The store always knows the own id of a record, even if the schema allows null.
            if property.own_id {
                property.nullable = false;
            }
        }
        let own = properties.iter().find(|property| property.own_id);
        Self {
            name: name.to_owned(),
            collection: collection.to_owned(),
            id_type: own.and_then(|property| property.id.clone()),
            entity: schema
                .get("x-revio-entity")
                .and_then(Value::as_str)
                .map(str::to_owned),
            check: Check::new(schema),
            properties,
        }
    }

    /// A record of unknown shape: the members of the body, and an id that is named after its type
    /// (`webhook_receiver_id` for `WebhookReceiverId`). That name follows a convention of the vendor,
    /// it isn't documented.
    pub(crate) fn unknown(
        name: &str,
        collection: &str,
        id_type: Option<&str>,
        body: &[Property],
    ) -> Self {
        let mut properties = Vec::new();
        if let Some(id_type) = id_type {
            let integer = serde_json::json!({"type": "integer", "x-revio-own-id": true, "x-revio-id": id_type});
            properties.push(Property::read(&snake(id_type), &integer, true));
        }
        properties.extend(body.iter().map(|property| Property {
            required: false,
            nullable: true,
            ..property.clone()
        }));
        Self {
            name: name.to_owned(),
            collection: collection.to_owned(),
            id_type: id_type.map(str::to_owned),
            entity: None,
            properties,
            check: Check::new(&serde_json::json!({"type": "object"})),
        }
    }

    /// The property with the own id of the record.
    pub(crate) fn own_id(&self) -> Option<&Property> {
        self.properties.iter().find(|property| property.own_id)
    }

    /// The property with a name.
    pub(crate) fn property(&self, name: &str) -> Option<&Property> {
        self.properties
            .iter()
            .find(|property| property.name == name)
    }

    /// The properties that responses have.
    pub(crate) fn readable(&self) -> impl Iterator<Item = &Property> {
        self.properties
            .iter()
            .filter(|property| !property.write_only)
    }

    /// A field of a value that the schema doesn't have, as a JSON pointer.
    pub(crate) fn unknown_field(&self, value: &serde_json::Map<String, Value>) -> Option<String> {
        unknown_in(&self.properties, value)
    }
}

fn unknown_in(properties: &[Property], value: &serde_json::Map<String, Value>) -> Option<String> {
    value.iter().find_map(|(name, member)| {
        let Some(property) = properties.iter().find(|property| property.name == *name) else {
            return Some(format!("/{name}"));
        };
        unknown_below(property, member).map(|rest| format!("/{name}{rest}"))
    })
}

fn unknown_below(property: &Property, value: &Value) -> Option<String> {
    match (&property.kind, value) {
        (Kind::Object(properties), Value::Object(members)) => unknown_in(properties, members),
        (Kind::Array(items), Value::Array(values)) => {
            values.iter().enumerate().find_map(|(index, value)| {
                unknown_below(items, value).map(|rest| format!("/{index}{rest}"))
            })
        }
        _ => None,
    }
}

/// `webhook_receiver_id` for `WebhookReceiverId`.
fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (index, letter) in name.char_indices() {
        if letter.is_uppercase() && index > 0 {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_fields_that_the_schema_does_not_know() {
        let schema = json!({"type": "object", "properties": {
            "a": {"type": "object", "properties": {"b": {"type": "string"}}},
            "list": {"type": "array", "items": {"properties": {"c": {"type": "string"}}}}}});
        let record = Record::read("Thing", "/Things", &schema);
        let unknown = |value: Value| record.unknown_field(value.as_object().expect("an object"));
        assert_eq!(
            unknown(json!({"a": {"b": "x"}, "list": [{"c": "y"}]})),
            None
        );
        assert_eq!(unknown(json!({"z": 1})).as_deref(), Some("/z"));
        assert_eq!(unknown(json!({"a": {"x": 1}})).as_deref(), Some("/a/x"));
        assert_eq!(
            unknown(json!({"list": [{}, {"d": 1}]})).as_deref(),
            Some("/list/1/d")
        );
    }

    #[test]
    fn an_unknown_id_is_named_after_its_type() {
        let record = Record::unknown(
            "webhook_receivers",
            "/WebhookReceivers",
            Some("WebhookReceiverId"),
            &[],
        );
        assert_eq!(
            record.own_id().map(|id| id.name.as_str()),
            Some("webhook_receiver_id")
        );
    }
}
