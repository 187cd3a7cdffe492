//! The legacy service over HTTP. Requests are literal, without a SOAP client.

use revio_sandbox::{Sandbox, SoapForm, SoapLayout, SoapSettings, SoapVersion};
use serde_json::json;

use crate::support::{Client, Response, fetch, shared};

const NAMESPACE: &str = "http://api.myh2o.com/v20";
const LOGIN: &str = "<Credentials><Username>sandbox_user</Username><Password>sandbox_password</Password><Client>sandbox_client</Client></Credentials>";

/// A call with this content of the request element.
async fn raw(client: &Client, operation: &str, request: &str) -> Response {
    let body = format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
         <{operation} xmlns=\"{NAMESPACE}\"><Request>{request}</Request></{operation}></soap:Body></soap:Envelope>"
    );
    fetch(
        post(client)
            .header("soapaction", format!("\"{NAMESPACE}/{operation}\""))
            .body(body),
    )
    .await
}

fn post(client: &Client) -> reqwest::RequestBuilder {
    let request = reqwest::Client::new().post(client.sandbox.soap_url());
    request.header("content-type", "text/xml; charset=utf-8")
}

/// A call with the correct credentials.
async fn call(client: &Client, operation: &str, fields: &str) -> Response {
    raw(client, operation, &format!("{LOGIN}{fields}")).await
}

/// The text of the first element with a name.
fn element(response: &Response, name: &str) -> Option<String> {
    let text = response.text();
    let from = text.split_once(&format!("<{name}>"))?.1;
    Some(from.split_once(&format!("</{name}>"))?.0.to_owned())
}

async fn create(client: &Client, fields: &str) -> i64 {
    let required = "<CarrierID>1</CarrierID><ProductTypeID>2</ProductTypeID>";
    let created = call(client, "Products_Create", &format!("{required}{fields}")).await;
    assert_eq!(
        element(&created, "Success").as_deref(),
        Some("true"),
        "{}",
        created.text()
    );
    let id = element(&created, "ProductID").expect("an id");
    id.parse().expect("a number")
}

#[test]
fn products_are_the_same_over_soap_and_rest() {
    shared(async |client| {
        let fields = "<Description>Made by SOAP</Description><Rate>12.3450</Rate><Fields><Field><FieldID>5</FieldID><Value>red</Value></Field></Fields><ActiveFlag>true</ActiveFlag>";
        let id = create(client, fields).await;
        let product = client
            .get(&format!("/Products/{id}"))
            .await
            .expect(200)
            .json();
        assert_eq!(product["description"], "Made by SOAP");
        assert_eq!(product["rate"].to_string(), "12.3450");
        assert_eq!(
            product["fields"],
            json!([{"field_id": 5, "label": null, "value": "red"}])
        );
        assert_eq!(product["free_months"], 0, "a number that is left out is 0");
        let listed = client.all("/Products").await;
        assert!(listed.iter().any(|product| product["product_id"] == id));

        let body = json!({"product_type_id": 2, "provider_id": 1, "description": "Made by REST", "rate": 3});
        let id = client.create("/Products", &body).await;
        let found = call(
            client,
            "Products_Query",
            &format!("<ProductID>{id}</ProductID>"),
        )
        .await;
        assert_eq!(
            element(&found, "Name").as_deref(),
            Some("Made by REST"),
            "{}",
            found.text()
        );
        assert_eq!(element(&found, "Rate").as_deref(), Some("3.0000"));
        assert_eq!(found.text().matches("<Product>").count(), 1);
    });
}

