//! Changes: each does what it says and nothing beside.

use revio_api::prelude::*;
use revio_api::resources::contacts::{self, ContactCreate};
use revio_api::resources::customers::{self, CustomerCreate, CustomerFinance};
use revio_api::resources::inventory_types::InventoryTypeReplace;
use revio_api::resources::notes::NoteCreate;
use revio_api::types::Nullable;
use revio_sandbox::RecordedRequest;
use revio_tests::fixtures::differences;
use revio_tests::stand::Stand;
use serde_json::{Value, json};

/// Where two states of a record differ, dates that the server sets left out.
fn changed(before: &Value, after: &Value) -> Vec<String> {
    let places = differences(before, after).into_iter();
    let places = places.map(|line| line.split(": ").next().unwrap_or_default().to_owned());
    places.filter(|place| place != "/updated_date").collect()
}

/// The body of the last request, as it arrived.
fn last_body(stand: &Stand) -> Value {
    let requests = stand.sandbox.requests();
    requests
        .last()
        .and_then(RecordedRequest::json)
        .expect("a body")
}

#[tokio::test]
async fn a_new_record_has_an_id_and_an_address_and_can_be_read() {
    let stand = Stand::start().await;
    let body = ContactCreate::new()
        .customer_id(CustomerId(1015))
        .name("Zo\u{eb} \"Z\" Quote");
    let reply = stand
        .client
        .contacts()
        .create(body)
        .send()
        .await
        .expect("created");
    assert_eq!(reply.status(), 201);
    let id = reply.value.id;
    let location = reply.location().expect("an address");
    assert!(location.ends_with(&format!("/Contacts/{id}")), "{location}");
    let contact = stand.client.contacts().get(id).await.expect("read");
    assert_eq!(contact.contact_id, id);
    assert_eq!(contact.name.as_deref(), Some("Zo\u{eb} \"Z\" Quote"));
    assert_eq!(contact.customer_id, Some(CustomerId(1015)));
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let stand = Stand::start().await;
    stand
        .client
        .notes()
        .create(NoteCreate::new().subject("a note"))
        .await
        .expect("created");
    assert_eq!(last_body(&stand), json!({"subject": "a note"}));
    let finance = CustomerFinance::new().balance("0.10".parse().expect("an amount"));
    let body = CustomerCreate::new()
        .email("billing@example.com")
        .finance(finance);
    stand
        .client
        .customers()
        .create(body)
        .await
        .expect("created");
    let expected = r#"{"email":"billing@example.com","finance":{"balance":0.10}}"#;
    assert_eq!(last_body(&stand).to_string(), expected);
}

#[tokio::test]
async fn a_patch_changes_one_field() {
    let stand = Stand::start().await;
    let direct = &stand.direct;
    let before = direct.get("/Customers/1015").await;
    let patch = Patch::new().replace(customers::fields::EMAIL, "new@example.com");
    stand
        .client
        .customers()
        .patch(CustomerId(1015), patch)
        .await
        .expect("patched");
    let after = direct.get("/Customers/1015").await;
    assert_eq!(changed(&before, &after), ["/email"]);
    assert_eq!(after["email"], "new@example.com");

    let amount: Money = "1234567890123.4567".parse().expect("an amount");
    let patch = Patch::new().replace(customers::fields::finance::BALANCE_LIMIT, amount);
    stand
        .client
        .customers()
        .patch(CustomerId(1015), patch)
        .await
        .expect("patched");
    let last = direct.get("/Customers/1015").await;
    assert_eq!(changed(&after, &last), ["/finance/balance_limit"]);
    assert_eq!(
        last["finance"]["balance_limit"].to_string(),
        "1234567890123.4567"
    );
}

