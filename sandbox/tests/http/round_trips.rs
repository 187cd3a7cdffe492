//! Round trips: any body that the schema allows is read back, for every operation that creates,
//! replaces or patches a record.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use revio_test_server::cases;
use serde_json::{Map, Value, json};

use crate::strategies::{Document, anything, object};
use crate::support::{Client, JSON, shared};

const CASES: u32 = 8;

/// Dates that the server sets.
const STAMPS: [&str; 3] = ["updated_date", "modified_date", "status_date"];

fn runner() -> TestRunner {
    TestRunner::new(Config {
        cases: cases(CASES),
        failure_persistence: None,
        ..Config::default()
    })
}

struct Operation {
    id: String,
    method: String,
    path: String,
}

/// The operations whose id has one of these endings.
fn operations(client: &Client, endings: &[&str]) -> Vec<Operation> {
    let all = client.sandbox.api().operations().iter();
    all.filter(|operation| {
        endings
            .iter()
            .any(|ending| operation.id().ends_with(ending))
    })
    .map(|operation| Operation {
        id: operation.id().to_owned(),
        method: operation.method().to_owned(),
        path: operation.path().to_owned(),
    })
    .collect()
}

/// The name of a record's own id, if it has one.
fn own_id(record: &Value) -> Option<String> {
    let members = record["properties"].as_object()?;
    let own = members
        .iter()
        .find(|(_, member)| member["x-revio-own-id"] == true);
    own.map(|(name, _)| name.clone())
}

/// Reads a record: by its id where possible, else from its list.
async fn read(client: &Client, collection: &str, own: Option<&str>, id: i64) -> Value {
    let single = format!("{collection}/{{id}}");
    let operations = client.sandbox.api().operations();
    if operations
        .iter()
        .any(|one| one.method() == "GET" && one.path() == single)
    {
        let mut record = client
            .get(&format!("{collection}/{id}"))
            .await
            .expect(200)
            .json();
        let members = record.as_object_mut().expect("an object");
        members.remove("links");
        members.remove("ok");
        return record;
    }
    match own {
        Some(own) => client
            .get(&format!("{collection}?{own}={id}"))
            .await
            .records()[0]
            .clone(),
        None => client.all(collection).await.pop().expect("a record"),
    }
}

/// The location of a sent value that is missing. Fields that the record doesn't have are ignored,
/// and so are its own id and the ids of embedded records, which the server assigns.
fn missing(sent: &Value, found: &Value, schema: &Value, own: Option<&str>) -> Option<String> {
    if let (Some(sent), Some(found)) = (sent.as_array(), found.as_array())
        && sent.len() == found.len()
    {
        let mut items = sent.iter().zip(found);
        return items.find_map(|(sent, found)| missing(sent, found, &schema["items"], None));
    }
    let (Some(sent), Some(found)) = (sent.as_object(), found.as_object()) else {
        return (sent != found).then(|| format!(": sent {sent}, found {found}"));
    };
    sent.iter().find_map(|(name, sent)| {
        let member = &schema["properties"][name];
        let is_part = name.ends_with("_address");
        let is_own = own == Some(name.as_str()) || member["x-revio-own-id"] == true;
        if !member.is_object() || is_own || member["writeOnly"] == true {
            return None;
        }
        let Some(found) = found.get(name) else {
            return Some(format!("/{name} is gone"));
        };
        let mut sent = sent.clone();
        if let (true, Some(part)) = (is_part, sent.as_object_mut()) {
            part.remove("address_id");
            part.remove("customer_id");
        }
        let deeper = missing(&sent, found, member, None);
        deeper.map(|rest| format!("/{name}{rest}"))
    })
}

/// Makes a key link refer to existing records.
fn linked(body: &mut Value) {
    body["integration_system_id"] = json!(4);
    body["integration_entity_type_id"] = json!(2);
    body["internal_id"] = json!(1009);
    body["external_id"] = json!("text");
}

