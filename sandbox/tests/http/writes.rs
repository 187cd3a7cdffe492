//! JSON Patch, replacing, deleting.

use serde_json::{Value, json};

use crate::support::{Client, JSON};

#[tokio::test]
async fn patch_changes_only_the_named_fields() {
    let client = Client::start().await;
    let fields = json!([{"field_id": 1, "label": "a", "value": "x"}, {"field_id": 2, "label": "b", "value": "y"}]);
    let id = client
        .create(
            "/Customers",
            &json!({"email": "a@example.com", "fields": fields}),
        )
        .await;
    let path = format!("/Customers/{id}");
    let before = client.get(&path).await.json();
    let operations = json!([
        {"op": "replace", "path": "/fields/1/value", "value": "changed"},
        {"op": "replace", "path": "/finance/bill_profile_id", "value": 3},
        {"op": "replace", "path": "/suspended", "value": true},
    ]);
    let done = client.patch(&path, &operations).await.expect(200);
    assert_eq!(done.json(), json!({"ok": true}));
    let mut expected = before;
    expected["fields"][1]["value"] = json!("changed");
    expected["finance"]["bill_profile_id"] = json!(3);
    expected["suspended"] = json!(true);
    let after = client.get(&path).await.json();
    expected["updated_date"] = after["updated_date"].clone();
    assert_eq!(after, expected);
    assert_eq!(
        after["updated_date"], "2026-07-01T08:00:02",
        "the second write"
    );
}

#[tokio::test]
async fn patch_is_all_or_nothing() {
    let client = Client::start().await;
    let before = client.get("/Contacts/1").await.json();
    for (second, message) in [
        (
            json!({"op": "replace", "path": "name", "value": "x"}),
            "/1/path must be a JSON pointer that starts with a slash",
        ),
        (
            json!({"op": "replace", "path": "/nothing", "value": "x"}),
            "/1 /nothing: path is invalid",
        ),
        (
            json!({"op": "add", "path": "/nothing", "value": "x"}),
            "/nothing is no field",
        ),
        (
            json!({"op": "replace", "path": "/contact_id", "value": 9}),
            "/contact_id can't be changed",
        ),
        (
            json!({"op": "test", "path": "/contact_id", "value": 9}),
            "value did not match",
        ),
        (
            json!({"op": "replace", "path": "/customer_id", "value": "x"}),
            "/customer_id must be",
        ),
        (
            json!({"op": "replace", "path": "/fields/99/value", "value": "x"}),
            "path is invalid",
        ),
    ] {
        let operations = json!([{"op": "replace", "path": "/name", "value": "changed"}, second]);
        let found = client
            .patch("/Contacts/1", &operations)
            .await
            .expect(400)
            .message();
        assert!(found.contains(message), "{second}: {found}");
        assert_eq!(client.get("/Contacts/1").await.json(), before, "{second}");
    }
    let unknown = json!([{"op": "increment", "path": "/name"}]);
    let message = client
        .patch("/Contacts/1", &unknown)
        .await
        .expect(400)
        .message();
    assert!(message.contains("/0/op must be one of"), "{message}");
    client.patch("/Contacts/999", &json!([])).await.expect(404);
}

#[tokio::test]
async fn write_only_fields_are_accepted_and_not_returned() {
    let client = Client::start().await;
    let operations = json!([
        {"op": "replace", "path": "/quantity", "value": 3},
        {"op": "replace", "path": "/effective_date", "value": "2026-08-01"},
    ]);
    client
        .patch("/ServiceProduct/1", &operations)
        .await
        .expect(200);
    let product = client.get("/ServiceProduct/1").await.json();
    assert_eq!(product["quantity"], 3);
    assert_eq!(product.get("effective_date"), None);
}

#[tokio::test]
async fn removing_a_field_makes_it_null() {
    let client = Client::start().await;
    client
        .patch("/Contacts/1", &json!([{"op": "remove", "path": "/name"}]))
        .await
        .expect(200);
    assert_eq!(client.get("/Contacts/1").await.json()["name"], Value::Null);
}

#[tokio::test]
async fn replacing_empties_missing_fields() {
    let client = Client::start().await;
    let body =
        json!({"name": "Handset", "identifier": "IMEI", "colour": "red", "inventory_type_id": 99});
    client
        .send("PUT", "/InventoryTypes/3", JSON, &body)
        .await
        .expect(200);
    assert_eq!(client.sandbox.requests()[0].ignored, ["colour"]);
    let kind = client.get("/InventoryTypes/3").await.json();
    assert_eq!(kind["inventory_type_id"], 3);
    assert_eq!(kind["name"], "Handset");
    assert_eq!(kind["description"], Value::Null);
    assert_eq!(kind.get("colour"), None);
    client
        .send("PUT", "/InventoryTypes/999", JSON, &body)
        .await
        .expect(404);
}

#[tokio::test]
async fn an_order_can_be_read_edited_and_written_back() {
    let client = Client::start().await;
    let mut order = client.get("/Orders?order_id=7").await.records()[0].clone();
    order["pon"] = json!("PON-7");
    client
        .send("PUT", "/Orders/7", "text/json", &order)
        .await
        .expect(200);
    let mut after = client.get("/Orders?order_id=7").await.records()[0].clone();
    for name in ["updated_date", "modified_date"] {
        // The server updates this date, if the record has it.
        if let (Some(after), Some(before)) = (after.get_mut(name), order.get(name)) {
            *after = before.clone();
        }
    }
    assert_eq!(after, order);
}

#[tokio::test]
async fn a_changed_status_is_dated() {
    let client = Client::start().await;
    let id = client
        .create(
            "/ServiceProduct",
            &json!({
        "generate_proration": false, "product_id": 1, "service_id": 1}),
        )
        .await;
    let path = format!("/ServiceProduct/{id}");
    assert_eq!(client.get(&path).await.json()["status"], "PENDING");
    client
        .patch(
            &path,
            &json!([{"op": "replace", "path": "/status", "value": "ACTIVE"}]),
        )
        .await
        .expect(200);
    assert_eq!(
        client.get(&path).await.json()["status_date"],
        "2026-07-01T08:00:02"
    );
    let operations = json!([{"op": "replace", "path": "/status", "value": "DENIED"},
                       {"op": "replace", "path": "/status_date", "value": "2026-01-01"}]);
    client.patch(&path, &operations).await.expect(200);
    assert_eq!(client.get(&path).await.json()["status_date"], "2026-01-01");
}

#[tokio::test]
async fn replacing_a_service_product_keeps_the_documented_rules() {
    let client = Client::start().await;
    let create = json!({"generate_proration": false, "product_id": 1, "service_id": 1, "rate": 10.50, "quantity": 1});
    let id = client.create("/ServiceProduct", &create).await;
    let path = format!("/ServiceProduct/{id}");
    let mut product = client.get(&path).await.json();
    product["status"] = json!("DISCONNECTED");
    product["generate_proration"] = json!(false);
    let refused = client.send("PUT", &path, JSON, &product).await.expect(400);
    assert!(
        refused
            .message()
            .contains("/status can't be set to DISCONNECTED")
    );
    product["status"] = json!("ACTIVE");
    product["rate"] = json!(11);
    let refused = client.send("PUT", &path, JSON, &product).await.expect(400);
    assert!(
        refused
            .message()
            .contains("/rate can't change together with the status")
    );
    product["rate"] = serde_json::from_str("10.5").expect("the same rate");
    client.send("PUT", &path, JSON, &product).await.expect(200);
    product["rate"] = json!(11);
    client.send("PUT", &path, JSON, &product).await.expect(200);
}
