//! Records and bodies full of personal data, and their `Debug`.

use std::fmt::Debug;
use std::path::Path;

use revio_api::resources::{
    agents, audits, bills, contacts, customers, inventory_items, notes, payment_accounts, payments,
    request_services, requests, service_inventory, services, tasks, ticket_journals, tickets,
    user_groups, users, webhook_receivers,
};
use revio_api::shared;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::canary::{CARD, NAME, assert_clean};

type Check = fn(&str, &Value);

/// Schemas that hold something sensitive, each with its type.
const TYPES: &[(&str, Check)] = &[
    ("Agent", check::<agents::Agent>),
    ("Audit", check::<audits::Audit>),
    ("BankAccount", check::<payment_accounts::BankAccount>),
    ("Bill", check::<bills::Bill>),
    ("Contact", check::<contacts::Contact>),
    ("ContactAddress", check::<contacts::ContactAddress>),
    ("ContactCreate", check::<contacts::ContactCreate>),
    ("CreditCard", check::<payment_accounts::CreditCard>),
    ("CustomField", check::<shared::CustomField>),
    ("Customer", check::<customers::Customer>),
    ("CustomerCreate", check::<customers::CustomerCreate>),
    ("CustomerProfile", check::<customers::CustomerProfile>),
    ("InventoryItem", check::<inventory_items::InventoryItem>),
    (
        "InventoryItemCreate",
        check::<inventory_items::InventoryItemCreate>,
    ),
    (
        "InventoryItemAssignService",
        check::<inventory_items::InventoryItemAssignService>,
    ),
    ("Note", check::<notes::Note>),
    ("NoteCreate", check::<notes::NoteCreate>),
    ("Payment", check::<payments::Payment>),
    ("PaymentAccount", check::<payment_accounts::PaymentAccount>),
    ("PaymentCreate", check::<payments::PaymentCreate>),
    ("PostalAddress", check::<shared::PostalAddress>),
    ("Request", check::<requests::Request>),
    ("RequestService", check::<request_services::RequestService>),
    ("Service", check::<services::Service>),
    ("ServiceCreate", check::<services::ServiceCreate>),
    (
        "ServiceInventoryItem",
        check::<service_inventory::ServiceInventoryItem>,
    ),
    ("Task", check::<tasks::Task>),
    ("Ticket", check::<tickets::Ticket>),
    ("TicketCreate", check::<tickets::TicketCreate>),
    ("TicketJournal", check::<ticket_journals::TicketJournal>),
    (
        "TicketJournalCreate",
        check::<ticket_journals::TicketJournalCreate>,
    ),
    ("User", check::<users::User>),
    ("UserGroup", check::<user_groups::UserGroup>),
    (
        "WebhookReceiverCreate",
        check::<webhook_receivers::WebhookReceiverCreate>,
    ),
];

/// Bodies of operations that this build may not have, and parts that never stand alone.
const OTHERS: [&str; 7] = [
    "AddressParts",
    "InventoryItemAssignCustomer",
    "InventoryItemAssignProduct",
    "JsonPatchOperation",
    "RequestCreate",
    "RequestServiceCreate",
    "TaskCreate",
];

fn check<T: DeserializeOwned + Serialize + Debug>(name: &str, planted: &Value) {
    let value: T = serde_json::from_value(planted.clone()).expect(name);
    let kept = serde_json::to_string(&value).expect(name);
    assert!(
        kept.contains(NAME) || kept.contains(CARD),
        "{name} lost it: {kept}"
    );
    assert_clean(name, &format!("{value:?}"));
    assert_clean(name, &format!("{value:#?}"));
    assert_clean(name, &format!("{:?}", Some(vec![value])));
}

fn schemas() -> Map<String, Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/openapi.json");
    let text = std::fs::read_to_string(path).expect("the bundled schema");
    let mut schema: Value = serde_json::from_str(&text).expect("JSON");
    match schema["components"]["schemas"].take() {
        Value::Object(schemas) => schemas,
        _ => panic!("no schemas"),
    }
}

/// A value of this schema with something planted wherever it is sensitive.
fn planted(schemas: &Map<String, Value>, schema: &Value, sensitive: bool) -> Value {
    let sensitive = sensitive || schema["x-revio-sensitive"] == true;
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().expect("a name");
        return planted(schemas, &schemas[name], sensitive);
    }
    let mut object = Map::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if let Value::Object(fields) = planted(schemas, part, sensitive) {
            object.extend(fields);
        }
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        object.insert(name.clone(), planted(schemas, property, sensitive));
    }
    match schema["type"].as_str() {
        Some("string") if sensitive => json!(format!("{NAME} {CARD}")),
        Some("string") => schema["enum"][0]
            .as_str()
            .map_or(json!("plain"), |it| json!(it)),
        Some("integer") => json!(7),
        Some("number") => json!(1.5),
        Some("boolean") => json!(true),
        Some("array") => json!([planted(schemas, &schema["items"], sensitive)]),
        _ if !object.is_empty() => Value::Object(object),
        _ if schema["oneOf"].is_array() => json!(7),
        _ => json!({"any": NAME}),
    }
}

fn is_sensitive(schema: &Value) -> bool {
    let own = schema["properties"].as_object().into_iter().flatten();
    let mut parts = schema["allOf"].as_array().into_iter().flatten();
    own.into_iter()
        .any(|(_, property)| property["x-revio-sensitive"] == true)
        || parts.any(|part| part["$ref"].is_null() && is_sensitive(part))
}

#[test]
fn no_record_prints_what_is_sensitive() {
    let schemas = schemas();
    for (name, check) in TYPES {
        check(name, &planted(&schemas, &schemas[*name], false));
    }
}

#[test]
fn no_sensitive_schema_is_forgotten() {
    let schemas = schemas();
    let known =
        |name: &str| TYPES.iter().any(|(known, _)| *known == name) || OTHERS.contains(&name);
    let forgotten: Vec<_> = schemas
        .iter()
        .filter(|(name, schema)| is_sensitive(schema) && !known(name))
        .map(|(name, _)| name)
        .collect();
    assert!(
        forgotten.is_empty(),
        "these hold something sensitive; add them to the list: {forgotten:?}"
    );
}
