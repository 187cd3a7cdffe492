//! Refused requests, and the shape of their responses.

use revio_sandbox::{ErrorStyle, Sandbox};
use serde_json::json;

use crate::support::{Client, JSON, PATCH, fetch};

#[tokio::test]
async fn body_errors_name_the_field() {
    let client = Client::start().await;
    for (path, body, message) in [
        (
            "/Customers",
            json!({"finance": {"bill_profile_id": "x"}}),
            "/finance/bill_profile_id must be an integer",
        ),
        (
            "/Customers",
            json!({"fields": [{}, {"value": 7}]}),
            "/fields/1/value must be a string",
        ),
        (
            "/Customers",
            json!({"customer_id": 2_147_483_648_i64}),
            "/customer_id must be at most 2147483647",
        ),
        (
            "/Payments",
            json!({"amount": "12.50"}),
            "/amount must be a number",
        ),
        (
            "/Payments",
            json!({"created_date": "soon"}),
            "/created_date must be a date",
        ),
        (
            "/ServiceProduct",
            json!({"product_id": 1}),
            "/generate_proration is required",
        ),
        ("/Contacts", json!([]), "the body must be an object"),
        ("/Bills", json!("text"), "the body must be an object"),
        (
            "/Tasks/1/action",
            json!({"action": "UNDO"}),
            "/action must be one of COMPLETE, INCOMPLETE",
        ),
    ] {
        let method = if path.ends_with("action") {
            "PUT"
        } else {
            "POST"
        };
        let refused = client.send(method, path, JSON, &body).await.expect(400);
        let found = refused.message();
        assert!(found.contains(message), "{path} {body}: {found}");
    }
    let nothing = client
        .request("POST", "/Contacts")
        .header("content-type", JSON);
    assert_eq!(
        fetch(nothing).await.expect(400).message(),
        "the body is missing"
    );
    let broken = client
        .request("POST", "/Contacts")
        .header("content-type", JSON)
        .body("{\"name\":");
    assert!(
        fetch(broken)
            .await
            .expect(400)
            .message()
            .contains("no JSON")
    );
}

#[tokio::test]
async fn error_messages_contain_no_values() {
    let client = Client::start().await;
    let body = json!({"name": 987_654_321, "email": ["canary"]});
    let text = client.post("/Contacts", &body).await.expect(400).text();
    assert!(
        !text.contains("canary") && !text.contains("987654321"),
        "{text}"
    );
}

#[tokio::test]
async fn media_types() {
    let client = Client::start().await;
    let body = json!({"name": "Ana"});
    client
        .send("POST", "/Contacts", "text/json", &body)
        .await
        .expect(201);
    client
        .send(
            "POST",
            "/Contacts",
            "Application/JSON; charset=utf-8",
            &body,
        )
        .await
        .expect(201);
    for wrong in [PATCH, "application/x-www-form-urlencoded", "text/plain"] {
        let refused = client
            .send("POST", "/Contacts", wrong, &body)
            .await
            .expect(415);
        assert_eq!(
            refused.message(),
            "the Content-Type must be application/json"
        );
    }
    let patch = json!([{"op": "replace", "path": "/name", "value": "Bo"}]);
    let refused = client
        .send("PATCH", "/Contacts/1", JSON, &patch)
        .await
        .expect(415);
    assert_eq!(
        refused.message(),
        "the Content-Type must be application/json-patch+json"
    );
    // Assigning is a PATCH with an ordinary object.
    client
        .send("PATCH", "/InventoryItem/assignCustomer", PATCH, &json!({}))
        .await
        .expect(415);

    let text = client
        .request("GET", "/Contacts/1")
        .header("accept", "text/json");
    assert_eq!(fetch(text).await.media_type, "text/json; charset=utf-8");
    assert_eq!(
        client.get("/Contacts/1").await.media_type,
        "application/json; charset=utf-8"
    );
}

#[tokio::test]
async fn paths_and_methods() {
    let client = Client::start().await;
    for path in [
        "/Customers/999999",
        "/Customers/0",
        "/Customers/-1",
        "/Customers/abc",
        "/Nothing",
        "/",
    ] {
        let missing = client.get(path).await.expect(404);
        client.check("customers_get", &missing);
    }
    client.get("/customers/1015/").await.expect(200);
    client.get("/CUSTOMERS/1015").await.expect(200);
    client.delete("/Bills/1").await.expect(405);
    // The vendor's example of a method that isn't allowed.
    let refused = client
        .post("/Reports/1/result", &json!({}))
        .await
        .expect(405);
    assert_eq!(refused.message(), "this path takes GET");
    let outside = client.sandbox.base_url().replace("/v1", "/v2/Customers");
    assert_eq!(reqwest::get(outside).await.expect("a reply").status(), 401);
    let large = client
        .request("POST", "/Contacts")
        .header("content-type", JSON);
    fetch(large.body(" ".repeat(5 << 20))).await.expect(413);
}

#[tokio::test]
async fn every_error_style_matches_the_error_schema() {
    for (style, start) in [
        (ErrorStyle::Array, "[{\"ok\":false"),
        (ErrorStyle::Object, "{\"ok\":false"),
        (ErrorStyle::Gateway, "{\"statusCode\":404"),
    ] {
        let client = Client::with(Sandbox::builder().error_style(style)).await;
        let missing = client.get("/Customers/1").await.expect(404);
        assert!(missing.text().starts_with(start), "{}", missing.text());
        client.check("customers_get", &missing);
    }
    let client = Client::with(Sandbox::builder().error_style(ErrorStyle::Text)).await;
    let missing = client.get("/Customers/1").await.expect(404);
    assert_eq!(missing.media_type, "text/plain; charset=utf-8");
    assert_eq!(missing.text(), "there is no Customer 1");
}
