//! Webhooks from registration to notification. The sandbox keeps receivers and subscriptions; the vendor's own calls
//! are played here.

use revio_api::enums::WebhookEventType;
use revio_api::resources::webhook_receivers::WebhookReceiverCreate;
use revio_api::resources::webhook_subscriptions::WebhookSubscriptionCreate;
use revio_api::webhooks::{Confirmation, Notification};
use revio_tests::stand::Stand;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Answers one request after the other as a receiver should, and returns the first notification.
async fn receiver(listener: TcpListener) -> Notification {
    loop {
        let (mut stream, _) = listener.accept().await.expect("a caller");
        let mut bytes = Vec::new();
        let (head, body) = loop {
            assert_ne!(
                stream.read_buf(&mut bytes).await.expect("bytes"),
                0,
                "a whole request"
            );
            let mut headers = [httparse::EMPTY_HEADER; 32];
            let mut request = httparse::Request::new(&mut headers);
            let parsed = request.parse(&bytes).expect("HTTP/1.1");
            let httparse::Status::Complete(start) = parsed else {
                continue;
            };
            let head: Vec<(String, Vec<u8>)> = request
                .headers
                .iter()
                .map(|header| (header.name.to_owned(), header.value.to_owned()))
                .collect();
            let length = head
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, length)| {
                    String::from_utf8_lossy(length).parse().expect("a length")
                });
            if let Some(body) = bytes.get(start..start + length) {
                break (head, body.to_vec());
            }
        };
        let confirmation = Confirmation::find(head).expect("a plain secret");
        let echo = confirmation.as_ref().map_or(String::new(), |confirmation| {
            format!("{}: {}\r\n", confirmation.name(), confirmation.value())
        });
        let reply =
            format!("HTTP/1.1 200 OK\r\n{echo}Content-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(reply.as_bytes()).await.expect("sent");
        if confirmation.is_none() {
            return Notification::parse(&body).expect("JSON");
        }
    }
}

#[tokio::test]
async fn from_registration_to_the_first_notification() {
    let stand = Stand::start().await;
    let client = &stand.client;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let received = tokio::spawn(receiver(listener));

    let body = WebhookReceiverCreate::new().url(&url).description("tests");
    let created = client.webhook_receivers().create(body).await;
    let receiver_id = created.expect("it is registered").id;

    // Any name and order of headers will do, so a plain HTTP client can play the vendor.
    let vendor = reqwest::Client::new();
    let confirmed = vendor
        .post(&url)
        .header("x-hook-secret", "4f1c-secret")
        .send()
        .await
        .expect("an answer");
    assert_eq!(confirmed.status(), 200);
    assert_eq!(confirmed.headers()["X-Hook-Secret"], "4f1c-secret");
    let activated = client.webhook_receivers().activate(receiver_id).await;
    activated.expect("it is activated");

    let body = WebhookSubscriptionCreate::new()
        .webhook_receiver_id(receiver_id)
        .event_type(WebhookEventType::InventoryUnassigned);
    let created = client.webhook_subscriptions().create(body).await;
    let subscription_id = created.expect("it is subscribed").id;
    let subscription = client.webhook_subscriptions().get(subscription_id).await;
    let subscription = subscription.expect("it is there");
    assert_eq!(subscription.webhook_receiver_id, Some(receiver_id));

    // The names are made up: those of the vendor aren't documented.
    let event = r#"{"some_id": 12, "some_type": "INVENTORY_UNASSIGNED", "some_object": 1.50}"#;
    let delivered = vendor
        .post(&url)
        .body(event)
        .send()
        .await
        .expect("an answer");
    assert_eq!(delivered.status(), 200);
    assert!(delivered.headers().get("X-Hook-Secret").is_none());
    let notification = received.await.expect("nobody panicked");
    assert_eq!(notification.json().as_str(), event);
    let event_type = subscription.event_type.expect("a type");
    assert!(notification.mentions(&event_type));

    let deleted = client.webhook_receivers().delete(receiver_id).await;
    deleted.expect("it is deleted");
}
