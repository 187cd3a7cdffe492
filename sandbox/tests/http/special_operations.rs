//! Special operations.

use serde_json::{Value, json};

use crate::support::{Client, JSON};

#[tokio::test]
async fn an_item_is_assigned_to_a_service_and_unassigned() {
    let client = Client::start().await;
    let new = json!({"inventory_type_id": 1, "identifier": "5125550199"});
    let id = client.create("/InventoryItem", &new).await;
    let path = format!("/InventoryItem/{id}");
    assert_eq!(client.get(&path).await.json()["status"], "AVAILABLE");
    let assign = json!({"service_id": 15, "identifiers": ["5125550199"]});
    client
        .send("PATCH", "/InventoryItem/assignService", JSON, &assign)
        .await
        .expect(200);
    let item = client.get(&path).await.json();
    assert_eq!(
        (&item["status"], &item["customer_id"]),
        (&json!("ASSIGNED"), &json!(1015))
    );
    let on_service = client
        .get("/ServiceInventory?search.service_id=15")
        .await
        .records();
    let found = on_service
        .iter()
        .find(|line| line["identifier"] == "5125550199")
        .expect("a line");
    assert_eq!(found["customer_id"], 1015);
    let again = client
        .send("PATCH", "/InventoryItem/assignService", JSON, &assign)
        .await
        .expect(400);
    assert!(again.message().contains("is ASSIGNED, not AVAILABLE"));

    let back = json!({"identifiers": ["5125550199"]});
    client
        .send("PATCH", "/InventoryItem/unassignService", JSON, &back)
        .await
        .expect(200);
    let item = client.get(&path).await.json();
    assert_eq!(
        (&item["status"], &item["customer_id"]),
        (&json!("AVAILABLE"), &Value::Null)
    );
    let on_service = client
        .get("/ServiceInventory?search.service_id=15")
        .await
        .records();
    assert!(
        on_service
            .iter()
            .all(|line| line["identifier"] != "5125550199")
    );
    client
        .send("PATCH", "/InventoryItem/unassignService", JSON, &back)
        .await
        .expect(400);

    let product = json!({"service_product_id": 16, "identifiers": ["5125550199"]});
    client
        .send("PATCH", "/InventoryItem/assignProduct", JSON, &product)
        .await
        .expect(200);
    assert_eq!(client.get(&path).await.json()["customer_id"], 1016);
    client
        .send(
            "PATCH",
            "/InventoryItem/unassignCustomer",
            JSON,
            &json!({"id": id}),
        )
        .await
        .expect(200);
    let customer = json!({"customer_id": 1003, "identifiers": ["5125550199"]});
    client
        .send("PATCH", "/InventoryItem/assignCustomer", JSON, &customer)
        .await
        .expect(200);
    assert_eq!(client.get(&path).await.json()["customer_id"], 1003);
}

#[tokio::test]
async fn all_items_of_a_call_are_assigned_or_none() {
    let client = Client::start().await;
    client
        .create("/InventoryItem", &json!({"identifier": "A-1"}))
        .await;
    for identifiers in [json!(["A-1", "missing"]), json!([]), Value::Null] {
        let mut body = json!({"customer_id": 1001});
        if !identifiers.is_null() {
            body["identifiers"] = identifiers;
        }
        let refused = client
            .send("PATCH", "/InventoryItem/assignCustomer", JSON, &body)
            .await;
        assert!(refused.expect(400).message().contains("/identifiers"));
    }
    let unknown = json!({"customer_id": 7, "identifiers": ["A-1"]});
    let refused = client
        .send("PATCH", "/InventoryItem/assignCustomer", JSON, &unknown)
        .await;
    assert_eq!(
        refused.expect(400).message(),
        "/customer_id names no Customer"
    );
    let item = client.get("/InventoryItem?identifier=A-1").await.records()[0].clone();
    assert_eq!(item["status"], "AVAILABLE");
}

#[tokio::test]
async fn a_task_is_completed_and_reopened() {
    let client = Client::start().await;
    let id = client.create("/Tasks", &json!({"subject": "Call"})).await;
    let complete = async || client.get(&format!("/Tasks/{id}")).await.json()["complete"].clone();
    assert_eq!(complete().await, json!(false));
    for (action, expected) in [
        ("COMPLETE", true),
        ("COMPLETE", true),
        ("INCOMPLETE", false),
    ] {
        let path = format!("/Tasks/{id}/action");
        client
            .send("PUT", &path, "text/json", &json!({"action": action}))
            .await
            .expect(200);
        assert_eq!(complete().await, json!(expected));
    }
}

