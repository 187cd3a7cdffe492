//! What is sent again, and how often.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use revio_test_server::{Action, Server, ok, reply};

use super::{CREATE, GET, LIST, PATCH, REPLACE, builder};
use crate::operation::Operation;
use crate::runtime::Parts;
use crate::support::SkippingClock;
use crate::{Client, Credentials, Error, ErrorKind, Outcome, Random, Response, RetryPolicy};

/// The longest delay each time.
#[derive(Debug)]
struct Longest;

impl Random for Longest {
    fn unit(&self) -> f64 {
        1.0
    }
}

pub(super) fn client(server: &Server, clock: &SkippingClock) -> Client {
    builder(server)
        .clock(Arc::new(clock.clone()))
        .random(Arc::new(Longest))
        .build()
        .unwrap()
}

pub(super) fn parts(operation: &'static Operation) -> Parts {
    let parts = Parts::new(operation);
    let parts = match operation.path().matches('{').count() {
        0 => parts,
        1 => parts.path(&1),
        _ => parts.path(&1).path(&2),
    };
    match operation.request_content_type() {
        Some(_) => parts.json(&()),
        None => parts,
    }
}

pub(super) async fn call(
    client: &Client,
    operation: &'static Operation,
) -> Result<Response<()>, Error> {
    client.transport().done(parts(operation)).await
}

/// A server that answers by the number of the request, counted from zero.
pub(super) async fn server(script: impl Fn(usize) -> Action + Send + Sync + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_| script(count.fetch_add(1, Ordering::Relaxed))).await
}

pub(super) fn busy(retry_after: &str) -> Action {
    reply("429 Too Many Requests", &[("Retry-After", retry_after)], "")
}

#[tokio::test]
async fn the_effect_decides_what_a_status_allows() {
    // Sends to a read, an idempotent, an unsafe and a money operation, with at most three attempts.
    for (status, sends) in [
        ("400 Bad Request", [1, 1, 1, 1]),
        ("401 Unauthorized", [1, 1, 1, 1]),
        ("404 Not Found", [1, 1, 1, 1]),
        ("408 Request Timeout", [3, 3, 1, 1]),
        ("409 Conflict", [1, 1, 1, 1]),
        ("425 Too Early", [1, 1, 1, 1]),
        ("429 Too Many Requests", [3, 3, 1, 1]),
        ("500 Internal Server Error", [3, 1, 1, 1]),
        ("501 Not Implemented", [1, 1, 1, 1]),
        ("502 Bad Gateway", [3, 3, 1, 1]),
        ("503 Service Unavailable", [3, 3, 1, 1]),
        ("504 Gateway Timeout", [3, 3, 1, 1]),
        ("302 Found", [1, 1, 1, 1]),
    ] {
        for (operation, sends) in [&LIST, &REPLACE, &PATCH, &CREATE].into_iter().zip(sends) {
            let server = server(move |_| reply(status, &[], "")).await;
            let clock = SkippingClock::default();
            let client = builder(&server)
                .clock(Arc::new(clock.clone()))
                .retry(RetryPolicy::new().max_attempts(3))
                .build()
                .unwrap();
            let error = call(&client, operation).await.unwrap_err();
            let name = format!("{status} {operation}");
            assert_eq!(server.captured().len(), sends, "{name}");
            assert_eq!(error.attempts() as usize, sends, "{name}");
            assert_eq!(clock.slept().len(), sends - 1, "{name}");
        }
    }
}

