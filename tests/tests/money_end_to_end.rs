//! Digits in are digits out, all the way: from a program through the generated client into the sandbox, and back out of
//! a single read and a list. And what a float would have made of the same amounts.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use revio_api::ids::{CustomerId, PaymentId};
use revio_api::resources::charges::ChargeCreate;
use revio_api::resources::payments::PaymentCreate;
use revio_api::types::{Money, Quantity, RevioDateTime};
use revio_api::{ErrorKind, Outcome, Request as _};
use revio_test_server::{Server, cases, ok};
use revio_tests::stand::{Stand, client_for, shared};

/// An amount, and what is left of it after a float.
const LOST: [(&str, &str); 5] = [
    ("1234567890123.4567", "1234567890123.4568"),
    ("9007199254740993", "9007199254740992.0"),
    ("10.50", "10.5"),
    ("123456789012345678901234.5678", "1.2345678901234569e+23"),
    ("-0.0000000000000000000000000001", "-1e-28"),
];

fn money(text: &str) -> Money {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn customer() -> CustomerId {
    CustomerId(1001)
}

/// Creates a payment; what the sandbox holds, a single read and a list say of its amount.
fn through_a_payment(amount: &str) -> [String; 3] {
    let amount = money(amount);
    shared(async |stand| pay(stand, amount).await)
}

async fn pay(Stand { client, direct, .. }: &Stand, amount: Money) -> [String; 3] {
    let payment = PaymentCreate::new().customer_id(customer()).amount(amount);
    let id = client.payments().create(payment).await.expect("created").id;
    let held = direct.get(&format!("/Payments/{id}")).await["amount"].to_string();
    let read = client.payments().get(id).await.expect("read").amount;
    let list = client.payments().list().filter("payment_id", id);
    let page = list.await.expect("listed");
    let listed = page.records.iter().find(|payment| payment.payment_id == id);
    let listed = listed.and_then(|payment| payment.amount);
    let text = |amount: Option<Money>| amount.map_or_else(String::new, |amount| amount.to_string());
    [held, text(read), text(listed)]
}

#[test]
fn chosen_amounts_of_payments_keep_every_digit() {
    for amount in [
        "1234567890123.4567",
        "-0.005",
        "0",
        "0.00",
        "100",
        "1234567890123456789012345678",
        "0.1234567890123456789012345678",
        "-12345678901234.56789012345678",
    ] {
        let seen = through_a_payment(amount);
        assert_eq!(seen, [amount; 3], "{amount}");
    }
    // Scientific notation is read exactly, and written plainly.
    let seen = through_a_payment("1e2");
    assert_eq!(seen, ["100"; 3]);
}

/// Plain decimal notation with at most 28 digits.
fn amounts() -> impl Strategy<Value = String> {
    (any::<bool>(), "0|[1-9][0-9]{0,13}", "|[0-9]{1,14}").prop_map(|(minus, whole, fraction)| {
        let mut text = whole;
        if !fraction.is_empty() {
            text = format!("{text}.{fraction}");
        }
        let is_zero = !text.contains(|digit: char| matches!(digit, '1'..='9'));
        if minus && !is_zero {
            format!("-{text}")
        } else {
            text
        }
    })
}

fn check(
    strategy: impl Strategy<Value = String>,
    test: impl Fn(String) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases: cases(48),
        failure_persistence: None,
        ..Config::default()
    };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        panic!("{error}");
    }
}

#[test]
fn any_amount_of_a_payment_keeps_every_digit() {
    check(amounts(), |amount| {
        let seen = through_a_payment(&amount);
        for place in seen {
            prop_assert_eq!(&place, &amount);
        }
        Ok(())
    });
}

