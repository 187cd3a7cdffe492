//! Every operation of the schema responds to a valid request with its success status and a body that
//! matches its schema.

use crate::support::{Client, PATCH, fetch};
use revio_sandbox::Operation;
use serde_json::{Value, json};

#[tokio::test]
async fn every_operation_succeeds() {
    let client = Client::start().await;
    let operations: Vec<&Operation> = client.sandbox.api().operations().iter().collect();
    for (n, operation) in operations.iter().enumerate() {
        client.sandbox.clear_requests();
        let path = path(&client, operation).await;
        let body = body(&client, operation, &path, n as u64).await;
        client.sandbox.clear_requests();
        let mut request = client.request(operation.method(), &path);
        if let Some(body) = &body {
            let media_type = operation.request_media_type().expect("a media type");
            request = request
                .header("content-type", media_type)
                .body(body.to_string());
        }
        let response = fetch(request).await;
        let id = operation.id();
        assert_eq!(
            response.status,
            operation.success_status(),
            "{id} {path} {body:?}: {}",
            response.text()
        );
        if response.media_type.contains("json") {
            client.check(id, &response);
        } else {
            assert_eq!(response.media_type, "application/octet-stream", "{id}");
            assert!(!response.bytes.is_empty(), "{id}");
        }
        let seen = client.sandbox.requests();
        assert_eq!(seen.len(), 1, "{id}");
        assert_eq!(seen[0].operation.as_deref(), Some(id));
        assert_eq!(seen[0].status, Some(response.status));
    }
}

/// The operation's path with the id of a record that exists.
async fn path(client: &Client, operation: &Operation) -> String {
    let template = operation.path();
    if !template.contains('{') {
        return template.to_owned();
    }
    let collection = template.split("/{").next().expect("a collection");
    let create = client.sandbox.api().operations().iter().find(|other| {
        other.tag() == operation.tag() && other.method() == "POST" && other.path() == collection
    });
    let id = match create {
        Some(create) => {
            let body = body(client, create, collection, 1_000)
                .await
                .expect("a body");
            client.create(collection, &body).await
        }
        None => 1,
    };
    template
        .replace("{id}", &id.to_string())
        .replace("{action}", "run")
}

/// A body that the operation accepts.
async fn body(client: &Client, operation: &Operation, path: &str, n: u64) -> Option<Value> {
    let item = async |status: &str| {
        let list = client
            .get(&format!("/InventoryItem?status={status}&page_size=1"))
            .await;
        list.records()[0].clone()
    };
    let id = operation.id();
    let example = client.sandbox.example_body(id, n);
    if operation.request_media_type() == Some(PATCH) {
        let record = client.get(path).await.expect(200).json();
        let (name, value) = record
            .as_object()
            .expect("a record")
            .iter()
            .find(|(name, value)| value.is_string() && !name.ends_with("_date"))
            .expect("a text");
        return Some(json!([{"op": "replace", "path": format!("/{name}"), "value": value}]));
    }
    match id {
        _ if id.starts_with("inventory_items_assign") => {
            let mut body = example.expect("a body");
            body["identifiers"] = json!([item("AVAILABLE").await["identifier"]]);
            Some(body)
        }
        _ if id.starts_with("inventory_items_unassign") => {
            Some(json!({"id": item("ASSIGNED").await["inventory_item_id"]}))
        }
        "integration_key_links_create" | "integration_key_links_replace" => Some(json!({
            "integration_system_id": 4,
            "integration_entity_type_id": 2,
            "internal_id": 1015,
            "external_id": "0012D00000dAsFzQAK",
        })),
        // Rate, quantity and status must not change together, so only a text does.
        "service_products_replace" => {
            let mut record = client.get(path).await.expect(200).json();
            record["description"] = json!("changed");
            record["generate_proration"] = json!(false);
            Some(record)
        }
        _ => example,
    }
}