#[test]
fn created_records_are_read_back() {
    let document = Document::read();
    shared(async |client| {
        let creates = operations(client, &["_create", "_create_card"]);
        assert!(creates.len() >= 20);
        let mut runner = runner();
        for Operation {
            id: operation,
            method,
            path,
        } in creates
        {
            // The shape of receivers isn't known, so their fields need not be returned.
            if operation.starts_with("webhook_receivers") {
                continue;
            }
            let schema = document.body(&method, &path);
            let record = document.record_of(&method, &path);
            let own = own_id(&record);
            let collection = collection(client, &operation);
            for _ in 0..cases(CASES) {
                let mut body = object(&schema, &[])
                    .new_tree(&mut runner)
                    .expect("a body")
                    .current();
                if operation.starts_with("integration_key_links") {
                    linked(&mut body);
                }
                strip_nulls(&mut body);
                let response = client.post(&path, &body).await.expect(201).json();
                let id = response["id"].as_i64().expect("an id");
                let found = read(client, &collection, own.as_deref(), id).await;
                assert_eq!(
                    missing(&body, &found, &record, own.as_deref()),
                    None,
                    "{operation} {body}"
                );
                if let Some(own) = &own {
                    assert_eq!(found[own], id);
                }
            }
        }
    });
}

/// Removes nulls: in a new record the server may fill them in.
fn strip_nulls(body: &mut Value) {
    if let Some(members) = body.as_object_mut() {
        members.retain(|_, value| !value.is_null());
        members.values_mut().for_each(strip_nulls);
    }
}

fn collection(client: &Client, operation: &str) -> String {
    let operations = client.sandbox.api().operations();
    let tag = operations
        .iter()
        .find(|one| one.id() == operation)
        .expect("an operation")
        .tag();
    let list = operations
        .iter()
        .find(|one| one.tag() == tag && one.id().ends_with("_list"));
    list.expect("a list").path().to_owned()
}

#[test]
fn replaced_records_are_read_back() {
    let document = Document::read();
    shared(async |client| {
        let replaces = operations(client, &["_replace"]);
        assert!(replaces.len() >= 5);
        let mut runner = runner();
        for Operation {
            id: operation,
            method,
            path,
        } in replaces
        {
            let schema = document.body(&method, &path);
            let record = document.record_of(&method, &path);
            let own = own_id(&record);
            let collection = collection(client, &operation);
            for case in 0..cases(CASES) {
                let mut id = i64::from(3 + case);
                let mut body = object(&schema, &[])
                    .new_tree(&mut runner)
                    .expect("a body")
                    .current();
                if operation.starts_with("integration_key_links") {
                    linked(&mut body);
                    id = client.create(&collection, &body).await;
                }
                let before = read(client, &collection, own.as_deref(), id).await;
                if operation.starts_with("service_products") {
                    // Its rules have their own tests.
                    for name in ["status", "rate", "quantity"] {
                        body[name] = before[name].clone();
                    }
                }
                client
                    .send(&method, &path.replace("{id}", &id.to_string()), JSON, &body)
                    .await
                    .expect(200);
                let found = read(client, &collection, own.as_deref(), id).await;
                let place = format!("{operation} {id} {body}");
                let sent = without_stamps(&body, &found);
                assert_eq!(
                    missing(&sent, &found, &record, own.as_deref()),
                    None,
                    "{place}"
                );
                // Missing fields become null, except those that no body has.
                for (name, value) in found.as_object().expect("an object") {
                    let settable = schema["properties"].get(name).is_some();
                    if body.get(name).is_some()
                        || Some(name) == own.as_ref()
                        || STAMPS.contains(&name.as_str())
                    {
                        continue;
                    }
                    if settable {
                        assert!(is_nothing(value), "{place}: {name} is {value}");
                    } else {
                        assert_eq!(*value, before[name], "{place}: {name}");
                    }
                }
            }
        }
    });
}