#[tokio::test]
async fn a_broken_reply_is_asked_for_again_only_if_that_is_harmless() {
    let cut_off = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"ok\":true";
    for broken in [b"".as_slice(), b"HTTP/1.1 2", cut_off] {
        for (operation, sends) in [(&GET, 2), (&REPLACE, 2), (&PATCH, 1), (&CREATE, 1)] {
            let server = server(move |number| match number {
                0 => Action::SendAndClose(broken.to_vec()),
                _ => ok(r#"{"ok":true}"#),
            })
            .await;
            let result = call(&client(&server, &SkippingClock::default()), operation).await;
            assert_eq!(server.captured().len(), sends, "{operation}");
            match result {
                Ok(reply) => assert_eq!(reply.attempts() as usize, sends),
                Err(error) => {
                    assert_eq!(
                        (error.outcome(), error.attempts()),
                        (Outcome::Unknown, 1),
                        "{operation}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn a_caller_can_vouch_for_an_unsafe_call_but_not_for_money() {
    for (operation, sends) in [(&PATCH, 5), (&CREATE, 1)] {
        let server = server(|_| reply("503 Service Unavailable", &[], "")).await;
        let mut transport = client(&server, &SkippingClock::default()).transport();
        transport.options_mut().idempotent = true;
        let error = transport.done(parts(operation)).await.unwrap_err();
        assert_eq!(error.attempts(), sends, "{operation}");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
}

#[tokio::test]
async fn a_single_request_can_have_a_policy_of_its_own() {
    let server = server(|_| reply("503 Service Unavailable", &[], "")).await;
    let mut transport = client(&server, &SkippingClock::default()).transport();
    for (policy, sends) in [
        (RetryPolicy::never(), 1),
        (RetryPolicy::new().max_attempts(0), 1),
        (RetryPolicy::new().max_attempts(2), 2),
    ] {
        transport.options_mut().retry = Some(policy);
        let error = transport.done(parts(&LIST)).await.unwrap_err();
        assert_eq!(error.attempts(), sends);
    }
    assert_eq!(server.captured().len(), 4);
}

#[tokio::test]
async fn money_is_not_sent_again_after_a_429_and_the_quota_closes_all_the_same() {
    for (operation, outcome) in [(&PATCH, Outcome::Rejected), (&CREATE, Outcome::Unknown)] {
        let server = server(|_| busy("3")).await;
        let clock = SkippingClock::default();
        let client = client(&server, &clock);
        let error = call(&client, operation).await.unwrap_err();
        assert_eq!((error.attempts(), error.outcome()), (1, outcome));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
        assert_eq!(server.captured().len(), 1);
        let closed = client.quota().remaining().closed_for.unwrap();
        assert!(closed > Duration::from_secs(2), "{closed:?}");
    }
}

#[tokio::test]
async fn an_outage_is_not_made_worse() {
    let server = server(|number| match number {
        // Calls that work earn nothing beyond a full budget.
        0..100 => ok("{}"),
        _ => reply("503 Service Unavailable", &[], ""),
    })
    .await;
    let client = client(&server, &SkippingClock::default());
    for _ in 0..100 {
        call(&client, &LIST).await.unwrap();
    }
    for number in 0..50 {
        let error = call(&client.clone(), &LIST).await.unwrap_err();
        assert_eq!(error.attempts() > 1, number < 9, "{number}");
    }
    assert_eq!(server.captured().len(), 100 + 50 + 35);
}

#[tokio::test]
async fn a_failed_connection_is_tried_again_for_every_effect() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = unused.local_addr().unwrap();
    drop(unused);
    for operation in [&LIST, &REPLACE, &PATCH, &CREATE] {
        let clock = SkippingClock::default();
        let client = Client::builder(Credentials::new("user", "code", "password"))
            .base_url(format!("http://{address}/v1"))
            .clock(Arc::new(clock.clone()))
            .build()
            .unwrap();
        let error = call(&client, operation).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.attempts()),
            (ErrorKind::Connect, Outcome::NotSent, 5),
            "{operation}"
        );
        assert_eq!(clock.slept().len(), 4);
    }
}

#[tokio::test]
async fn an_error_answers_for_all_attempts() {
    for (first, second, outcome) in [
        ("503 Service Unavailable", "404 Not Found", Outcome::Unknown),
        ("429 Too Many Requests", "404 Not Found", Outcome::Rejected),
        ("408 Request Timeout", "400 Bad Request", Outcome::Unknown),
    ] {
        let server =
            server(move |number| reply(if number == 0 { first } else { second }, &[], "")).await;
        let error = call(&client(&server, &SkippingClock::default()), &REPLACE)
            .await
            .unwrap_err();
        assert_eq!(
            (error.outcome(), error.attempts()),
            (outcome, 2),
            "{first}, {second}"
        );
        assert_eq!(error.status(), second[..3].parse().ok());
    }
}

#[tokio::test]
async fn a_hook_sees_each_attempt() {
    let server = server(|number| match number {
        0 => reply("503 Service Unavailable", &[], ""),
        _ => ok("{}"),
    })
    .await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let client = builder(&server)
        .clock(Arc::new(SkippingClock::default()))
        .random(Arc::new(Longest))
        .on_attempt(move |attempt| log.lock().unwrap().push(*attempt))
        .build()
        .unwrap();
    call(&client, &LIST).await.unwrap();
    let seen = seen.lock().unwrap();
    let [first, second] = &seen[..] else {
        panic!("{seen:?}")
    };
    assert_eq!((first.operation, first.number), (&LIST, 1));
    assert_eq!(
        (first.status, first.kind),
        (Some(503), Some(ErrorKind::Api))
    );
    assert_eq!(first.outcome, Some(Outcome::Unknown));
    assert_eq!(first.again_after, Some(Duration::from_millis(50)));
    assert_eq!((second.number, second.status), (2, Some(200)));
    assert_eq!(
        (second.kind, second.outcome, second.again_after),
        (None, None, None)
    );
}
