//! Calls that carry and bring back personal data, whatever becomes of them.

use std::error::Error as _;
use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use revio_api::journal::Journal;
use revio_api::prelude::*;
use revio_api::resources::customers::{Customer, CustomerCreate};
use revio_api::resources::payments::PaymentCreate;
use revio_api::{ClientBuilder, Error, Request, RetryPolicy};
use revio_test_server::{Action, Server, reply};

use crate::canary::{CARD, CLIENT_CODE, KEY, NAME, PASSWORD, USER, assert_clean};
use crate::logs;
use crate::support::SkippingClock;

/// What the hooks of a client were shown, as it prints.
type Shown = Arc<Mutex<Vec<String>>>;

fn builder(url: String, shown: &Shown) -> ClientBuilder {
    let (attempts, detached) = (Arc::clone(shown), Arc::clone(shown));
    Client::builder(Credentials::new(USER, CLIENT_CODE, PASSWORD))
        .subscription_key(KEY)
        .base_url(url)
        .clock(Arc::new(SkippingClock::default()))
        .retry(RetryPolicy::new().max_attempts(2))
        .on_attempt(move |attempt| attempts.lock().unwrap().push(format!("{attempt:?}")))
        .on_detached(move |call| detached.lock().unwrap().push(format!("{call:?} {call:#?}")))
}

