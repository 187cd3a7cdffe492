//! What a program learns when a call fails.

use revio_api::enums::CustomerStatus;
use revio_api::prelude::*;
use revio_api::resources::charges::ChargeCreate;
use revio_api::resources::contacts::ContactCreate;
use revio_api::resources::integration_key_links::IntegrationKeyLinkCreate;
use revio_api::resources::payments::PaymentCreate;
use revio_api::{Client, Credentials, Error, ErrorKind, Outcome};
use revio_sandbox::{ErrorStyle, Sandbox};
use revio_test_server::{Server, ok};
use revio_tests::stand::{self, Stand, client_for};

/// The name in an error of the operation that failed.
fn operation(error: &Error) -> &str {
    error.operation().expect("the operation is known").id()
}

#[tokio::test]
async fn a_record_that_does_not_exist() {
    let stand = Stand::start().await;
    let error = stand
        .client
        .customers()
        .get(CustomerId(7))
        .await
        .expect_err("not there");
    assert!(error.is_not_found() && !error.is_auth());
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status(), Some(404));
    assert_eq!(error.outcome(), Outcome::Rejected);
    assert_eq!(operation(&error), "customers_get");
    assert_eq!(error.api_message(), Some("there is no Customer 7"));
    assert_eq!(
        error.to_string(),
        "customers_get: 404 from server: not found"
    );
}

#[tokio::test]
async fn a_wrong_password_charges_nobody() {
    let sandbox = Sandbox::builder()
        .customers(5)
        .start()
        .await
        .expect("the sandbox starts");
    let account = sandbox.credentials();
    let client = Client::builder(Credentials::new(
        account.user(),
        account.client(),
        "planted",
    ))
    .base_url(sandbox.base_url())
    .build()
    .expect("the client is built");
    let payment = PaymentCreate::new().amount(Money::from_cents(1050));
    let error = client
        .payments()
        .create(payment)
        .await
        .expect_err("refused");
    assert!(error.is_auth() && !error.is_not_found());
    assert_eq!(
        (error.status(), error.outcome()),
        (Some(401), Outcome::Rejected)
    );
    assert_eq!(operation(&error), "payments_create");
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(
            !text.contains("planted") && !text.contains("1050"),
            "{text}"
        );
    }
    let right = stand::builder(&sandbox)
        .base_url(sandbox.base_url())
        .build()
        .expect("the client is built");
    right
        .system_status()
        .get()
        .await
        .expect("the right password is accepted");
}

#[tokio::test]
async fn a_missing_subscription_key_is_answered_by_the_gateway() {
    let account =
        revio_sandbox::Credentials::default().with_subscription_key("test-0123456789abcdef");
    let sandbox = Sandbox::builder()
        .customers(5)
        .credentials(account)
        .start()
        .await;
    let sandbox = sandbox.expect("the sandbox starts");
    let client = stand::builder(&sandbox)
        .base_url(sandbox.base_url())
        .build()
        .expect("the client is built");
    let error = client.agents().list().await.expect_err("refused");
    assert!(error.is_auth());
    let message = error.api_message().expect("a message");
    assert!(
        message.contains("Ocp-Apim-Subscription-Key is missing"),
        "{message}"
    );
}

#[tokio::test]
async fn a_key_link_to_a_record_that_does_not_exist() {
    let stand = Stand::start().await;
    let client = &stand.client;
    let systems = client
        .integration_systems()
        .list()
        .system_name("SALESFORCE")
        .await
        .expect("a page");
    let types = client
        .integration_entity_types()
        .list()
        .entity_type_name("CUSTOMER")
        .await
        .expect("a page");
    let link = |internal| {
        let body = IntegrationKeyLinkCreate::new()
            .integration_system_id(systems.records[0].integration_system_id)
            .integration_entity_type_id(types.records[0].integration_entity_type_id)
            .internal_id(internal)
            .external_id("0012D00000dAsFzQAK");
        client.integration_key_links().create(body)
    };
    let error = link(7).await.expect_err("there is no customer 7");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(400)));
    assert_eq!(error.outcome(), Outcome::Rejected);
    assert_eq!(
        error.api_message(),
        Some("/internal_id is the id of no CUSTOMER")
    );
    link(1015).await.expect("there is a customer 1015");
    let found = client
        .integration_key_links()
        .list()
        .external_id("0012D00000dAsFzQAK")
        .await;
    let found = found.expect("a page");
    assert_eq!(found.len(), 1);
    assert_eq!(found.records[0].internal_id, Some(1015));
}

