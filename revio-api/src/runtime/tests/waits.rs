//! How long it is waited, and for what.

use std::sync::Arc;
use std::time::Duration;

use revio_test_server::{ok, reply};

use super::retries::{busy, call, client, parts, server};
use super::{CREATE, LIST, REPLACE, builder};
use crate::support::SkippingClock;
use crate::{ErrorKind, Outcome, Quota, RetryPolicy};

#[tokio::test]
async fn delays_double() {
    let server = server(|number| match number {
        0..4 => reply("503 Service Unavailable", &[], ""),
        _ => ok("{}"),
    })
    .await;
    let clock = SkippingClock::default();
    let reply = call(&client(&server, &clock), &LIST).await.unwrap();
    assert_eq!((reply.attempts(), reply.waited()), (5, Duration::ZERO));
    assert_eq!(
        clock.slept(),
        [50, 100, 200, 400].map(Duration::from_millis)
    );
}

#[tokio::test]
async fn a_server_that_asks_for_time_gets_it_from_everyone() {
    let server = server(|number| match number {
        0 => busy("7"),
        _ => ok("{}"),
    })
    .await;
    let client = client(&server, &SkippingClock::default());
    let mut transport = client.transport();
    transport.options_mut().retry = Some(RetryPolicy::never());
    let error = transport.done(parts(&LIST)).await.unwrap_err();
    assert!(error.is_rate_limited());
    // Another call of the same client stands in line until the time is up.
    let reply = call(&client.clone(), &LIST).await.unwrap();
    assert!(reply.waited() > Duration::from_secs(6));
    assert_eq!((reply.attempts(), server.captured().len()), (1, 2));
}

#[tokio::test]
async fn both_forms_of_retry_after_hold() {
    // A date of the server's, whose clock is years behind, is taken relative to the server's own time.
    let date = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    for (headers, seconds) in [
        (vec![("Retry-After", "17")], 17),
        (vec![("Retry-After", " 17 ")], 17),
        (
            vec![date, ("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT")],
            30,
        ),
        (
            vec![date, ("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT")],
            1,
        ),
        (vec![("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT")], 1),
        (vec![("Retry-After", "0")], 1),
        (vec![("Retry-After", "-5")], 1),
        (vec![("Retry-After", "soon")], 1),
        (vec![("Retry-After", "")], 1),
        (vec![], 1),
    ] {
        let name = format!("{headers:?}");
        let server = server(move |number| match number {
            0 => reply("429 Too Many Requests", &headers, ""),
            _ => ok("{}"),
        })
        .await;
        let clock = SkippingClock::default();
        call(&client(&server, &clock), &LIST).await.unwrap();
        assert_eq!(clock.slept()[0], Duration::from_secs(seconds), "{name}");
    }
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let max = u64::MAX.to_string();
    for (asked, seconds) in [("121", 121), ("86400", 86_400), (max.as_str(), u64::MAX)] {
        let value = asked.to_owned();
        let server = server(move |_| busy(&value)).await;
        let clock = SkippingClock::default();
        let client = client(&server, &clock);
        let error = call(&client, &LIST).await.unwrap_err();
        assert!(error.is_rate_limited());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        assert_eq!((error.attempts(), error.outcome()), (1, Outcome::Rejected));
        assert_eq!(clock.slept(), []);
        // The next one isn't even sent.
        let error = call(&client, &LIST).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.attempts()),
            (ErrorKind::Quota, Outcome::NotSent, 0)
        );
        assert!(error.is_rate_limited() && error.status().is_none());
        assert!(error.retry_after() > Some(Duration::from_secs(120)));
        assert_eq!(server.captured().len(), 1);
    }
}

#[tokio::test]
async fn a_deadline_holds_whatever_is_in_it() {
    let server = server(|_| reply("503 Service Unavailable", &[("Retry-After", "3")], "")).await;
    let clock = SkippingClock::default();
    let policy = RetryPolicy::new()
        .max_attempts(100)
        .deadline(Duration::from_secs(10));
    let client = builder(&server)
        .clock(Arc::new(clock.clone()))
        .retry(policy)
        .build()
        .unwrap();
    let error = call(&client, &LIST).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(503), 4));
    assert_eq!(clock.slept(), [Duration::from_secs(3); 3]);
    // An idempotent write is not begun with less than half of the time left.
    let error = call(&client, &REPLACE).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(503), 2));
}

#[tokio::test]
async fn a_call_whose_turn_does_not_come_in_time_is_not_sent() {
    let server = server(|_| ok("{}")).await;
    let client = builder(&server)
        .quota(Quota::new().per_minute(1))
        .clock(Arc::new(SkippingClock::default()))
        .build()
        .unwrap();
    let reply = call(&client, &LIST).await.unwrap();
    assert!(reply.waited().is_zero());
    let mut transport = client.transport();
    transport.options_mut().retry = Some(RetryPolicy::new().deadline(Duration::from_secs(30)));
    let error = transport.done(parts(&CREATE)).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome(), error.attempts()),
        (ErrorKind::Quota, Outcome::NotSent, 0)
    );
    let free_in = error.retry_after().unwrap();
    assert!(free_in > Duration::from_secs(59), "{free_in:?}");
    assert_eq!(
        error.to_string(),
        "accounts_create: the quota has no call free within the time limit"
    );
    // With the usual deadline of two minutes its turn comes.
    let reply = call(&client, &CREATE).await.unwrap();
    assert!(reply.waited() > Duration::from_secs(59));
}