#[tokio::test]
async fn clearing_sends_null() {
    let stand = Stand::start().await;
    let body = ContactCreate::new().name("Ann").phone("555 0100");
    let id = stand
        .client
        .contacts()
        .create(body)
        .await
        .expect("created")
        .id;
    let patch = Patch::new().clear(contacts::fields::PHONE);
    stand
        .client
        .contacts()
        .patch(id, patch)
        .await
        .expect("patched");
    assert_eq!(
        last_body(&stand),
        json!([{"op": "replace", "path": "/phone", "value": null}])
    );
    let contact = stand.client.contacts().get(id).await.expect("read");
    assert_eq!(
        (contact.name.as_deref(), contact.phone),
        (Some("Ann"), None)
    );
}

#[tokio::test]
async fn a_custom_field_is_patched_by_its_position() {
    let stand = Stand::start().await;
    let direct = &stand.direct;
    let customers = direct.get("/Customers?page_size=500").await;
    let with_fields = customers["records"].as_array().expect("records").iter();
    let mut with_fields = with_fields.filter(|record| {
        record["fields"]
            .as_array()
            .is_some_and(|fields| fields.len() > 1)
    });
    let id = with_fields.next().expect("a customer with custom fields")["customer_id"].to_string();
    let customer: CustomerId = id.parse().expect("an id");
    let before = direct.get(&format!("/Customers/{id}")).await;
    let patch = Patch::new().replace_custom_field(1, "gold");
    stand
        .client
        .customers()
        .patch(customer, patch)
        .await
        .expect("patched");
    let after = direct.get(&format!("/Customers/{id}")).await;
    assert_eq!(changed(&before, &after), ["/fields/1/value"]);
    let record = stand.client.customers().get(customer).await.expect("read");
    let field = &record.fields.expect("custom fields")[1];
    assert_eq!(field.value.as_deref(), Some("gold"));
    assert_eq!(json!(field.field_id), after["fields"][1]["field_id"]);
}

#[tokio::test]
async fn replacing_tells_a_null_from_what_is_left_out() {
    let stand = Stand::start().await;
    let direct = &stand.direct;
    let before = direct.get("/InventoryTypes/1").await;
    let body = InventoryTypeReplace::new("IMEI", "Phones")
        .description(Nullable::Null)
        .ratable(true);
    stand
        .client
        .inventory_types()
        .replace(InventoryTypeId(1), body)
        .await
        .expect("replaced");
    assert_eq!(
        last_body(&stand),
        json!({"identifier": "IMEI", "name": "Phones", "description": null, "ratable": true})
    );
    let after = direct.get("/InventoryTypes/1").await;
    assert_ne!(before, after);
    assert_eq!(after["description"], Value::Null);
    let record = stand
        .client
        .inventory_types()
        .get(InventoryTypeId(1))
        .await
        .expect("read");
    assert_eq!(
        (record.name.as_deref(), record.ratable),
        (Some("Phones"), Some(true))
    );
    assert_eq!(record.inventory_type_id, InventoryTypeId(1));
}

#[tokio::test]
async fn what_is_deleted_is_gone() {
    let stand = Stand::start().await;
    let id = stand
        .client
        .contacts()
        .create(ContactCreate::new().name("Ann"))
        .await
        .expect("created")
        .id;
    let reply = stand
        .client
        .contacts()
        .delete(id)
        .send()
        .await
        .expect("deleted");
    assert_eq!(reply.status(), 200);
    let error = stand.client.contacts().get(id).await.expect_err("gone");
    assert!(error.is_not_found());
    let error = stand
        .client
        .contacts()
        .delete(id)
        .await
        .expect_err("gone already");
    assert!(error.is_not_found());
}

#[tokio::test]
async fn files_come_as_bytes() {
    let stand = Stand::start().await;
    let pdf = stand
        .client
        .requests()
        .pdf(RequestId(1))
        .await
        .expect("a PDF");
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    assert_eq!(
        pdf.content_type.as_deref(),
        Some("application/octet-stream")
    );
    let report = stand
        .client
        .reports()
        .result(ReportId(1))
        .await
        .expect("a report");
    assert!(report.bytes.starts_with(b"customer_id,balance"));
}
