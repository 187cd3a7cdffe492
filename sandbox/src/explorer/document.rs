//! The `OpenAPI` document for general tools: for the API reference, and for contract tests.
//!
//! The schema describes the vendor's peculiarities with `x-revio-*` annotations. Here they are
//! translated to standard keywords: the sandbox as the only server, the actual media type of a
//! body, the format of dates without an offset, `anyOf` for fields that are numbers or strings, an
//! enum of the fields that a list can be sorted by, and links from operations that return an id to
//! those that take it. Examples use data of the sandbox.

use serde_json::{Map, Value, json};

use crate::operations;
use crate::schema::{Api, Kind, Operation, Record, Verb};
use crate::world::World;

/// The document as JSON.
pub(crate) fn document(api: &Api, world: &World) -> Value {
    // The text was parsed when the sandbox started.
    let mut document: Value = serde_json::from_str(api.text()).unwrap_or_default();
    adapt(&mut document);
    if let Value::Object(members) = &mut document {
        let here = json!([{"url": api.base_path(), "description": "This sandbox"}]);
        members.insert("servers".to_owned(), here);
    }
    for operation in api.operations() {
        let template = operation.path.replace('~', "~0").replace('/', "~1");
        let method = operation.method.to_ascii_lowercase();
        let pointer = format!("/paths/{template}/{method}");
        let Some(Value::Object(item)) = document.pointer_mut(&pointer) else {
            continue;
        };
        body(item, example_body(api, world, operation).as_ref());
        parameters(item, api, world, operation);
        let links = links(api, operation);
        let response = item
            .get_mut("responses")
            .and_then(|all| all.get_mut(operation.success.to_string()));
        if let Some(Value::Object(response)) = response
            && !links.is_empty()
        {
            response.insert("links".to_owned(), links.into());
        }
    }
    document
}

/// Translates formats and lenient types at every depth.
fn adapt(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("x-revio-lenient") == Some(&Value::Bool(true)) {
                members.remove("format");
                let kind = members.remove("type").unwrap_or_default();
                let other = if kind == "string" { "number" } else { "string" };
                let either = json!([{"type": kind}, {"type": other}]);
                members.insert("anyOf".to_owned(), either);
            }
            if members.get("format") == Some(&json!("decimal")) {
                // It only means that digits are kept.
                members.remove("format");
            }
            if let Some(Value::String(format)) = members.get_mut("format") {
                match format.as_str() {
                    "date-time" => "date-time-local".clone_into(format),
                    // A field that was written as a date may be returned with a time.
                    "date" => "date-local".clone_into(format),
                    _ => {}
                }
            }
            members.values_mut().for_each(adapt);
        }
        Value::Array(items) => items.iter_mut().for_each(adapt),
        _ => {}
    }
}

/// Puts a body under its actual media type, with an example.
fn body(item: &mut Map<String, Value>, example: Option<&Value>) {
    let real = item.get("x-revio-content-type").and_then(Value::as_str);
    let real = real.map(str::to_owned);
    let content = item
        .get_mut("requestBody")
        .and_then(|body| body.get_mut("content"))
        .and_then(Value::as_object_mut);
    let Some(content) = content else {
        return;
    };
    let bodies = std::mem::take(content).into_iter();
    content.extend(bodies.map(|(media_type, mut body)| {
        if let (Value::Object(body), Some(example)) = (&mut body, example) {
            body.insert("example".to_owned(), example.clone());
        }
        (real.clone().unwrap_or(media_type), body)
    }));
}

/// A body that the sandbox accepts, as far as the schema says.
fn example_body(api: &Api, world: &World, operation: &Operation) -> Option<Value> {
    let body = operation.body.as_ref()?;
    if let Some(special) = operations::example(world, operation.id()) {
        return Some(special);
    }
    if operation.verb != Verb::Patch {
        return Some(world.seeder.body(operation.id(), 1, &body.shape));
    }
    let record = api.record_for(operation)?;
    let field = record
        .properties
        .iter()
        .find(|it| it.nullable && it.kind == Kind::Text && it.values.is_empty())?;
    Some(json!([{"op": "replace", "path": format!("/{}", field.name), "value": null}]))
}