fn assert_clean_error(error: Error) {
    assert_clean("Display", &error.to_string());
    assert_clean("Debug", &format!("{error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        assert_clean("a cause", &format!("{cause} {cause:?}"));
        source = cause.source();
    }
    let panicked =
        panic::catch_unwind(AssertUnwindSafe(|| black_box(Err::<(), _>(error)).unwrap()));
    let message = panicked.unwrap_err();
    let message = message.downcast_ref::<String>().expect("a message");
    assert_clean("a panic", message);
}

/// Makes one call of each sort, with something planted wherever a value can be.
async fn make_calls(client: &Client) {
    let address = shared_address();
    let customer = CustomerCreate::new().email(NAME).billing_address(address);
    let payment = PaymentCreate::new()
        .customer_id(CustomerId(31))
        .amount("12.50".parse().unwrap())
        .reference_number(CARD)
        .authorization_code(NAME);
    let list = client.customers().list().filter("search.name", NAME);
    let create = client.customers().create(customer);
    let email = revio_api::resources::customers::fields::EMAIL;
    let patch = Patch::<Customer>::new().replace(email, NAME);
    let change = client.customers().patch(CustomerId(31), patch.clone());
    let pay = client
        .payments()
        .create(payment.clone())
        .with_note("invoice 7");
    let checked = client.payments().create_checked(payment.clone());
    assert_clean(
        "requests",
        &format!("{list:?} {create:?} {change:?} {pay:?} {checked:?}"),
    );
    assert_clean("bodies", &format!("{payment:?} {patch:?}"));
    for error in [
        list.send()
            .await
            .map(|it| assert_clean("a reply", &format!("{it:?}")))
            .err(),
        create
            .send()
            .await
            .map(|it| assert_clean("a reply", &format!("{it:?}")))
            .err(),
        change
            .send()
            .await
            .map(|it| assert_clean("a reply", &format!("{it:?}")))
            .err(),
        pay.send()
            .await
            .map(|it| assert_clean("a reply", &format!("{it:?}")))
            .err(),
        checked
            .await
            .map(|it| assert_clean("a look-up", &format!("{it:?}")))
            .err(),
    ]
    .into_iter()
    .flatten()
    {
        assert_clean_error(error);
    }
}

fn shared_address() -> revio_api::shared::PostalAddress {
    serde_json::from_str(&format!(r#"{{"first_name":"{NAME}","line_1":"{CARD}"}}"#)).unwrap()
}

#[tokio::test]
async fn nothing_that_a_call_carries_or_brings_is_let_out() {
    logs::keep();
    let told = format!(
        r#"{{"ok":false,"message":"{NAME} has {CARD}","error":"{PASSWORD}","records":[{{"customer_id":"{NAME}","email":"{NAME}"}}]}}"#
    );
    let fine = format!(
        r#"{{"ok":true,"id":1,"has_more":false,"records":[{{"customer_id":1,"payment_id":1,"email":"{NAME}"}}]}}"#
    );
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("payments.jsonl")).unwrap();
    let shown = Shown::default();
    for (status, body) in [
        ("200 OK", fine.as_str()),
        ("200 OK", told.as_str()),
        ("200 OK", NAME),
        (
            "200 OK",
            r#"{"ok":true,"id":"4111111111111111","records":7}"#,
        ),
        ("302 Found", ""),
        ("400 Bad Request", told.as_str()),
        ("401 Unauthorized", NAME),
        ("429 Too Many Requests", told.as_str()),
        ("500 Internal Server Error", told.as_str()),
        (
            "502 Bad Gateway",
            "<html><title>Canary Zephyrine</title></html>",
        ),
    ] {
        let body = body.to_owned();
        let server = Server::start(move |_| {
            let headers = [
                ("Location", "https://example.com/?name=Canary%20Zephyrine"),
                ("X-Request-Id", NAME),
                ("Set-Cookie", NAME),
            ];
            reply(status, &headers, &body)
        })
        .await;
        let client = builder(server.url(), &shown)
            .journal(journal.clone())
            .build()
            .unwrap();
        assert_clean("the client", &format!("{client:?} {client:#?}"));
        make_calls(&client).await;
    }
    for answer in [
        || Action::SendAndClose(Vec::new()),
        || {
            Action::SendAndClose(
                format!("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{NAME}").into(),
            )
        },
        || Action::SendAndClose(format!("{NAME}\r\n\r\n").into()),
    ] {
        let server = Server::start(move |_| answer()).await;
        let client = builder(server.url(), &shown).build().unwrap();
        make_calls(&client).await;
    }
    let text = std::fs::read_to_string(folder.path().join("payments.jsonl")).unwrap();
    assert!(text.contains("invoice 7"));
    assert_clean("the journal", &text);
    assert_clean(
        "the journal",
        &format!("{journal:?} {:?}", journal.unresolved()),
    );
    let shown = shown.lock().unwrap().join("\n");
    assert!(shown.contains("customers_list"), "{shown}");
    assert_clean("a hook", &shown);

    let logged = logs::logged();
    for line in [
        "revio.call",
        "operation=\"payments_create\"",
        "path=\"/Customers/{id}\"",
        "effect=\"money\"",
        "attempt=1",
        "status=429",
        "outcome=Unknown",
        // Those below are heard too.
        "hyper_util::",
    ] {
        assert!(logged.contains(line), "{line} isn't logged");
    }
    assert_clean("the log", &logged);
    assert!(
        !logged.contains("12.50") && !logged.contains("/Customers/31"),
        "{logged}"
    );
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_lets_nothing_out() {
    logs::keep();
    let server = Server::start(|_| {
        let body = format!(r#"{{"ok":true,"id":31,"name":"{NAME}"}}"#);
        reply("201 Created", &[], body)
    })
    .await;
    let shown = Shown::default();
    let client = builder(server.url(), &shown).build().unwrap();
    let payment = PaymentCreate::new().authorization_code(CARD);
    let calling = tokio::spawn(client.payments().create(payment).send());
    while server.captured().is_empty() {
        tokio::task::yield_now().await;
    }
    calling.abort();
    let finished = calling.await.is_ok();
    while !finished && shown.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_clean("a hook", &shown.lock().unwrap().join("\n"));
    assert_clean("the log", &logs::logged());
}

#[test]
fn settings_let_nothing_out() {
    let shown = Shown::default();
    for url in [
        format!("https://{USER}:{PASSWORD}@example.com"),
        format!("https://example.com/?key={KEY}"),
        format!("http://{CLIENT_CODE}.example.com"),
    ] {
        let builder = builder(url, &shown).timeout(Duration::from_secs(1));
        assert_clean("the builder", &format!("{builder:?} {builder:#?}"));
        assert_clean_error(builder.build().unwrap_err());
    }
    let credentials = Credentials::new(USER, CLIENT_CODE, PASSWORD);
    assert_clean("credentials", &format!("{credentials:?} {credentials:#?}"));
}
