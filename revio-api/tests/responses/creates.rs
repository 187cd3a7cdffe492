//! What became of a call that creates, by whatever its response says.

use std::sync::{Arc, Mutex};

use revio_api::ids::PaymentId;
use revio_api::journal::Journal;
use revio_api::prelude::*;
use revio_api::resources::notes::NoteCreate;
use revio_api::resources::payments::PaymentCreate;
use revio_api::{ErrorKind, Outcome};
use revio_test_server::{Action, Server};

use crate::{builder, client, json, marked};

type Script = Box<dyn Fn() -> Action + Send + Sync>;

fn script(
    status: &'static str,
    headers: &'static [(&str, &str)],
    body: impl Into<String>,
) -> Script {
    let body = body.into();
    Box::new(move || json(status, headers, &body))
}

fn created(body: &str) -> Script {
    script("201 Created", &[], body)
}

fn found(body: &str) -> Script {
    script("200 OK", &[], body)
}

const AT_77: &[(&str, &str)] = &[("Location", "/v1/Payments/77")];

fn payment() -> PaymentCreate {
    PaymentCreate::new()
        .customer_id(CustomerId(7))
        .amount("120.50".parse().unwrap())
}

/// A 201 whose body breaks off.
fn cut(location: &'static str) -> Script {
    Box::new(move || {
        let head =
            format!("HTTP/1.1 201 Created\r\n{location}Content-Length: 40\r\n\r\n{{\"ok\":tr");
        Action::SendAndClose(head.into_bytes())
    })
}

