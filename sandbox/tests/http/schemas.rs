//! Schemas other than the bundled one.

use revio_sandbox::{Sandbox, StartError};
use serde_json::{Value, json};

use crate::support::Client;

fn widgets() -> Value {
    let reply = |schema: &str, status: &str| {
        json!({status: {"description": "x", "content": {"application/json":
        {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}}})
    };
    json!({
        "openapi": "3.0.3",
        "servers": [{"url": "https://example.com/api/v9"}],
        "paths": {
            "/Widgets": {
                "get": {"operationId": "widgets_list", "tags": ["widgets"], "x-revio-record": "Widget",
                        "responses": reply("Page", "200")},
                "post": {"operationId": "widgets_create", "tags": ["widgets"], "x-revio-record": "Widget",
                         "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Widget"}}}},
                         "responses": reply("Made", "201")}},
            "/Widgets/{id}/polish": {
                "post": {"operationId": "widgets_polish", "tags": ["widgets"], "responses": reply("Shine", "202"),
                         "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}]}}},
        "components": {"schemas": {
            "Widget": {"type": "object", "properties": {
                "widget_id": {"type": "integer", "x-revio-own-id": true, "x-revio-id": "WidgetId"},
                "colour": {"type": "string", "nullable": true}}},
            "Page": {"type": "object", "properties": {"records": {"type": "array", "items": {"$ref": "#/components/schemas/Widget"}}}},
            "Made": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
            "Shine": {"type": "object", "required": ["gloss"], "properties": {"gloss": {"type": "integer", "minimum": 3, "maximum": 4}}}}},
    })
}

#[tokio::test]
async fn a_new_resource_is_served_without_code() {
    let client = Client::with(Sandbox::builder().schema(widgets().to_string())).await;
    assert!(client.sandbox.base_url().ends_with("/api/v9"));
    assert_eq!(client.all("/Widgets").await.len(), 12);
    let id = client.create("/Widgets", &json!({"colour": "red"})).await;
    let found = client
        .get("/Widgets?colour=RE&sort=-widget_id")
        .await
        .records();
    assert_eq!(found[0], json!({"widget_id": id, "colour": "red"}));
    // An operation without behaviour of its own returns data that matches its schema.
    let polished = client
        .post("/Widgets/1/polish", &json!({}))
        .await
        .expect(202);
    client.check("widgets_polish", &polished);
}

#[tokio::test]
async fn invalid_schemas_are_refused_with_a_location() {
    let mut nowhere = widgets();
    nowhere["components"]["schemas"]["Page"]["properties"]["records"]["items"]["$ref"] =
        json!("#/nowhere");
    let mut recordless = widgets();
    recordless["paths"]["/Widgets"]["get"]["x-revio-record"] = json!("Gadget");
    for (schema, part) in [
        (
            nowhere.to_string(),
            "GET /Widgets > records: the reference \"#/nowhere\" can't be resolved",
        ),
        (
            recordless.to_string(),
            "widgets_list: there is no schema Gadget",
        ),
        ("{}".to_owned(), "must be an OpenAPI 3.0 document"),
        ("[".to_owned(), "is no JSON"),
    ] {
        let error = Sandbox::builder()
            .schema(schema)
            .start()
            .await
            .expect_err("refused");
        assert!(matches!(error, StartError::Schema(_)));
        assert!(error.to_string().contains(part), "{error}");
    }
}
