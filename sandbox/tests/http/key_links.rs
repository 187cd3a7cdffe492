//! Key links, as the vendor's page describes them: find system and entity type, link a record.

use serde_json::{Value, json};

use crate::support::{Client, JSON};

fn link(changes: &Value) -> Value {
    let mut link = json!({
        "integration_system_id": 4,
        "integration_entity_type_id": 2,
        "internal_id": 1015,
        "external_id": "0012D00000dAsFzQAK",
    });
    for (name, value) in changes.as_object().expect("an object") {
        link[name] = value.clone();
    }
    link
}

#[tokio::test]
async fn a_salesforce_account_is_linked_to_a_customer() {
    let client = Client::start().await;
    let system = client
        .get("/IntegrationSystem?system_name=SALESFORCE")
        .await
        .records();
    assert_eq!(
        system,
        [json!({"integration_system_id": 4, "system_name": "SALESFORCE"})]
    );
    let entity = client
        .get("/IntegrationEntityType?entity_type_name=CUSTOMER")
        .await
        .records();
    assert_eq!(
        entity,
        [json!({"integration_entity_type_id": 2, "entity_type_name": "CUSTOMER"})]
    );

    let id = client
        .create("/IntegrationKeyLink", &link(&json!({})))
        .await;
    let find = async || {
        client
            .get("/IntegrationKeyLink?external_id=0012D00000dAsFzQAK")
            .await
            .records()
    };
    assert_eq!(
        find().await,
        [link(&json!({}))],
        "a listed link has no id of its own"
    );

    let path = format!("/IntegrationKeyLink/{id}");
    client
        .send("PUT", &path, JSON, &link(&json!({"internal_id": 1016})))
        .await
        .expect(200);
    assert_eq!(find().await[0]["internal_id"], 1016);
    client.delete(&path).await.expect(200);
    assert!(find().await.is_empty());
    client.delete(&path).await.expect(404);
}

#[tokio::test]
async fn linked_records_must_exist() {
    let client = Client::start().await;
    for (changes, message) in [
        (
            json!({"internal_id": 7}),
            "/internal_id is the id of no CUSTOMER",
        ),
        (
            json!({"integration_entity_type_id": 99}),
            "/integration_entity_type_id names no entity type",
        ),
        (
            json!({"integration_system_id": 99}),
            "/integration_system_id names no integration system",
        ),
        (json!({"external_id": ""}), "/external_id is required"),
    ] {
        let refused = client
            .post("/IntegrationKeyLink", &link(&changes))
            .await
            .expect(400);
        let found = refused.message();
        assert!(found.starts_with(message), "{changes}: {found}");
    }
    for name in [
        "internal_id",
        "external_id",
        "integration_system_id",
        "integration_entity_type_id",
    ] {
        let mut link = link(&json!({}));
        link.as_object_mut().expect("an object").remove(name);
        let found = client
            .post("/IntegrationKeyLink", &link)
            .await
            .expect(400)
            .message();
        assert_eq!(found, format!("/{name} is required"));
    }
    assert!(client.all("/IntegrationKeyLink").await.is_empty());
}

/// Every entity type has a resource, so its records can be linked.
#[tokio::test]
async fn every_entity_type_can_be_linked() {
    let client = Client::start().await;
    let types = client.all("/IntegrationEntityType").await;
    assert_eq!(types.len(), 12);
    for entity in types {
        let is_customer = entity["entity_type_name"] == "CUSTOMER";
        let internal = if is_customer { 1001 } else { 1 };
        let changes = json!({"integration_entity_type_id": entity["integration_entity_type_id"], "internal_id": internal});
        client.create("/IntegrationKeyLink", &link(&changes)).await;
    }
}

#[tokio::test]
async fn a_second_link_is_accepted() {
    let client = Client::start().await;
    let one = client
        .create("/IntegrationKeyLink", &link(&json!({})))
        .await;
    let other = client
        .create("/IntegrationKeyLink", &link(&json!({})))
        .await;
    assert_ne!(one, other);
    assert_eq!(client.all("/IntegrationKeyLink").await.len(), 2);
}