/// Responses that say which id was given.
fn with_id() -> Vec<(&'static str, Script)> {
    vec![
        ("id", created(r#"{"ok":true,"id":77}"#)),
        (
            "byte order mark",
            created(&marked(r#"{"ok":true,"id":77}"#)),
        ),
        ("own name", created(r#"{"payment_id":77}"#)),
        ("in an array", created(r#"[{"id":77}]"#)),
        ("text", created(r#""77""#)),
        ("bare number", created("77")),
        ("as text", created(r#"{"ok":"true","id":"77"}"#)),
        ("capitals", created(r#"{"Ok":true,"Id":77}"#)),
        ("twice", created(r#"{"ok":true,"id":77,"id":77}"#)),
        ("location, empty body", script("201 Created", AT_77, "")),
        (
            "location, HTML",
            script("201 Created", AT_77, "<html></html>"),
        ),
        (
            "location, id 0",
            script("201 Created", AT_77, r#"{"ok":true,"id":0}"#),
        ),
        ("location, cut", cut("Location: /v1/Payments/77\r\n")),
        ("200 with an id", found(r#"{"ok":true,"id":77}"#)),
        (
            "200 with a reason",
            found(r#"{"id":77,"reason":{"code":450,"text":"partial match"}}"#),
        ),
    ]
}

/// Responses by which the payment is recorded, under an id that can't be read.
fn without_id() -> Vec<(&'static str, Script)> {
    vec![
        ("empty", created("")),
        ("id 0", created(r#"{"ok":true,"id":0}"#)),
        ("id -1", created(r#"{"ok":true,"id":-1}"#)),
        ("no id", created(r#"{"ok":true}"#)),
        ("message", created(r#"{"message":"stored"}"#)),
        ("HTML", created("<html></html>")),
        ("two ids", created(r#"[{"id":77},{"id":78}]"#)),
        (
            "another resource",
            script("201 Created", &[("Location", "/v1/Bills/77")], ""),
        ),
        ("cut", cut("")),
        ("cut JSON", created(r#"{"ok":true,"id":7"#)),
    ]
}

/// Responses that prove nothing.
fn unknown() -> Vec<(&'static str, Script)> {
    vec![
        ("HTML", found("<html><title>Log in</title></html>")),
        ("no id", found(r#"{"ok":true}"#)),
        ("id 0", found(r#"{"ok":true,"id":0}"#)),
        ("message", found(r#"{"message":"queued"}"#)),
        ("empty", found("")),
        ("location", script("200 OK", AT_77, "<html></html>")),
        (
            "a remote call's id",
            found(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"declined"}}"#),
        ),
        (
            "an incident's id",
            found(r#"{"id":48213,"error":"Internal Server Error","status":500}"#),
        ),
        ("a bare number", found("503")),
        (
            "500 inside",
            found(r#"{"statusCode":500,"message":"broken"}"#),
        ),
        (
            "429 inside",
            found(r#"{"statusCode":429,"message":"slow down"}"#),
        ),
    ]
}

/// Responses that refuse.
fn rejected() -> Vec<(&'static str, Script)> {
    vec![
        (
            "ok false",
            found(r#"{"ok":false,"error":"DECLINED","message":"card declined"}"#),
        ),
        (
            "with a mark",
            found(&marked(r#"{"ok":false,"message":"card declined"}"#)),
        ),
        ("Ok false", found(r#"{"Ok":false,"Error":"card declined"}"#)),
        ("text", found(r#"{"ok":"false","message":"card declined"}"#)),
        ("0", found(r#"{"ok":0,"message":"card declined"}"#)),
        (
            "success",
            found(r#"{"success":false,"reasons":[{"code":1,"message":"card declined"}]}"#),
        ),
        ("201", created(r#"{"ok":false,"message":"card declined"}"#)),
        (
            "latin-1",
            Box::new(|| {
                let body = b"{\"ok\":false,\"message\":\"card declined\",\"name\":\"M\xfcller\"}";
                revio_test_server::reply("200 OK", &[], body)
            }),
        ),
        (
            "400",
            script(
                "400 Bad Request",
                &[],
                marked(r#"[{"ok":false,"message":"card declined"}]"#),
            ),
        ),
        (
            "400 inside",
            found(r#"{"statusCode":400,"message":"card declined"}"#),
        ),
    ]
}

/// What `payments().create(..)` says, what the journal keeps of it, and the id that the hook is told when nobody waits.
async fn outcome(answer: Script) -> (Result<PaymentId, (Outcome, ErrorKind)>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path().join("payments.jsonl")).unwrap();
    let server = Server::start(move |_| answer()).await;
    let client = builder(&server).journal(journal.clone()).build().unwrap();
    let result = client.payments().create(payment()).await;
    assert_eq!(server.captured().len(), 1, "sent once");
    let result = result
        .map(|created| created.id)
        .map_err(|error| (error.outcome(), error.kind()));
    (result, journal.unresolved().len())
}

#[tokio::test]
async fn an_id_is_found_in_every_form() {
    for (what, answer) in with_id() {
        assert_eq!(outcome(answer).await, (Ok(PaymentId(77)), 0), "{what}");
    }
}

#[tokio::test]
async fn a_201_without_an_id_was_executed() {
    for (what, answer) in without_id() {
        let (result, unresolved) = outcome(answer).await;
        let (outcome, _) = result.expect_err(what);
        assert_eq!((outcome, unresolved), (Outcome::Executed, 0), "{what}");
    }
}

#[tokio::test]
async fn any_other_success_that_cannot_be_read_is_unknown() {
    for (what, answer) in unknown() {
        let (result, unresolved) = outcome(answer).await;
        let (outcome, _) = result.expect_err(what);
        assert_eq!((outcome, unresolved), (Outcome::Unknown, 1), "{what}");
    }
}

#[tokio::test]
async fn a_refusal_is_recognised_in_every_spelling() {
    for (what, answer) in rejected() {
        let server = Server::start(move |_| answer()).await;
        let client = client(&server);
        let error = client.payments().create(payment()).await.unwrap_err();
        assert_eq!(
            (error.outcome(), error.kind()),
            (Outcome::Rejected, ErrorKind::Api),
            "{what}"
        );
        assert_eq!(error.api_message(), Some("card declined"), "{what}");
    }
}

#[tokio::test]
async fn creates_that_move_no_money_go_by_the_same_rules() {
    let note = || NoteCreate::new().body("called back");
    let server =
        Server::start(|_| json("201 Created", &[("Location", "/v1/Notes/1013")], "")).await;
    let created = client(&server).notes().create(note()).await.unwrap();
    assert_eq!((created.id, created.in_location), (NoteId(1013), None));

    let server = Server::start(|_| json("201 Created", &[], r#"{"ok":true}"#)).await;
    let request = client(&server).notes().create(note());
    let error = request.assume_idempotent().await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Executed, 1));
}

#[tokio::test]
async fn where_body_and_location_differ_the_body_wins_and_the_difference_is_reported() {
    // As in the vendor's own example.
    let server = Server::start(|_| {
        let location = [("Location", "https://restapi.rev.io/v1/Notes/1013")];
        json("201 Created", &location, r#"{"ok":true,"id":11027}"#)
    })
    .await;
    let created = client(&server)
        .notes()
        .create(NoteCreate::new().body("x"))
        .await
        .unwrap();
    assert_eq!(
        (created.id, created.in_location),
        (NoteId(11027), Some(NoteId(1013)))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_told_when_nobody_waits_hears_the_same() {
    let scripts = with_id().into_iter().map(|script| (script, Ok(Some(77))));
    let executed = without_id()
        .into_iter()
        .map(|script| (script, Err(Outcome::Executed)));
    let unknown = unknown()
        .into_iter()
        .map(|script| (script, Err(Outcome::Unknown)));
    for ((what, answer), expected) in scripts.chain(executed).chain(unknown) {
        let (send, mut told) = tokio::sync::mpsc::unbounded_channel();
        let arrived = Arc::new(tokio::sync::Notify::new());
        let (caller_gone, gate) = std::sync::mpsc::channel();
        let (seen, gate) = (Arc::clone(&arrived), Mutex::new(gate));
        let server = Server::start(move |_| {
            seen.notify_one();
            let () = gate.lock().unwrap().recv().unwrap();
            answer()
        });
        let server = server.await;
        let client = builder(&server)
            .on_detached(move |detached| {
                let result = detached.result().map_err(revio_api::Error::outcome);
                let _ = send.send(result.map(|_| detached.created_id()));
            })
            .build()
            .unwrap();
        let call = tokio::spawn(client.payments().create(payment()).into_future());
        arrived.notified().await;
        call.abort();
        assert!(call.await.is_err());
        caller_gone.send(()).unwrap();
        assert_eq!(told.recv().await, Some(expected), "{what}");
    }
}
