//! Custom fields from a program's side: seen on records, read and set by id.

use revio_api::custom_fields::{
    CustomFieldProblem, FieldDefinitions, FieldId, HasFields, Patchable,
};
use revio_api::prelude::*;
use revio_api::resources::customers::Customer;
use revio_api::{Identified, ListRequest, Outcome};
use revio_tests::fixtures::differences;
use revio_tests::stand::Stand;
use serde_json::{Value, json};

/// A customer with several custom fields: here they differ from record to record.
async fn customer(stand: &Stand) -> Customer {
    let customers = stand.client.customers().list().page_size(500);
    let mut all = customers.await.expect("a page").into_iter();
    all.find(|customer| customer.custom_fields().len() > 1)
        .expect("custom fields")
}

#[tokio::test]
async fn a_field_is_set_where_it_is_and_nothing_else_changes() {
    let stand = Stand::start().await;
    let customer = customer(&stand).await;
    let path = format!("/Customers/{}", customer.customer_id);
    let position = customer.custom_fields().len() - 1;
    let field = FieldId(customer.custom_fields()[position].field_id.expect("an id"));
    let before = stand.direct.get(&path).await;
    stand.sandbox.clear_requests();

    let value = "platinum \u{2014} \"VIP\"";
    let fields = stand.client.customers().custom_fields(customer.customer_id);
    fields.set(field, value).await.unwrap();
    let requests = stand.sandbox.requests();
    let methods: Vec<_> = requests
        .iter()
        .map(|request| request.method.as_str())
        .collect();
    assert_eq!(methods, ["GET", "PATCH", "GET"]);
    assert_eq!(
        requests[1].header("content-type"),
        Some("application/json-patch+json")
    );
    let pointer = format!("/fields/{position}/value");
    assert_eq!(
        requests[1].json(),
        Some(json!([{"op": "replace", "path": pointer, "value": value}]))
    );
    let after = stand.direct.get(&path).await;
    let changed = differences(&before, &after);
    let changed: Vec<_> = changed
        .iter()
        .filter(|line| !line.contains("updated_date"))
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].starts_with(&pointer), "{changed:?}");

    let customer = stand
        .client
        .customers()
        .get(customer.customer_id)
        .await
        .unwrap();
    let held = customer
        .custom_field(field)
        .and_then(|held| held.value.as_deref());
    assert_eq!(held, Some(value));
    let label = customer
        .custom_field(field)
        .and_then(|held| held.label.as_deref())
        .expect("a caption");
    let labelled = customer
        .custom_field_labelled(label)
        .and_then(|held| held.field_id);
    assert_eq!(labelled, Some(field.get()));

    // What is set already costs one call.
    stand.sandbox.clear_requests();
    fields.set(field, value).await.unwrap();
    assert_eq!(stand.sandbox.requests().len(), 1);
}

#[tokio::test]
async fn a_field_that_the_record_lacks_is_named_with_those_it_has() {
    let stand = Stand::start().await;
    let customer = customer(&stand).await;
    let ids: Vec<_> = customer
        .custom_fields()
        .iter()
        .filter_map(|field| field.field_id)
        .collect();
    let missing = FieldId(ids.iter().max().expect("fields") + 1);
    stand.sandbox.clear_requests();
    let fields = stand.client.customers().custom_fields(customer.customer_id);
    let error = fields.set(missing, "gold").await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent);
    let Some(CustomFieldProblem::Absent { field, present }) = error.custom_field_problem() else {
        panic!("{error:?}");
    };
    let present: Vec<_> = present.iter().map(|(id, _)| id.get()).collect();
    assert_eq!((*field, present), (missing, ids));
    assert_eq!(stand.sandbox.requests().len(), 1);
    let gone = stand
        .client
        .customers()
        .custom_fields(CustomerId(9999))
        .set(missing, "gold")
        .await;
    assert!(gone.unwrap_err().is_not_found());
}

