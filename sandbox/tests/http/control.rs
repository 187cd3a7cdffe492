//! The control plane over HTTP.

use revio_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::Client;

/// A request to the control plane; it needs no account.
async fn control(client: &Client, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    let base = client.sandbox.base_url().trim_end_matches("/v1");
    let method = method.parse().expect("a method");
    let mut request = reqwest::Client::new().request(method, format!("{base}/__sandbox{path}"));
    if let Some(body) = body {
        request = request.json(&body);
    }
    let response = request.send().await.expect("a response");
    let status = response.status().as_u16();
    (status, response.json().await.expect("JSON"))
}

#[tokio::test]
async fn the_index_lists_endpoints_faults_and_operations() {
    let client = Client::start().await;
    let (status, index) = control(&client, "GET", "/", None).await;
    assert_eq!(status, 200);
    for endpoint in index["endpoints"].as_array().expect("a list") {
        if endpoint["method"] == "GET" && endpoint["path"] != "/__sandbox/snapshot" {
            let path = endpoint["path"].as_str().expect("a path");
            let path = path.strip_prefix("/__sandbox").expect("the prefix");
            assert_eq!(control(&client, "GET", path, None).await.0, 200, "{path}");
        }
    }
    assert_eq!(control(&client, "GET", "/nothing", None).await.0, 404);
    let (status, error) = control(&client, "POST", "/report", None).await;
    assert_eq!(
        (status, &error["message"]),
        (405, &json!("/__sandbox/report takes GET"))
    );
    assert!(
        client.sandbox.requests().is_empty(),
        "it doesn't log itself"
    );
}

#[tokio::test]
async fn faults_are_set_injected_and_reported() {
    let client = Client::start().await;
    let rules = json!({"seed": 1, "rules": [
        {"operation": "customers_list", "calls": [2], "fault": {"kind": "status", "status": 503, "retry_after": 3}},
    ]});
    let (status, shown) = control(&client, "PUT", "/faults", Some(rules.clone())).await;
    assert_eq!((status, &shown), (200, &rules));
    client.get("/Customers").await.expect(200);
    client.get("/Customers").await.expect(503);
    client.get("/Customers").await.expect(200);
    let (_, report) = control(&client, "GET", "/report", None).await;
    assert_eq!(
        report["operations"][0],
        json!({
            "operation": "customers_list", "arrived": 3, "executed": 2,
            "statuses": {"200": 2, "503": 1}, "faults": {"status": 1},
        })
    );
    assert_eq!(
        report["calls"][0]["attempts"].as_array().map(Vec::len),
        Some(3)
    );
    let (_, log) = control(&client, "GET", "/log?after=1&limit=1", None).await;
    assert_eq!(log["left_out"], 1);
    assert_eq!(log["requests"][0]["number"], 3);

    control(&client, "DELETE", "/faults", None).await;
    control(&client, "DELETE", "/log", None).await;
    client.get("/Customers").await.expect(200);
    let (_, report) = control(&client, "GET", "/report", None).await;
    assert_eq!(report["operations"][0]["faults"], json!({}));
}

#[tokio::test]
async fn invalid_rules_change_nothing() {
    let client = Client::start().await;
    let (_, before) = control(&client, "GET", "/faults", None).await;
    for (rules, problem) in [
        (
            json!({"rules": [{"fault": {"kind": "explode"}}]}),
            "unknown variant `explode`",
        ),
        (
            json!({"rules": [{"fault": {"kind": "reset"}, "cals": [1]}]}),
            "unknown field `cals`",
        ),
        (
            json!({"rules": [{"operation": "x", "fault": {"kind": "reset"}}]}),
            "fault rule 1: there is no operation x",
        ),
    ] {
        let (status, error) = control(&client, "PUT", "/faults", Some(rules)).await;
        let message = error["message"].as_str().expect("a message");
        assert!(
            status == 400 && message.contains(problem),
            "{status} {message}"
        );
    }
    assert_eq!(control(&client, "GET", "/faults", None).await.1, before);
}