#[tokio::test]
async fn a_body_that_the_server_refuses() {
    let stand = Stand::start().await;
    let amount = |text: &str| text.parse::<Money>().expect("an amount");
    let date = || "2024-02-29".parse::<RevioDateTime>().expect("a date");
    let charge = |description: String, cost: &str| {
        ChargeCreate::new(
            CustomerId(1015),
            false,
            description,
            amount(cost),
            false,
            Quantity::from(1),
            amount("10.50"),
            false,
            date(),
            date(),
        )
    };
    for (body, message) in [
        (
            charge("x".repeat(1501), "0"),
            "/description must have at most 1500 characters",
        ),
        (
            charge("a charge".to_owned(), "-0.01"),
            "/cost must be at least 0",
        ),
    ] {
        let error = stand
            .client
            .charges()
            .create(body)
            .await
            .expect_err(message);
        assert_eq!(
            (error.status(), error.outcome()),
            (Some(400), Outcome::Rejected)
        );
        assert_eq!(error.api_message(), Some(message));
    }
    stand
        .client
        .charges()
        .create(charge("a charge".to_owned(), "0"))
        .await
        .expect("accepted");
}

#[tokio::test]
async fn every_shape_of_an_error_gives_its_message() {
    for style in [
        ErrorStyle::Array,
        ErrorStyle::Object,
        ErrorStyle::Gateway,
        ErrorStyle::Text,
    ] {
        let sandbox = Sandbox::builder()
            .customers(5)
            .error_style(style)
            .start()
            .await;
        let sandbox = sandbox.expect("the sandbox starts");
        let client = stand::builder(&sandbox)
            .base_url(sandbox.base_url())
            .build()
            .expect("the client is built");
        let error = client
            .bills()
            .get(BillId(1_000_000))
            .await
            .expect_err("not there");
        assert_eq!(
            error.api_message(),
            Some("there is no Bill 1000000"),
            "{style:?}"
        );
        assert!(error.is_not_found());
    }
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    let sandbox = Sandbox::builder()
        .customers(5)
        .start()
        .await
        .expect("the sandbox starts");
    let client = stand::builder(&sandbox)
        .base_url(sandbox.base_url())
        .build()
        .expect("the client is built");
    sandbox.stop().await;
    let error = client
        .contacts()
        .create(ContactCreate::new())
        .await
        .expect_err("nobody listens");
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Connect, Outcome::NotSent)
    );
    assert_eq!(error.status(), None);
}

/// A client of a server that responds with this to everything.
async fn client_of(json: &'static str) -> Client {
    client_for(Server::start(move |_| ok(json)).await.url())
}

#[tokio::test]
async fn a_reply_without_its_id_names_the_field_and_a_new_value_does_not_matter() {
    for (reply, field) in [
        (r#"{"ok": true, "status": "ACTIVE"}"#, "customer_id"),
        (r#"{"ok": true, "customer_id": null}"#, "customer_id"),
    ] {
        let error = client_of(reply)
            .await
            .customers()
            .get(CustomerId(7))
            .await
            .expect_err(reply);
        assert!(error.is_decode());
        assert_eq!(
            (error.field_path(), error.status()),
            (Some(field), Some(200))
        );
    }
    let client = client_of(r#"{"records": [{"customer_id": 1}, {"status": "ACTIVE"}]}"#).await;
    let error = client
        .customers()
        .list()
        .await
        .expect_err("the second has no id");
    assert_eq!(error.field_path(), Some("records[1].customer_id"));

    let json = r#"{"customer_id": 7, "status": "HIBERNATING", "brand_new": {"a": [1]}}"#;
    let client = client_of(json).await;
    let customer = client.customers().get(CustomerId(7)).await.expect("read");
    let status = customer.status.expect("a status");
    assert_eq!(status, CustomerStatus::from("HIBERNATING"));
    assert_eq!(status.as_str(), "HIBERNATING");
}