#[test]
fn any_rate_and_quantity_of_a_charge_keep_every_digit() {
    check(amounts(), |number| {
        let quantity: Quantity = number.parse().expect("a quantity");
        let date: RevioDateTime = "2024-02-29".parse().expect("a date");
        let body = ChargeCreate::new(
            customer(),
            false,
            "a charge",
            money("0.00"),
            false,
            quantity,
            money(&number),
            false,
            date.clone(),
            date,
        )
        // Else the sandbox multiplies the two, which can take more digits than anybody reads.
        .amount(money("0.00"));
        shared(async |stand| {
            let id = stand
                .client
                .charges()
                .create(body)
                .await
                .expect("created")
                .id;
            let held = stand.direct.get(&format!("/Charges/{id}")).await;
            for name in ["rate", "quantity"] {
                prop_assert_eq!(held[name].to_string(), &*number);
            }
            let charge = stand.client.charges().get(id).await.expect("read");
            prop_assert_eq!(
                charge.rate.map(|rate| rate.to_string()),
                Some(number.clone())
            );
            prop_assert_eq!(
                charge.quantity.map(|quantity| quantity.to_string()),
                Some(number.clone())
            );
            Ok(())
        })
    });
}

/// The amount of a payment whose reply holds `token`.
async fn read(token: &str) -> Result<Option<Money>, revio_api::Error> {
    let json = format!(r#"{{"ok": true, "payment_id": 7, "amount": {token}}}"#);
    let server = Server::start(move |_| ok(&json)).await;
    let client = client_for(server.url());
    Ok(client.payments().get(PaymentId(7)).await?.amount)
}

#[tokio::test]
async fn numbers_texts_and_null_are_all_read() {
    for (token, expected) in [
        ("1234567890123.4567", Some("1234567890123.4567")),
        (r#""1234567890123.4567""#, Some("1234567890123.4567")),
        ("-0.005", Some("-0.005")),
        (r#""-0.005""#, Some("-0.005")),
        ("1e2", Some("100")),
        (
            r#""0.1234567890123456789012345678""#,
            Some("0.1234567890123456789012345678"),
        ),
        ("null", None),
    ] {
        let amount = read(token).await.expect(token);
        let amount = amount.map(|amount| amount.to_string());
        assert_eq!(amount.as_deref(), expected, "{token}");
    }
    let records =
        r#"{"records": [{"payment_id": 1, "amount": "0.10"}, {"payment_id": 2, "amount": 0.1}]}"#;
    let server = Server::start(move |_| ok(records)).await;
    let page = client_for(server.url())
        .payments()
        .list()
        .await
        .expect("a page");
    let amounts: Vec<String> = page
        .iter()
        .filter_map(|payment| payment.amount)
        .map(|amount| amount.to_string())
        .collect();
    assert_eq!(amounts, ["0.10", "0.1"]);
}

#[tokio::test]
async fn what_would_have_to_be_rounded_is_an_error_that_names_the_field() {
    for token in [
        "0.12345678901234567890123456789012",
        "1e40",
        r#""twelve""#,
        "{}",
        "true",
    ] {
        let error = read(token).await.expect_err(token);
        assert_eq!(error.kind(), ErrorKind::Decode, "{token}");
        assert_eq!(error.outcome(), Outcome::Unknown, "{token}");
        assert_eq!(error.field_path(), Some("amount"), "{token}");
        assert!(!error.to_string().contains("twelve"), "{error}");
    }
}

#[test]
fn a_float_would_have_lost_it() {
    for (amount, float) in LOST {
        let lossy: f64 = serde_json::from_str(amount).expect("a number");
        let written = serde_json::to_string(&lossy).expect("JSON");
        assert_eq!(written, float);
        let [held, read, listed] = through_a_payment(amount);
        assert_eq!([held.as_str(), &read, &listed], [amount; 3]);
        assert_ne!(held, written);
    }
    // A thousand payments of ten cents: the cents that a total of floats is off by.
    let exact: Money = (0..1000).map(|_| money("0.10")).sum();
    let float: f64 = (0..1000).map(|_| 0.1_f64).sum();
    assert_eq!(exact.to_string(), "100.00");
    assert_eq!(float.to_string(), "99.9999999999986");
}
