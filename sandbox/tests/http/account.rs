//! Credentials, and the request log without them.

use revio_sandbox::{Credentials, Sandbox};

use crate::support::{Client, fetch};

#[tokio::test]
async fn only_the_account_is_accepted() {
    let client = Client::start().await;
    client.get("/SystemStatus").await.expect(200);
    let refused = fetch(client.anonymous("GET", "/SystemStatus"))
        .await
        .expect(401);
    client.check("system_status_get", &refused);
    for (user, password) in [
        ("sandbox_user@sandbox_client", "wrong"),
        ("sandbox_user", "sandbox_password"),
        (
            "sandbox_user@mail.example@sandbox_client",
            "sandbox_password",
        ),
        ("", ""),
    ] {
        let request = client
            .anonymous("GET", "/SystemStatus")
            .basic_auth(user, Some(password));
        fetch(request).await.expect(401);
    }
    let bearer = client
        .anonymous("GET", "/SystemStatus")
        .bearer_auth("token");
    fetch(bearer).await.expect(401);
}

#[tokio::test]
async fn without_credentials_every_path_is_401() {
    let client = Client::start().await;
    for path in ["/Customers", "/Customers/1015", "/Nothing", "/"] {
        fetch(client.anonymous("GET", path)).await.expect(401);
        fetch(client.anonymous("PUT", path)).await.expect(401);
    }
}

#[tokio::test]
async fn custom_credentials_and_subscription_key() {
    let account = Credentials::new("test_user", "acme_sandbox", "fake_password")
        .with_subscription_key("demo_key");
    let client = Client::with(Sandbox::builder().credentials(account)).await;
    let missing = client.get("/Customers").await.expect(401).json();
    assert_eq!(missing["statusCode"], 401, "the gateway's shape: {missing}");
    let with_key = |key: &str| {
        client
            .request("GET", "/Customers")
            .header("Ocp-Apim-Subscription-Key", key)
    };
    fetch(with_key("key_2")).await.expect(401);
    fetch(with_key("demo_key")).await.expect(200);
}

#[tokio::test]
async fn log_shows_requests_without_secrets() {
    let client = Client::start().await;
    let request = client
        .request("PATCH", "/contacts/3?search.x=1&search.x=2")
        .header("Content-Type", "application/json-patch+json")
        .header("Ocp-Apim-Subscription-Key", "key")
        .header("X-Trace", "7")
        .body("[]");
    fetch(request).await.expect(200);
    client.get("/Nothing").await.expect(404);
    let requests = client.sandbox.requests();
    assert_eq!(requests.len(), 2);
    let first = &requests[0];
    assert_eq!(first.operation.as_deref(), Some("contacts_patch"));
    assert_eq!(
        (first.method.as_str(), first.path.as_str()),
        ("PATCH", "/v1/contacts/3")
    );
    let x = |value: &str| ("search.x".to_owned(), value.to_owned());
    assert_eq!(first.query, [x("1"), x("2")]);
    assert_eq!(first.body, b"[]");
    assert_eq!(first.json(), Some(serde_json::json!([])));
    assert_eq!((first.status, first.executed), (Some(200), true));
    assert_eq!(first.header("x-trace"), Some("7"));
    assert_eq!(first.header("authorization"), None);
    assert_eq!(first.header("ocp-apim-subscription-key"), None);
    assert_eq!(
        (requests[1].operation.as_deref(), requests[1].status),
        (None, Some(404))
    );
    client.sandbox.clear_requests();
    assert!(client.sandbox.requests().is_empty());
}

#[tokio::test]
async fn only_loopback_addresses_are_accepted() {
    let everywhere = "0.0.0.0:0".parse().expect("an address");
    let error = Sandbox::builder()
        .listen(everywhere)
        .start()
        .await
        .expect_err("refused");
    assert!(error.to_string().contains("loopback only"), "{error}");
    let running = Sandbox::builder().start().await.expect("a sandbox");
    let port: u16 = running
        .base_url()
        .trim_end_matches("/v1")
        .rsplit(':')
        .next()
        .and_then(|port| port.parse().ok())
        .expect("a port");
    let taken = std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let error = Sandbox::builder()
        .listen(taken)
        .start()
        .await
        .expect_err("taken");
    assert!(error.to_string().contains("choose another port"), "{error}");
}

#[tokio::test]
async fn stops_when_dropped_and_when_asked() {
    for explicitly in [false, true] {
        let client = Client::start().await;
        let url = client.sandbox.base_url().to_owned();
        if explicitly {
            client.sandbox.stop().await;
        } else {
            drop(client);
            // Lets the serving task end.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
        }
        let error = reqwest::get(url).await.expect_err("the server has stopped");
        assert!(error.is_connect(), "{error}");
    }
}