#[tokio::test]
async fn a_payment_is_reversed_once() {
    let client = Client::start().await;
    let id = client
        .create("/Payments", &json!({"customer_id": 1015, "amount": 10}))
        .await;
    let path = format!("/Payments/{id}/reverse");
    client.post(&path, &json!({})).await.expect(200);
    assert_eq!(
        client.get(&format!("/Payments/{id}")).await.json()["refund_flag"],
        true
    );
    assert!(
        client
            .post(&path, &json!({}))
            .await
            .expect(400)
            .message()
            .contains("reversed already")
    );
    client
        .post("/Payments/999999/reverse", &json!({}))
        .await
        .expect(404);
}

#[tokio::test]
async fn known_members_of_a_free_body_are_stored() {
    let client = Client::start().await;
    let mut card = json!({"customer_id": 1015, "card_number": "4111"});
    card["amount"] = serde_json::from_str("12.50").expect("a number");
    let id = client.create("/Payments/card", &card).await;
    let request = &client.sandbox.requests()[0];
    assert_eq!(request.ignored, ["card_number"]);
    let payment = client.get(&format!("/Payments/{id}")).await.json();
    assert_eq!(payment["amount"].to_string(), "12.50");
    let refused = client
        .post("/Payments/card", &json!({"customer_id": "x"}))
        .await
        .expect(400);
    assert!(
        refused.message().starts_with("/customer_id must be"),
        "{}",
        refused.message()
    );
}

#[tokio::test]
async fn downloads_match_their_media_type() {
    let client = Client::start().await;
    let pdf = client
        .get("/Requests/3/pdf?request_template_id=1")
        .await
        .expect(200);
    assert!(pdf.bytes.starts_with(b"%PDF-1.4\n") && pdf.text().contains("Request 3"));
    let csv = client.get("/Reports/1/result").await.expect(200).text();
    assert!(csv.starts_with("customer_id,balance\r\n1001,"), "{csv}");
    let run = client
        .post("/Reports/1/run", &json!({"prompts": [1]}))
        .await
        .expect(200);
    assert_eq!(run.json()["input"], json!({"prompts": [1]}));
    for path in ["/Requests/999/pdf", "/Reports/999/result"] {
        client.get(path).await.expect(404);
    }
}

#[tokio::test]
async fn webhooks_are_registered_activated_subscribed_and_removed() {
    let client = Client::start().await;
    assert!(client.all("/WebhookReceivers").await.is_empty());
    let hook = json!({"url": "https://hooks.example.com/1", "description": "mine"});
    let id = client.create("/WebhookReceivers", &hook).await;
    assert_eq!(client.all("/WebhookReceivers").await[0]["url"], hook["url"]);
    client
        .post(&format!("/WebhookReceivers/{id}/activate"), &Value::Null)
        .await
        .expect(200);
    let subscription = json!({"webhook_receiver_id": id, "event_type": "INVENTORY_UNASSIGNED"});
    let subscribed = client.create("/WebhookSubscriptions", &subscription).await;
    let path = format!("/WebhookSubscriptions/{subscribed}");
    assert_eq!(
        client.get(&path).await.expect(200).json()["webhook_receiver_id"],
        id
    );
    client.delete(&path).await.expect(200);
    client
        .delete(&format!("/WebhookReceivers/{id}"))
        .await
        .expect(200);
    client
        .post(&format!("/WebhookReceivers/{id}/activate"), &Value::Null)
        .await
        .expect(404);
}

#[tokio::test]
async fn metadata_checks_its_customer() {
    let client = Client::start().await;
    for path in [
        "/Customers/Metadata",
        "/Customers/Metadata?customer_id=1015",
    ] {
        assert_eq!(
            client.get(path).await.expect(200).json(),
            json!({"ok": true})
        );
    }
    client
        .get("/Customers/Metadata?customer_id=1")
        .await
        .expect(404);
    client
        .get("/Customers/Metadata?customer_id=x")
        .await
        .expect(400);
}
