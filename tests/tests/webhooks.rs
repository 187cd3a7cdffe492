//! Webhooks from registration to notification. The sandbox keeps receivers and subscriptions; the vendor's own calls
//! are played here.

use revio_api::enums::WebhookEventType;
use revio_api::resources::webhook_receivers::WebhookReceiverCreate;
use revio_api::resources::webhook_subscriptions::WebhookSubscriptionCreate;
use revio_api::webhooks::{Confirmation, Notification};
use revio_test_server::{Action, Request, Server, reply};
use revio_tests::stand::Stand;

/// Responds as a receiver should: echoes what confirms it, and takes all else.
fn receive(request: &Request) -> Action {
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| (name, value.as_bytes()));
    let confirmation = Confirmation::find(headers).expect("a plain secret");
    let echo = confirmation
        .as_ref()
        .map(|confirmation| (confirmation.name(), confirmation.value()));
    reply("200 OK", echo.as_slice(), "")
}

#[tokio::test]
async fn from_registration_to_the_first_notification() {
    let stand = Stand::start().await;
    let client = &stand.client;
    let receiver = Server::start(receive).await;
    let url = format!("{}/hook", receiver.url());

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
    let notified = receiver.captured().pop().expect("a request");
    let notification = Notification::parse(&notified.body).expect("JSON");
    assert_eq!(notification.json().as_str(), event);
    let event_type = subscription.event_type.expect("a type");
    assert!(notification.mentions(&event_type));

    let deleted = client.webhook_receivers().delete(receiver_id).await;
    deleted.expect("it is deleted");
}