/// Sets a field of one of a resource's records and puts it back.
async fn set_and_restore<H, L>(handle: H, list: L)
where
    H: Patchable,
    H::Record: HasFields,
    L: ListRequest<Item = H::Record>,
    L::Item: Identified<Id = H::Id>,
{
    let page = list.page_size(500).send().await.expect("a page").value;
    let mut records = page.into_iter();
    let record = records.find(|record| !record.custom_fields().is_empty());
    let record = record.expect("custom fields");
    let fields = handle.custom_fields(record.id());
    let first = &record.custom_fields()[0];
    let field = FieldId(first.field_id.expect("an id"));
    let before = first.value.as_deref().unwrap_or_default();
    for value in ["set by a test", before] {
        fields.set(field, value).await.expect("set");
        let record = handle
            .read_record(record.id())
            .send()
            .await
            .expect("a record")
            .value;
        let held = record
            .custom_field(field)
            .and_then(|held| held.value.as_deref());
        assert_eq!(held.unwrap_or_default(), value);
    }
}

#[tokio::test]
async fn every_resource_that_can_be_patched_has_custom_fields() {
    let stand = Stand::start().await;
    let client = &stand.client;
    set_and_restore(client.contacts(), client.contacts().list()).await;
    set_and_restore(client.customers(), client.customers().list()).await;
    set_and_restore(client.inventory_items(), client.inventory_items().list()).await;
    set_and_restore(client.service_products(), client.service_products().list()).await;
    set_and_restore(client.services(), client.services().list()).await;
    set_and_restore(client.tasks(), client.tasks().list()).await;
    set_and_restore(client.tickets(), client.tickets().list()).await;
}

/// The definitions that a list of records shows, as the JSON on the wire says.
async fn on_the_wire(stand: &Stand, path: &str, records: usize) -> Vec<i64> {
    let page = stand
        .direct
        .get(&format!("{path}?page_size={records}"))
        .await;
    let all = page["records"].as_array().expect("records").iter();
    let fields = all.flat_map(|record| record["fields"].as_array().into_iter().flatten());
    let mut ids: Vec<i64> = fields
        .filter_map(|field| field["field_id"].as_i64())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn check(seen: &FieldDefinitions, wire: &[i64], records: usize) {
    let ids: Vec<i64> = seen
        .definitions
        .iter()
        .map(|field| field.id.get().into())
        .collect();
    assert_eq!(ids, wire);
    assert!(!ids.is_empty());
    assert_eq!(seen.records, records);
    for field in &seen.definitions {
        assert!(field.label.is_some(), "{field:?}");
        assert!((1..=records).contains(&field.records), "{field:?}");
    }
}

/// The four drop-downs of custom fields that the connector has.
#[tokio::test]
async fn definitions_are_sampled_from_records() {
    let stand = Stand::start().await;
    let client = &stand.client;
    let customers = client.customers().list().sample_fields(5).await.unwrap();
    check(&customers, &on_the_wire(&stand, "/Customers", 5).await, 5);
    assert!(!customers.complete);
    let types = client
        .inventory_types()
        .list()
        .sample_fields(5)
        .await
        .unwrap();
    check(&types, &on_the_wire(&stand, "/InventoryTypes", 5).await, 5);
    let tasks = client.tasks().list().sample_fields(5).await.unwrap();
    check(&tasks, &on_the_wire(&stand, "/Tasks", 5).await, 5);
    let tickets = client.tickets().list().sample_fields(5).await.unwrap();
    check(&tickets, &on_the_wire(&stand, "/Tickets", 5).await, 5);

    let all = client
        .customers()
        .list()
        .sample_fields(10_000)
        .await
        .unwrap();
    let wire: Value = stand.direct.get("/Customers?page_size=500").await;
    assert!(all.complete);
    assert_eq!(
        wire["record_count"].as_u64(),
        u64::try_from(all.records).ok()
    );
    let none = client.customers().list().sample_fields(0).await.unwrap();
    assert!(none.definitions.is_empty() && !none.complete);
}
