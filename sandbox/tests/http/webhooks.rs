//! Webhook receivers on this machine: confirmation, then notifications of subscribed events.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use revio_sandbox::Delivery;
use serde_json::{Value, json};

use crate::support::{Client, fetch};

/// A receiver, and the requests that it got.
#[derive(Clone, Default)]
struct Receiver {
    /// Whether it sends the secret back.
    confirms: bool,
    got: Arc<Mutex<Vec<Value>>>,
}

async fn receive(State(receiver): State<Receiver>, request: Request) -> (StatusCode, HeaderMap) {
    let mut headers = HeaderMap::new();
    let secret = request.headers().get("x-hook-secret").cloned();
    match secret {
        Some(secret) if receiver.confirms => {
            headers.insert("x-hook-secret", secret);
        }
        Some(_) => {}
        None => {
            let body = axum::body::to_bytes(request.into_body(), 1 << 16).await;
            let body = serde_json::from_slice(&body.expect("a body")).expect("JSON");
            receiver.got.lock().expect("the lock").push(body);
        }
    }
    (StatusCode::OK, headers)
}

/// Starts a receiver and returns its address.
async fn start(receiver: Receiver) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().fallback(receive).with_state(receiver);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/hook")
}

/// Waits for this many attempted deliveries.
async fn deliveries(client: &Client, count: usize) -> Vec<Delivery> {
    loop {
        let deliveries = client.sandbox.deliveries();
        if deliveries.len() >= count {
            return deliveries;
        }
        tokio::task::yield_now().await;
    }
}

async fn register(client: &Client, url: &str) -> i64 {
    let body = json!({"url": url, "description": "a test"});
    client.create("/WebhookReceivers", &body).await
}

async fn subscribe(client: &Client, receiver: i64) {
    let body = json!({"webhook_receiver_id": receiver, "event_type": "INVENTORY_UNASSIGNED"});
    client.create("/WebhookSubscriptions", &body).await;
}

#[tokio::test]
async fn a_receiver_is_confirmed_and_notified() {
    let client = Client::start().await;
    let receiver = Receiver {
        confirms: true,
        ..Receiver::default()
    };
    let id = register(&client, &start(receiver.clone()).await).await;
    let first = &deliveries(&client, 1).await[0];
    assert_eq!(
        (first.receiver, first.status, first.confirmed),
        (id, Some(200), true)
    );
    let listed = client.get("/WebhookReceivers").await.records();
    assert_eq!(listed[0]["active"], true);
    subscribe(&client, id).await;

    let item = json!({"identifier": "4477", "inventory_type_id": 1});
    let item = client.create("/InventoryItem", &item).await;
    let assign = json!({"customer_id": 1001, "identifiers": ["4477"]});
    client
        .send(
            "PATCH",
            "/InventoryItem/assignCustomer",
            "application/json",
            &assign,
        )
        .await;
    let done = client
        .send(
            "PATCH",
            "/InventoryItem/unassignCustomer",
            "application/json",
            &json!({"id": item}),
        )
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    let unassigned = &deliveries(&client, 2).await[1];
    assert_eq!(
        unassigned.event_type.as_deref(),
        Some("INVENTORY_UNASSIGNED")
    );
    assert_eq!(
        (unassigned.object_id, unassigned.problem.as_deref()),
        (Some(item), None)
    );
    let got = receiver.got.lock().expect("the lock").clone();
    assert_eq!(got.len(), 1);
    assert_eq!(
        (&got[0]["event_type"], &got[0]["object_id"]),
        (&json!("INVENTORY_UNASSIGNED"), &json!(item))
    );
}

#[tokio::test]
async fn a_receiver_is_notified_only_once_it_is_active() {
    let client = Client::start().await;
    let receiver = Receiver::default();
    let id = register(&client, &start(receiver.clone()).await).await;
    subscribe(&client, id).await;
    let first = deliveries(&client, 1).await[0].clone();
    assert!(!first.confirmed && first.problem.is_some(), "{first:?}");
    raise(&client, "INVENTORY_UNASSIGNED").await;
    fetch(client.request("POST", &format!("/WebhookReceivers/{id}/activate")))
        .await
        .expect(200);
    raise(&client, "INVENTORY_UNASSIGNED").await;
    raise(&client, "SOMETHING_ELSE").await;
    raise(&client, "INVENTORY_UNASSIGNED").await;
    let types: Vec<_> = deliveries(&client, 3)
        .await
        .iter()
        .map(|it| it.event_type.clone())
        .collect();
    let unassigned = Some("INVENTORY_UNASSIGNED".to_owned());
    assert_eq!(types, [None, unassigned.clone(), unassigned]);
    assert_eq!(receiver.got.lock().expect("the lock").len(), 2);
}

#[tokio::test]
async fn other_machines_are_not_called() {
    let client = Client::start().await;
    for url in [
        "https://127.0.0.1/hook",
        "http://hooks.example/x",
        "http://10.0.0.1/",
        "nonsense",
    ] {
        let before = client.sandbox.deliveries().len();
        register(&client, url).await;
        let tried = &deliveries(&client, before + 1).await[before];
        assert_eq!((tried.status, tried.confirmed), (None, false), "{url}");
        assert!(tried.problem.is_some(), "{url}");
    }
}

/// Raises an event with the control plane.
async fn raise(client: &Client, event_type: &str) {
    let base = client.sandbox.base_url().trim_end_matches("/v1");
    let done = reqwest::Client::new()
        .post(format!("{base}/__sandbox/webhooks"))
        .json(&json!({"event_type": event_type, "object_id": 7}))
        .send()
        .await
        .expect("a response");
    assert_eq!(done.status().as_u16(), 200);
}