#[tokio::test]
async fn other_sites_are_refused() {
    let client = Client::start().await;
    let base = client.sandbox.base_url().trim_end_matches("/v1");
    let request = |name: &str, value: &str| {
        reqwest::Client::new()
            .delete(format!("{base}/__sandbox/faults"))
            .header(name, value)
            .send()
    };
    for (name, value) in [("origin", "http://evil.example"), ("host", "evil.example")] {
        let status = request(name, value).await.expect("a response").status();
        assert_eq!(status.as_u16(), 403, "{name}");
    }
}

#[tokio::test]
async fn credentials_that_look_real_are_refused() {
    let real = revio_sandbox::Credentials::new("ana", "sandbox_client", "sandbox_password");
    let error = Sandbox::builder()
        .credentials(real)
        .start()
        .await
        .expect_err("ana");
    assert!(
        error.to_string().starts_with("the user name looks real"),
        "{error}"
    );

    let client = Client::start().await;
    let response = reqwest::Client::new()
        .get(format!("{}/Bills", client.sandbox.base_url()))
        .basic_auth("ana@acme", Some("hunter2"))
        .send()
        .await
        .expect("a response");
    assert_eq!(response.status().as_u16(), 401);
    let text = response.text().await.expect("a body");
    assert!(
        text.contains("may be a real one") && !text.contains("hunter2"),
        "{text}"
    );
}

#[tokio::test]
async fn snapshots_are_read_and_restored() {
    let client = Client::start().await;
    let base = client.sandbox.base_url().trim_end_matches("/v1").to_owned();
    let snapshot = async || {
        let response = reqwest::get(format!("{base}/__sandbox/snapshot")).await;
        response.expect("a response").bytes().await.expect("bytes")
    };
    let start = snapshot().await;
    let contact = json!({"customer_id": 1001, "first_name": "Ana"});
    let id = client.create("/Contacts", &contact).await;
    let changed = snapshot().await;
    assert_ne!(start, changed);

    assert_eq!(control(&client, "POST", "/reset", None).await.0, 200);
    client.get(&format!("/Contacts/{id}")).await.expect(404);
    assert_eq!(snapshot().await, start);
    assert_eq!(client.sandbox.requests().len(), 1, "the log starts anew");

    let restored = reqwest::Client::new()
        .put(format!("{base}/__sandbox/snapshot"))
        .body(changed.clone())
        .send()
        .await
        .expect("a response");
    assert_eq!(restored.status().as_u16(), 200);
    client.get(&format!("/Contacts/{id}")).await.expect(200);
    assert_eq!(snapshot().await, changed);

    let (status, _) = control(&client, "PUT", "/snapshot", Some(json!("nonsense"))).await;
    assert_eq!((status, snapshot().await), (400, changed));
}

#[tokio::test]
async fn seed_and_clock() {
    let client = Client::start().await;
    let before = client.get("/Customers/1001").await.expect(200).text();
    let (status, seed) = control(&client, "PUT", "/seed", Some(json!({"seed": 7}))).await;
    assert_eq!((status, seed), (200, json!({"seed": 7, "customers": 30})));
    let after = client.get("/Customers/1001").await.expect(200).text();
    assert_ne!(before, after);
    let (status, _) = control(
        &client,
        "PUT",
        "/seed",
        Some(json!({"seed": 42, "customers": 3})),
    )
    .await;
    assert_eq!(status, 200);
    assert_eq!(
        client.get("/Customers?page_size=500").await.records().len(),
        3
    );

    let set = json!({"time": "2027-01-31T23:59:59", "advance_seconds": 2});
    let (_, clock) = control(&client, "PUT", "/clock", Some(set)).await;
    assert_eq!(clock, json!({"time": "2027-02-01T00:00:01"}));
    assert_eq!(control(&client, "GET", "/clock", None).await.1, clock);
    let (status, error) = control(&client, "PUT", "/clock", Some(json!({"time": "soon"}))).await;
    assert!(
        status == 400
            && error["message"]
                .as_str()
                .is_some_and(|it| it.contains("2026-07-01T08:00:00"))
    );
}