#[test]
fn an_update_empties_missing_fields_and_a_change_keeps_them() {
    shared(async |client| {
        let id = create(
            client,
            "<Description>Before</Description><Code1>X</Code1><Rate>1</Rate>",
        )
        .await;
        let fields = format!(
            "<ID>{id}</ID><CarrierID>1</CarrierID><ProductTypeID>2</ProductTypeID><Description>After</Description>"
        );
        call(client, "Products_Update", &fields).await.expect(200);
        let product = client.get(&format!("/Products/{id}")).await.json();
        assert_eq!(product["description"], "After");
        assert_eq!(
            (product["code_1"].clone(), product["rate"].clone()),
            (json!(null), json!(0))
        );

        let listed = client.get("/ServiceProduct?page_size=1").await.records();
        let before = &listed[0];
        let id = &before["service_product_id"];
        let changed = call(
            client,
            "CustomerProducts_Update",
            &format!("<ID>{id}</ID><Rate>-7.25</Rate><quantity>3</quantity>"),
        )
        .await;
        assert_eq!(
            element(&changed, "Success").as_deref(),
            Some("true"),
            "{}",
            changed.text()
        );
        let after = client.get(&format!("/ServiceProduct/{id}")).await.json();
        assert_eq!(after["rate"].to_string(), "-7.25");
        assert_eq!(
            (&after["quantity"], &after["description"]),
            (&before["quantity"], &before["description"])
        );
        let found = call(client, "CustomerProducts_Query", &format!("<ID>{id}</ID>")).await;
        assert_eq!(element(&found, "Rate").as_deref(), Some("-7.25"));

        let request = client.sandbox.requests();
        let request = request
            .iter()
            .rfind(|request| request.operation.as_deref() == Some("CustomerProducts_Update"));
        let request = request.expect("a request");
        assert_eq!(request.ignored, ["quantity"]);
        assert!(request.executed);
    });
}

#[test]
fn logins_and_sessions() {
    shared(async |client| {
        let refused = raw(
            client,
            "Products_Query",
            &LOGIN.replace("sandbox_password", "x"),
        )
        .await
        .expect(200);
        assert_eq!(element(&refused, "Success").as_deref(), Some("false"));
        assert_eq!(element(&refused, "Error_Code").as_deref(), Some("S2005"));
        let without_credentials = raw(client, "Products_Query", "").await.expect(200);
        assert_eq!(
            (
                element(&without_credentials, "Success").as_deref(),
                element(&without_credentials, "Error_Code")
            ),
            (Some("false"), None)
        );
        assert!(element(&without_credentials, "Message").is_some());

        let opened = call(client, "Sessions_Create", "").await.expect(200);
        let key = element(&opened, "SessionKey").expect("a key");
        let session = format!("<Session><SessionKey>{key}</SessionKey></Session>");
        let query = format!("{session}<ProductID>1</ProductID>");
        let found = raw(client, "Products_Query", &query).await;
        assert_eq!(element(&found, "SessionKey"), Some(key));
        raw(client, "Sessions_Destroy", &session).await.expect(200);
        let refused = raw(client, "Products_Query", &query).await;
        assert_eq!(element(&refused, "Success").as_deref(), Some("false"));
    });
}

#[test]
fn unreadable_requests_are_faults() {
    shared(async |client| {
        for (fields, part) in [
            ("<CarrierID/>", "Input string was not in a correct format."),
            ("</Request>", "unable to read request"),
        ] {
            let fault = call(client, "Products_Create", fields).await.expect(500);
            assert!(
                element(&fault, "faultstring").is_some_and(|text| text.contains(part)),
                "{}",
                fault.text()
            );
        }
        let action = post(client).header("soapaction", "\"http://elsewhere/X\"");
        let body = "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body><Products_Query xmlns='http://api.myh2o.com/v20'/></Body></Envelope>";
        let fault = fetch(action.body(body)).await.expect(500);
        assert!(
            fault.text().contains("did not recognize"),
            "{}",
            fault.text()
        );
        let other = body.replace("/v20'", "/v19'");
        let action =
            post(client).header("soapaction", "\"http://api.myh2o.com/v20/Products_Query\"");
        let fault = fetch(action.body(other)).await.expect(500);
        assert!(
            fault.text().contains("Object reference"),
            "{}",
            fault.text()
        );
        let plain = reqwest::Client::new()
            .post(client.sandbox.soap_url())
            .body(body);
        fetch(plain).await.expect(415);
    });
}

