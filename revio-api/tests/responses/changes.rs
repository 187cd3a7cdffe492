//! A change that isn't confirmed isn't silently done.

use revio_api::prelude::*;
use revio_api::resources::customers::fields;
use revio_api::resources::orders::OrderReplace;
use revio_api::{Error, ErrorKind, Method, Outcome};
use revio_test_server::{Server, ok, reply};

use crate::{client, json, marked};

/// PATCH, PUT and DELETE, typed, and by their path.
async fn change(body: &'static str) -> Vec<(&'static str, Result<(), Error>)> {
    let server = Server::start(move |_| ok(body)).await;
    let client = client(&server);
    let customers = client.customers();
    let patch = Patch::new().replace(fields::EMAIL, "ann@example.com");
    let raw = client.raw(Method::Put, "Customers/7/approval").json(&1);
    let results = vec![
        ("patch", customers.patch(CustomerId(7), patch).await),
        ("delete", customers.delete(CustomerId(7)).await),
        (
            "replace",
            client
                .orders()
                .replace(OrderId(7), OrderReplace::new())
                .await,
        ),
        ("raw", raw.empty_response().await.map(|_| ())),
    ];
    assert_eq!(server.captured().len(), 4, "each sent once: {body}");
    results
}

#[tokio::test]
async fn a_confirmation_is_done() {
    for body in [
        "",
        "{}",
        "null",
        r#"{"ok":true}"#,
        r#"{"Ok":"True","message":"updated"}"#,
        r#"{"ok":1,"id":7}"#,
        r#"{"success":true}"#,
        r#"{"customer_id":7,"status":"ACTIVE","message":"hello"}"#,
        r#""OK""#,
    ] {
        for (way, result) in change(body).await {
            result.unwrap_or_else(|error| panic!("{way} {body}: {error}"));
        }
    }
    let server = Server::start(|_| reply("200 OK", &[], marked(r#"{"ok":true}"#))).await;
    client(&server)
        .customers()
        .delete(CustomerId(7))
        .await
        .unwrap();
    let server = Server::start(|_| json("204 No Content", &[], "")).await;
    client(&server)
        .customers()
        .delete(CustomerId(7))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_message_in_place_of_a_confirmation_is_a_refusal() {
    for body in [
        r#"{"Message":"An error occurred while the record was stored."}"#,
        r#"{"Ok":false,"Error":"LOCKED"}"#,
        r#"{"success":false,"reasons":[{"code":53000040,"message":"no such customer"}]}"#,
        r#"{"ok":"false"}"#,
        r#"{"error":{"code":17,"message":"locked"}}"#,
        r#"[{"message":"locked"}]"#,
        r#""An error occurred.""#,
        r#"{"statusCode":403,"message":"not yours"}"#,
        "false",
    ] {
        for (way, result) in change(body).await {
            let error = result.expect_err(&format!("{way} {body}"));
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Api, Outcome::Rejected),
                "{way} {body}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn a_failure_in_any_form_is_never_done() {
    for body in [
        r#"{"type":"about:blank","title":"Conflict","status":409,"traceId":"00-1"}"#,
        r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"locked","instance":"/v1/Customers/7"}"#,
        r#"{"timestamp":"2026-07-31T00:00:00Z","status":500,"error":"Internal Server Error","path":"/v1/x"}"#,
        r#"{"Message":"An error has occurred.","MessageDetail":"No action was found."}"#,
        r#"{"message":"failed","severity":"high"}"#,
        r#"{"status":"error","message":"Record is locked"}"#,
        r#"{"fault":{"faultstring":"Rate limit exceeded"}}"#,
        "\u{feff}{\"ok\":false}",
    ] {
        for (way, result) in change(body).await {
            assert!(result.is_err(), "{way} {body}");
        }
    }
}

#[tokio::test]
async fn what_proves_nothing_is_unknown() {
    for body in ["<html><title>Log in</title></html>", "Done", r#"{"ok":tr"#] {
        for (way, result) in change(body).await {
            let error = result.expect_err(&format!("{way} {body}"));
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Decode, Outcome::Unknown),
                "{way} {body}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn a_byte_order_mark_hides_no_message() {
    for (status, body, message) in [
        (
            "502 Bad Gateway",
            "<html><head><title>Gateway down</title></head><body>x</body></html>",
            "Gateway down",
        ),
        (
            "400 Bad Request",
            r#"[{"ok":false,"error":"BAD","message":"amount is missing"}]"#,
            "amount is missing",
        ),
        ("404 Not Found", "no such customer", "no such customer"),
    ] {
        let server = Server::start(move |_| reply(status, &[], marked(body))).await;
        let error = client(&server)
            .customers()
            .get(CustomerId(7))
            .await
            .unwrap_err();
        assert_eq!(error.api_message(), Some(message), "{status}");
    }
}

#[tokio::test]
async fn a_message_in_place_of_a_record_is_no_record() {
    for body in [
        r#"{"message":"exploded"}"#,
        r#"{"Message":"The request is invalid.","ModelState":{"id":["must be a number"]}}"#,
        r#"{"statusCode":404,"message":"no such customer"}"#,
        "{}",
        "",
    ] {
        let server = Server::start(move |_| ok(body)).await;
        let client = client(&server);
        assert!(
            client.customers().get(CustomerId(7)).await.is_err(),
            "{body}"
        );
    }
}