/// Adds an example for the id in the path, and the enum of the fields to sort by.
fn parameters(item: &mut Map<String, Value>, api: &Api, world: &World, operation: &Operation) {
    let Some(Value::Array(parameters)) = item.get_mut("parameters") else {
        return;
    };
    let id = operation
        .path_id
        .as_deref()
        .and_then(|id_type| api.record_of_id(id_type))
        .and_then(|record| world.store.table(&record.name))
        // The examples of other operations must not be deleted.
        .and_then(|table| {
            table
                .ids(if operation.verb == Verb::Delete { 9 } else { 0 })
                .next()
        });
    for parameter in parameters {
        let is_sort = parameter.get("$ref") == Some(&json!("#/components/parameters/Sort"));
        if is_sort && let Some(record) = api.record_for(operation) {
            *parameter = sort(record);
        } else if let (Value::Object(members), Some(id)) = (&mut *parameter, id)
            && members.get("in") == Some(&json!("path"))
            && members.get("name") == Some(&json!("id"))
        {
            members.insert("example".to_owned(), id.into());
        }
    }
}

fn sort(record: &Record) -> Value {
    let plain = record.properties.iter();
    let plain = plain.filter(|it| it.kind.is_scalar() && !it.write_only);
    let names: Vec<String> = plain
        .flat_map(|property| [property.name.clone(), format!("-{}", property.name)])
        .collect();
    json!({
        "name": "sort",
        "in": "query",
        "description": "A field of the record, with a leading - for descending order.",
        "schema": {"type": "string", "enum": names},
    })
}

/// Links to the operations that take the id of a record that an operation creates or lists.
fn links(api: &Api, from: &Operation) -> Map<String, Value> {
    let (id_type, expression) = if let Some(id_type) = &from.created_id {
        (id_type.clone(), "$response.body#/id".to_owned())
    } else if from.verb == Verb::List
        && let Some(own) = api.record_for(from).and_then(Record::own_id)
        && let Some(id_type) = &own.id
    {
        let expression = format!("$response.body#/records/0/{}", own.name);
        (id_type.clone(), expression)
    } else {
        return Map::new();
    };
    api.operations()
        .iter()
        .filter(|to| to.path_id.as_ref() == Some(&id_type))
        .map(|to| {
            let link = json!({"operationId": to.id, "parameters": {"id": expression}});
            (to.id.clone(), link)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::Clock;
    use crate::seed::Seed;

    #[test]
    fn annotations_become_standard_keywords() {
        let api = Arc::new(Api::bundled().expect("the schema"));
        let seed = Seed {
            seed: 1,
            customers: 20,
        };
        let world = World::new(Arc::clone(&api), seed, Clock::new(), String::new());
        let document = document(&api, &world);
        let at = |pointer: &str| {
            let value = document.pointer(pointer);
            value.unwrap_or_else(|| panic!("{pointer}"))
        };
        assert_eq!(at("/servers/0/url"), "/v1");
        let body = at("/paths/~1Customers~1{id}/patch/requestBody/content");
        let types: Vec<&String> = body.as_object().expect("types").keys().collect();
        assert_eq!(types, ["application/json-patch+json"]);
        let text = document.to_string();
        assert!(!text.contains(r#""format":"date-time""#) && text.contains("date-time-local"));
        let link = at("/paths/~1Contacts/post/responses/201/links/contacts_get");
        assert_eq!(link["parameters"]["id"], "$response.body#/id");
        let link = at("/paths/~1Bills/get/responses/200/links/bills_get");
        assert_eq!(
            link["parameters"]["id"],
            "$response.body#/records/0/bill_id"
        );
        assert_eq!(
            at("/paths/~1Customers~1{id}/get/parameters/0/example"),
            1001
        );
        let create = at("/paths/~1Contacts/post/requestBody/content/application~1json/example");
        assert!(create.is_object());
        let sort = at("/paths/~1Contacts/get/parameters");
        let sort = sort
            .as_array()
            .expect("a list")
            .iter()
            .find(|it| it["name"] == "sort");
        let names = sort.expect("sort")["schema"]["enum"]
            .as_array()
            .expect("names");
        assert!(names.contains(&json!("-contact_id")));
    }
}