#[test]
fn help_pages_and_wsdl_are_served() {
    shared(async |client| {
        let url = client.sandbox.soap_url();
        let get =
            async |query: &str| fetch(reqwest::Client::new().get(format!("{url}{query}"))).await;
        let list = get("").await.expect(200);
        assert!(
            list.media_type.starts_with("text/html") && list.text().contains("?op=Products_Create")
        );
        assert!(
            get("?op=Products_Create")
                .await
                .expect(200)
                .text()
                .contains("CarrierID: int")
        );
        get("?op=Nothing").await.expect(404);
        let description = get("?WSDL").await.expect(200);
        assert!(
            description.media_type.starts_with("text/xml") && description.text().contains(&url)
        );
        fetch(reqwest::Client::new().delete(&url)).await.expect(405);
    });
}

#[tokio::test]
async fn forms_are_queued_by_api_and_control_plane() {
    let client = Client::start().await;
    client
        .sandbox
        .soap_answers("Products_Query", SoapForm::RefusedWithMessage)
        .expect("an operation");
    let control = client.sandbox.base_url().replace("/v1", "/__sandbox/soap");
    let put = |body: &str| {
        reqwest::Client::new()
            .put(&control)
            .header("content-type", "application/json")
            .body(body.to_owned())
    };
    fetch(put(
        r#"{"operation": "Products_Query", "forms": ["truncated-xml", "fault-1.2"]}"#,
    ))
    .await
    .expect(200);
    fetch(put(r#"{"operation": "Products_Query", "forms": ["nice"]}"#))
        .await
        .expect(400);
    fetch(put(
        r#"{"operation": "Products_Qeury", "forms": ["plain"]}"#,
    ))
    .await
    .expect(400);
    let refused = call(&client, "Products_Query", "").await.expect(200);
    assert_eq!(element(&refused, "Message").as_deref(), Some("Scripted."));
    assert!(
        !call(&client, "Products_Query", "")
            .await
            .expect(200)
            .text()
            .contains("</soap:Envelope>")
    );
    assert!(
        call(&client, "Products_Query", "")
            .await
            .expect(500)
            .text()
            .contains("soap:Receiver")
    );
    let rows = call(&client, "Products_Query", "").await.expect(200);
    assert_eq!(
        rows.text().matches("<Product>").count(),
        client.all("/Products").await.len()
    );
}

#[tokio::test]
async fn settings_change_the_service() {
    let settings = SoapSettings::default()
        .path("/v21/Service.asmx")
        .only_version(SoapVersion::V1_2)
        .layout(SoapLayout::Bare)
        .item_name("ProductItem", "Thing")
        .required_header("X-Key", "k");
    let client = Client::with(Sandbox::builder().customers(5).soap(settings)).await;
    let body = format!(
        "<Envelope xmlns=\"http://www.w3.org/2003/05/soap-envelope\"><Body><Products_Query xmlns=\"{NAMESPACE}\"><Request>{LOGIN}</Request></Products_Query></Body></Envelope>"
    );
    let request = || {
        reqwest::Client::new()
            .post(client.sandbox.soap_url())
            .body(body.clone())
    };
    let typed = || {
        request().header(
            "content-type",
            format!("application/soap+xml; charset=utf-8; action=\"{NAMESPACE}/Products_Query\""),
        )
    };
    fetch(typed()).await.expect(401);
    fetch(
        request()
            .header("x-key", "k")
            .header("content-type", "text/xml"),
    )
    .await
    .expect(415);
    let rows = fetch(typed().header("x-key", "k")).await.expect(200);
    assert!(rows.text().contains("</Header><Thing>"), "{}", rows.text());
    assert!(client.sandbox.soap_url().ends_with("/v21/Service.asmx"));
}
