//! The life cycle of services and service products.

use serde_json::{Value, json};

use crate::support::{Client, JSON};

#[tokio::test]
async fn a_disconnected_service_product_stays() {
    let client = Client::start().await;
    let body = json!({"service_product_id": 5, "generate_proration": true, "effective_date": "2026-09-01"});
    client
        .send("DELETE", "/serviceProduct", JSON, &body)
        .await
        .expect(200);
    let product = client.get("/ServiceProduct/5").await.expect(200).json();
    assert_eq!(product["status"], "DISCONNECTED");
    assert_eq!(product["canceled_date"], "2026-09-01");
    let gone = client
        .get("/ServiceProduct?status=DISCONNECTED&service_product_id=5")
        .await;
    assert_eq!(gone.json()["record_count"], 1);
    for (body, status) in [
        (
            json!({"service_product_id": 999, "generate_proration": true}),
            404,
        ),
        (json!({"generate_proration": true}), 400),
        (json!({"service_product_id": 5}), 400),
    ] {
        client
            .send("DELETE", "/ServiceProduct", JSON, &body)
            .await
            .expect(status);
    }
}

#[tokio::test]
async fn a_disconnected_service_gets_a_date() {
    let client = Client::start().await;
    client
        .send("DELETE", "/Services", JSON, &json!({"service_id": 4}))
        .await
        .expect(200);
    let service = client.get("/Services/4").await.expect(200).json();
    let date = service["disconnected_date"].as_str().expect("a date");
    assert!(date.starts_with("2026-07-01T08:00:"), "{date}");
}

#[tokio::test]
async fn a_service_disconnects_its_products_and_the_first_date_stays() {
    let client = Client::start().await;
    let service = client
        .create("/Services", &json!({"customer_id": 1004, "provider_id": 1}))
        .await;
    let product = json!({"generate_proration": false, "product_id": 1, "service_id": service, "status": "ACTIVE"});
    let active = client.create("/ServiceProduct", &product).await;
    let mut denied = product.clone();
    denied["status"] = json!("DENIED");
    let denied = client.create("/ServiceProduct", &denied).await;
    for date in ["2026-08-01", "2026-09-01"] {
        let body = json!({"service_id": service, "effective_date": date});
        client
            .send("DELETE", "/Services", JSON, &body)
            .await
            .expect(200);
        let found = client
            .get(&format!("/Services/{service}"))
            .await
            .expect(200)
            .json();
        assert_eq!(found["disconnected_date"], "2026-08-01");
        let found = client
            .get(&format!("/ServiceProduct/{active}"))
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&found["status"], &found["canceled_date"]),
            (&json!("DISCONNECTED"), &json!("2026-08-01"))
        );
        let found = client
            .get(&format!("/ServiceProduct/{denied}"))
            .await
            .expect(200)
            .json();
        assert_eq!(
            (&found["status"], &found["canceled_date"]),
            (&json!("DENIED"), &Value::Null)
        );
    }
}

#[tokio::test]
async fn dates_of_a_service_follow_those_of_its_products() {
    let client = Client::start().await;
    let service = client
        .create("/Services", &json!({"customer_id": 1004, "provider_id": 1}))
        .await;
    let product = json!({"generate_proration": false, "product_id": 1, "service_id": service});
    let product = client.create("/ServiceProduct", &product).await;
    let replace = |path: &str, date: &str| json!([{"op": "replace", "path": path, "value": date}]);
    for (own, of_product) in [
        ("activated_date", "activated_date"),
        ("disconnected_date", "canceled_date"),
    ] {
        let path = format!("/Services/{service}");
        let change = replace(&format!("/{own}"), "2026-08-01");
        let refused = client.patch(&path, &change).await.expect(400).message();
        assert!(
            refused.starts_with(&format!(
                "/{own} can't be changed: service product {product}"
            )),
            "{refused}"
        );
        let first = replace(&format!("/{of_product}"), "2026-08-01T00:00:00");
        client
            .patch(&format!("/ServiceProduct/{product}"), &first)
            .await
            .expect(200);
        client.patch(&path, &change).await.expect(200);
    }
}

#[tokio::test]
async fn a_patch_does_not_disconnect() {
    let client = Client::start().await;
    let body = json!({"generate_proration": false, "product_id": 1, "service_id": 1});
    let path = format!(
        "/ServiceProduct/{}",
        client.create("/ServiceProduct", &body).await
    );
    let status = json!({"op": "replace", "path": "/status", "value": "DISCONNECTED"});
    let refused = client
        .patch(&path, &json!([status]))
        .await
        .expect(400)
        .message();
    assert!(
        refused.contains("can't be set to DISCONNECTED"),
        "{refused}"
    );
    let status = json!({"op": "replace", "path": "/status", "value": "ACTIVE"});
    let rate = json!({"op": "replace", "path": "/rate", "value": 5});
    let refused = client
        .patch(&path, &json!([status, rate]))
        .await
        .expect(400)
        .message();
    assert!(refused.contains("/rate can't change together"), "{refused}");
    client.patch(&path, &json!([status])).await.expect(200);
    client.patch(&path, &json!([rate])).await.expect(200);
}
