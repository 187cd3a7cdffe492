//! Rate limits.

use std::time::Duration;

use revio_sandbox::{Limits, Sandbox, WaitHint};

use crate::support::{Client, fetch};

#[tokio::test]
async fn calls_above_the_limit_are_refused_until_time_passes() {
    let limits = Limits::default().per_minute(3).per_day(5);
    let client = Client::with(Sandbox::builder().limits(limits)).await;
    // Calls without credentials don't count, failed calls of the account do.
    fetch(client.anonymous("GET", "/Customers"))
        .await
        .expect(401);
    client.get("/Customers").await.expect(200);
    client.get("/Nothing").await.expect(404);
    client.get("/Customers?page=0").await.expect(400);
    let refused = client.get("/Customers").await.expect(429);
    assert_eq!(
        refused.text(),
        r#"{"statusCode":429,"message":"more than 3 calls in a minute; try again in 60 seconds"}"#
    );
    client.check("customers_list", &refused);
    client.sandbox.advance(Duration::from_secs(59));
    client.get("/Customers").await.expect(429);
    client.sandbox.advance(Duration::from_secs(1));
    assert_eq!(client.sandbox.now(), "2026-07-01T08:01:00");
    client.get("/Customers").await.expect(200);
    client.get("/Customers").await.expect(200);
    let message = client.get("/Customers").await.expect(429).text();
    assert!(
        message.contains("more than 5 calls in a day; try again in 86340 seconds"),
        "{message}"
    );
}

#[tokio::test]
async fn a_refused_call_changes_nothing_and_time_can_be_set() {
    let client = Client::with(Sandbox::builder().limits(Limits::default().per_minute(1))).await;
    client.create("/Contacts", &serde_json::json!({})).await;
    client
        .post("/Contacts", &serde_json::json!({}))
        .await
        .expect(429);
    client.sandbox.set_time(std::time::SystemTime::UNIX_EPOCH);
    assert_eq!(client.sandbox.now(), "1970-01-01T00:00:00");
    assert_eq!(
        client.create("/Contacts", &serde_json::json!({})).await,
        102
    );
}

#[tokio::test]
async fn retry_after_is_sent_in_both_forms() {
    for (form, expected) in [
        (WaitHint::Absent, None),
        (WaitHint::Seconds, Some("60")),
        (WaitHint::Date, Some("Wed, 01 Jul 2026 08:01:00 GMT")),
    ] {
        let limits = Limits::default().per_minute(0).retry_after(form);
        let client = Client::with(Sandbox::builder().limits(limits)).await;
        let reply = client
            .request("GET", "/Customers")
            .send()
            .await
            .expect("a reply");
        let header = |name: &str| {
            Some(
                reply
                    .headers()
                    .get(name)?
                    .to_str()
                    .expect("text")
                    .to_owned(),
            )
        };
        assert_eq!(header("retry-after").as_deref(), expected);
        if form == WaitHint::Date {
            assert_eq!(
                header("date").as_deref(),
                Some("Wed, 01 Jul 2026 08:00:00 GMT")
            );
        }
    }
}

#[tokio::test]
async fn the_clock_can_run() {
    let client = Client::with(Sandbox::builder().running_clock()).await;
    client.create("/Contacts", &serde_json::json!({})).await;
    assert!(client.sandbox.now().as_str() >= "2026-07-01T08:00:01");
}
