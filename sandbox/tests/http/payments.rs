//! Payments that the server changes, and the time in its responses.

use std::time::{Duration, SystemTime};

use revio_sandbox::{Fault, FaultRule, Faults, PaymentSettings, ReferenceForm, Sandbox};
use serde_json::json;

use crate::support::Client;

const REFERENCE: &str = "00acme-2026-0731-for-the-invoice-of-july";

/// Reference number and amount of a payment, in a list and in a single read.
async fn read_back(client: &Client) -> [(String, String); 2] {
    let body = json!({"customer_id": 1001, "amount": 120.5, "reference_number": REFERENCE});
    let id = client.create("/Payments", &body).await;
    let listed = client.all("/Payments").await;
    let listed = listed.into_iter().find(|it| it["payment_id"] == id);
    let read = client.get(&format!("/Payments/{id}")).await.expect(200);
    client.check("payments_get", &read);
    [listed.expect("listed"), read.json()].map(|payment| {
        let reference = payment["reference_number"].as_str().expect("text");
        (reference.to_owned(), payment["amount"].to_string())
    })
}

fn pairs(reference: &str, listed: &str) -> [(String, String); 2] {
    [listed, "120.5"].map(|amount| (reference.to_owned(), amount.to_owned()))
}

#[tokio::test]
async fn payments_are_changed_by_the_settings() {
    let plain = PaymentSettings::default();
    let first = plain.clone().reference(ReferenceForm::First(6));
    let capitals = first.clone().reference(ReferenceForm::UpperCase);
    let zeros = capitals
        .clone()
        .reference(ReferenceForm::WithoutLeadingZeros);
    for (settings, expected) in [
        (plain.clone(), pairs(REFERENCE, "120.5")),
        (first, pairs("00acme", "120.5")),
        (capitals, pairs("00ACME", "120.5")),
        (zeros, pairs("ACME", "120.5")),
        (plain.negative_amounts(), pairs(REFERENCE, "-120.5")),
    ] {
        let client = Client::with(Sandbox::builder().customers(30).payments(settings)).await;
        assert_eq!(read_back(&client).await, expected);
    }
}

#[tokio::test]
async fn a_gateway_replaces_the_reference_number() {
    let settings = PaymentSettings::default().reference(ReferenceForm::Gateway);
    let client = Client::with(Sandbox::builder().customers(30).payments(settings)).await;
    let before = client.all("/Payments").await;
    let [one, again] = [read_back(&client).await, read_back(&client).await];
    assert!(one[0].0.starts_with("gw"), "{one:?}");
    assert_eq!(one[0], one[1], "the list and the record agree");
    assert_ne!(one, again, "each payment has a number of its own");
    let after = client.all("/Payments").await;
    assert_eq!(
        &after[..before.len()],
        before,
        "older payments stay as they are"
    );
}

#[tokio::test]
async fn the_zone_applies_to_records_and_not_to_the_date_header() {
    let client = Client::with(Sandbox::builder().customers(30).zone(-9)).await;
    let body = json!({"customer_id": 1001, "amount": 1});
    let id = client.create("/Payments", &body).await;
    let response = client.request("GET", &format!("/Payments/{id}"));
    let response = response.send().await.expect("a response");
    let date = response.headers()["date"]
        .to_str()
        .expect("text")
        .to_owned();
    let payment: serde_json::Value = response.json().await.expect("JSON");
    assert_eq!(payment["created_date"], "2026-06-30T23:00:01");
    assert_eq!(date, "Wed, 01 Jul 2026 08:00:01 GMT");
}

/// Of successes, refusals and faults alike.
#[tokio::test]
async fn every_response_has_a_date_header() {
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let faults = Faults::default()
        .rule(FaultRule::on("bills_list", Fault::status(503)))
        .rule(FaultRule::on(
            "charges_list",
            Fault::Drip { bytes: 10, ms: 0 },
        ));
    let client = Client::with(Sandbox::builder().starts_at(start).faults(faults)).await;
    for (path, status) in [
        ("/Customers", 200),
        ("/Bills", 503),
        ("/Charges", 200),
        ("/No", 404),
    ] {
        let response = client
            .request("GET", path)
            .send()
            .await
            .expect("a response");
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(
            response.headers()["date"],
            "Sun, 09 Sep 2001 01:46:40 GMT",
            "{path}"
        );
    }
    client.sandbox.advance(Duration::MAX);
    let response = client.request("GET", "/Customers").send().await;
    assert_eq!(response.expect("a response").status(), 200);
}
