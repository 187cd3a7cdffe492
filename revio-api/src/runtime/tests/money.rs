//! Digits in are digits out, over a real connection.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use revio_test_server::{Server, ok};
use serde::{Deserialize, Serialize};

use super::{CREATE, client};
use crate::runtime::{Parts, Transport};
use crate::types::{Json, Money, Page};

/// Amounts wherever a record may hold them.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Entry {
    #[serde(default)]
    amount: Option<Money>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Ledger {
    amount: Money,
    #[serde(default)]
    entries: Vec<Entry>,
}

/// A server that answers every body with itself.
async fn echo() -> (Server, Transport) {
    let server = Server::start(|request| ok(&request.body)).await;
    let transport = client(&server).transport();
    (server, transport)
}

/// What becomes of a JSON token on its way through a record: in over the wire, out over the wire.
async fn round_trip(transport: &Transport, token: &str) -> Result<String, crate::Error> {
    let sent: Json = format!(r#"{{"amount":{token},"entries":[{{"amount":{token}}}]}}"#)
        .parse()
        .expect("JSON");
    let ledger: Ledger = transport.json(Parts::new(&CREATE).json(&sent)).await?.value;
    let echoed: Json = transport
        .json(Parts::new(&CREATE).json(&ledger))
        .await?
        .value;
    let text = echoed.as_str();
    let amount = text
        .strip_prefix(r#"{"amount":"#)
        .and_then(|rest| rest.split(',').next())
        .expect("an amount");
    assert_eq!(
        text,
        format!(r#"{{"amount":{amount},"entries":[{{"amount":{amount}}}]}}"#)
    );
    Ok(amount.to_owned())
}

#[tokio::test]
async fn chosen_amounts_keep_their_digits() {
    let (_server, transport) = echo().await;
    for (token, expected) in [
        ("1234567890123.4567", "1234567890123.4567"),
        ("-0.005", "-0.005"),
        ("0", "0"),
        ("0.00", "0.00"),
        ("10.50", "10.50"),
        ("9007199254740993", "9007199254740993"),
        (
            "1234567890123456789012345678",
            "1234567890123456789012345678",
        ),
        (
            "0.1234567890123456789012345678",
            "0.1234567890123456789012345678",
        ),
        (
            "-12345678901234.56789012345678",
            "-12345678901234.56789012345678",
        ),
        (r#""10.50""#, "10.50"),
        (r#""1234567890123.4567""#, "1234567890123.4567"),
        // Scientific notation keeps its value and is written plainly.
        ("1e2", "100"),
        ("1.50E3", "1500"),
        ("1.505e2", "150.5"),
        ("1e-7", "0.0000001"),
        ("0e99", "0"),
        // JSON may write a negative zero; it is zero.
        ("-0", "0"),
        ("-0.00", "0.00"),
    ] {
        let amount = round_trip(&transport, token).await;
        assert_eq!(amount.expect(token), expected, "{token}");
    }
}

#[test]
fn any_amount_keeps_its_digits() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (_server, transport) = runtime.block_on(echo());
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::default()
    });
    // Up to 28 digits in all, as a number or as a string.
    let amounts = (
        any::<bool>(),
        "0|[1-9][0-9]{0,12}",
        "|[0-9]{1,15}|0{1,14}[0-9]",
        any::<bool>(),
    );
    let result = runner.run(&amounts, |(negative, whole, fraction, quoted)| {
        let mut plain = if fraction.is_empty() {
            whole
        } else {
            format!("{whole}.{fraction}")
        };
        if negative && plain.contains(|digit: char| matches!(digit, '1'..='9')) {
            plain.insert(0, '-');
        }
        let token = if quoted {
            format!("\"{plain}\"")
        } else {
            plain.clone()
        };
        let back = runtime
            .block_on(round_trip(&transport, &token))
            .map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(back, plain);
        Ok(())
    });
    result.expect("no digit is lost");
}

#[tokio::test]
async fn more_digits_than_fit_are_an_error_that_names_the_field() {
    let server = Server::start(|request| ok(&request.body)).await;
    let transport = client(&server).transport();
    for token in [
        "0.12345678901234567890123456789",
        "123456789012345678901234567890",
        "1e-29",
        "1e400",
        "1e99999999999",
    ] {
        let page: Json = format!(r#"{{"records":[{{"amount":1}},{{"amount":{token}}}]}}"#)
            .parse()
            .expect("JSON");
        let error = transport
            .json::<Page<Entry>>(Parts::new(&CREATE).json(&page))
            .await
            .unwrap_err();
        assert_eq!(error.field_path(), Some("records[1].amount"), "{token}");
        assert!(
            error
                .to_string()
                .contains("a decimal number of at most 28 digits"),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("123456"), "{error:?}");
    }
}

#[tokio::test]
async fn what_is_no_amount_is_an_error_that_names_the_field() {
    let (_server, transport) = echo().await;
    for token in [
        r#""""#,
        r#""12,50""#,
        r#""1_000""#,
        r#"".5""#,
        r#""5.""#,
        r#""--1""#,
        r#""1e""#,
        "true",
        "{}",
        "[1]",
    ] {
        let error = round_trip(&transport, token).await.unwrap_err();
        assert_eq!(error.field_path(), Some("amount"), "{token}");
        assert!(error.is_decode(), "{token}: {error}");
    }
}

#[tokio::test]
async fn null_and_absent_are_none() {
    let (_server, transport) = echo().await;
    for text in [r#"{"amount":null}"#, "{}"] {
        let body: Json = text.parse().expect("JSON");
        let entry: Entry = transport
            .json(Parts::new(&CREATE).json(&body))
            .await
            .expect(text)
            .value;
        assert_eq!(entry.amount, None, "{text}");
    }
}

#[test]
fn f64_would_have_lost_these() {
    // What the usual route through f64 makes of the same amounts. The second one is even shorter than 17 digits.
    for (token, lost) in [
        ("1234567890123.4567", "1234567890123.4568"),
        ("9007199254740993", "9007199254740992"),
        ("10.50", "10.5"),
        ("0.1234567890123456789012345678", "0.12345678901234568"),
    ] {
        let through_f64: f64 = token.parse().expect("a number");
        assert_eq!(through_f64.to_string(), lost);
        let through_money: Money = serde_json::from_str(token).expect("a number");
        assert_eq!(serde_json::to_string(&through_money).expect("JSON"), token);
    }
    let tenths: f64 = [0.1, 0.2].iter().sum();
    assert_ne!(tenths.to_string(), "0.3");
    let tenths: Money = serde_json::from_str::<Vec<Money>>("[0.1, 0.2]")
        .expect("numbers")
        .iter()
        .sum();
    assert_eq!(tenths.to_string(), "0.3");
}