/// The sent values, without dates that the server updated.
fn without_stamps(sent: &Value, found: &Value) -> Value {
    let mut sent = sent.clone();
    if let Some(members) = sent.as_object_mut() {
        members.retain(|name, value| {
            !STAMPS.contains(&name.as_str()) || found.get(name) == Some(value)
        });
    }
    sent
}

/// Null, or an object of nulls.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.values().all(is_nothing),
        other => other.is_null(),
    }
}

#[test]
fn patched_fields_are_read_back_and_others_stay() {
    let document = Document::read();
    shared(async |client| {
        let patches = operations(client, &["_patch"]);
        assert!(patches.len() >= 7);
        let mut runner = runner();
        for Operation {
            id: operation,
            method,
            path,
        } in patches
        {
            let record = document.record_of(&method, &path);
            let own = own_id(&record);
            let collection = collection(client, &operation);
            // These fields have rules with their own tests.
            let ruled: &[&str] = match operation.as_str() {
                "service_products_patch" => &["status", "rate", "quantity"],
                "services_patch" => &["activated_date", "disconnected_date"],
                _ => &[],
            };
            let members = record["properties"].as_object().expect("members").iter();
            let fields: Vec<(String, Value)> = members
                .filter(|(name, member)| {
                    let name = name.as_str();
                    own.as_deref() != Some(name)
                        && member["writeOnly"] != true
                        && !ruled.contains(&name)
                        && !STAMPS.contains(&name)
                })
                .map(|(name, member)| (name.clone(), member.clone()))
                .collect();
            let change = prop::sample::subsequence(fields, 1..4).prop_flat_map(|fields| {
                let values: Vec<_> = fields
                    .into_iter()
                    .map(|(name, member)| {
                        anything(&member).prop_map(move |value| (name.clone(), value))
                    })
                    .collect();
                values.prop_map(|values| values.into_iter().collect::<Map<String, Value>>())
            });
            for case in 0..i64::from(cases(CASES)) {
                let first = client
                    .get(&format!("{collection}?page_size=1"))
                    .await
                    .records()[0]
                    .clone();
                let own = own.as_deref().expect("an own id");
                let id = first[own].as_i64().expect("an id") + 10 + case;
                let change = change.new_tree(&mut runner).expect("a change").current();
                let before = read(client, &collection, Some(own), id).await;
                let operations: Vec<Value> = change
                    .iter()
                    .map(|(name, value)| json!({"op": "replace", "path": format!("/{name}"), "value": value}))
                    .collect();
                client
                    .patch(&path.replace("{id}", &id.to_string()), &json!(operations))
                    .await
                    .expect(200);
                let found = read(client, &collection, Some(own), id).await;
                let place = format!("{operation} {id} {operations:?}");
                assert_eq!(
                    missing(&Value::Object(change.clone()), &found, &record, Some(own)),
                    None,
                    "{place}"
                );
                for (name, value) in found.as_object().expect("an object") {
                    if !change.contains_key(name) && !STAMPS.contains(&name.as_str()) {
                        assert_eq!(*value, before[name], "{place}: {name}");
                    }
                }
            }
        }
    });
}

/// The comparison fails on a missing value.
#[test]
fn the_comparison_detects_a_missing_value() {
    let schema =
        json!({"properties": {"a": {"type": "object", "properties": {"b": {"type": "number"}}}}});
    let sent: Value = serde_json::from_str(r#"{"a": {"b": 1.50}, "other": 1}"#).expect("JSON");
    let found = |other: &Value| missing(&sent, other, &schema, None).unwrap_or_default();
    assert_eq!(found(&sent), "");
    assert_eq!(
        found(&json!({"a": {"b": 1.5}})),
        "/a/b: sent 1.50, found 1.5"
    );
    assert_eq!(found(&json!({"a": {}})), "/a/b is gone");
}
