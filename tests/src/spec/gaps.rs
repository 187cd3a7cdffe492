//! Whether a value has everything that its schema knows, and nothing else.

use serde_json::Value;

use super::Spec;

/// Properties that a value lacks, holds as null or as an empty list, or that its schema doesn't know; at any depth.
pub fn gaps(spec: &Spec, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(spec, schema, value, "", &mut found);
    found
}

fn visit(spec: &Spec, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let schema = spec.resolve(schema);
    match value {
        Value::Object(members) => {
            let properties = spec.properties(schema);
            for property in &properties {
                let path = format!("{path}/{}", property.name);
                match members.get(property.name) {
                    Some(member) => visit(spec, property.schema, member, &path, found),
                    None => found.push(format!("{path} is missing")),
                }
            }
            // Without properties the shape is unknown, and anything may be there.
            for name in members.keys().filter(|_| !properties.is_empty()) {
                if !properties.iter().any(|property| property.name == name) {
                    found.push(format!("{path}/{name} isn't in the schema"));
                }
            }
        }
        Value::Array(items) if items.is_empty() => found.push(format!("{path} is empty")),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                visit(
                    spec,
                    &schema["items"],
                    item,
                    &format!("{path}/{index}"),
                    found,
                );
            }
        }
        Value::Null if !path.is_empty() && schema.get("type").is_some() => {
            found.push(format!("{path} is null"));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::gaps;
    use crate::spec::Spec;

    #[test]
    fn says_what_is_missing_and_what_is_too_much() {
        let spec = Spec::read();
        let body = json!({"service_id": null, "identifiers": [], "more": 1});
        assert_eq!(
            gaps(&spec, spec.schema("InventoryItemAssignService"), &body),
            [
                "/service_id is null",
                "/identifiers is empty",
                "/service_product_id is missing",
                "/more isn't in the schema",
            ]
        );
        assert!(gaps(&spec, spec.schema("FreeForm"), &body).is_empty());
    }
}
