//! Raw requests over a real connection.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use proptest::prelude::*;
use revio_test_server::{Action, Server, ok, reply};

use crate::types::Json;
use crate::{Client, Credentials, Effect, ErrorKind, Method, Outcome, Quota, RetryPolicy};

const METHODS: [Method; 5] = [
    Method::Get,
    Method::Post,
    Method::Put,
    Method::Patch,
    Method::Delete,
];
const EFFECTS: [Effect; 4] = [
    Effect::Read,
    Effect::Idempotent,
    Effect::Unsafe,
    Effect::Money,
];

fn client(server: &Server) -> Client {
    Client::builder(Credentials::new("user", "code", "planted-password"))
        .subscription_key("key")
        .base_url(server.url())
        .quota(Quota::new().per_minute(100_000))
        .build()
        .unwrap()
}

#[test]
fn every_method_and_effect_has_its_operation() {
    for method in METHODS {
        for effect in EFFECTS {
            let operation = super::known(method, effect);
            assert_eq!((operation.method(), operation.effect()), (method, effect));
            assert_eq!((operation.id(), operation.path()), ("raw", "/{raw}"));
        }
    }
}

#[tokio::test]
async fn a_raw_call_is_sent_like_any_other() {
    let server = Server::start(|_| ok("{\"a\": 1.50}")).await;
    let request = client(&server)
        .raw(Method::Post, "/Reports/5/my result")
        .query("search.name", "a b&c")
        .query("search.name", 2)
        .json(&"x".parse::<i32>().ok());
    let reply = request.json_response::<Json>().await.unwrap();
    assert_eq!(reply.value.as_str(), "{\"a\": 1.50}");
    assert_eq!((reply.status(), reply.attempts()), (200, 1));
    let sent = server.only();
    assert_eq!(sent.method, "POST");
    assert_eq!(
        sent.target,
        "/v1/Reports/5/my%20result?search.name=a%20b%26c&search.name=2"
    );
    assert_eq!(sent.header("authorization").len(), 1);
    assert_eq!(sent.header("ocp-apim-subscription-key"), ["key"]);
    assert_eq!(sent.header("content-type"), ["application/json"]);
    assert_eq!(sent.text(), "null");
}

#[tokio::test]
async fn a_body_is_what_it_is_said_to_be_and_keeps_its_digits() {
    let server = Server::start(|_| ok("")).await;
    let body: Json = "[ 1.2300 ]".parse().unwrap();
    let request = client(&server).raw(Method::Patch, "Customers/7");
    request
        .json(&body)
        .content_type("application/json-patch+json")
        .empty_response()
        .await
        .unwrap();
    let sent = server.only();
    assert_eq!(sent.header("content-type"), ["application/json-patch+json"]);
    assert_eq!(sent.text(), "[ 1.2300 ]");
}

#[tokio::test]
async fn replies_can_be_text_or_bytes() {
    let server = Server::start(|sent| match sent.target.as_str() {
        "/v1/text" => reply("200 OK", &[("Content-Type", "text/csv")], "a,b\n"),
        _ => reply("200 OK", &[], b"\xff\x00"),
    })
    .await;
    let client = client(&server);
    let text = client
        .raw(Method::Get, "text")
        .text_response()
        .await
        .unwrap();
    assert_eq!(text.value, "a,b\n");
    let bytes = client
        .raw(Method::Get, "bytes")
        .file_response()
        .await
        .unwrap();
    assert_eq!(&bytes.value.bytes[..], b"\xff\x00");
    let error = client
        .raw(Method::Get, "bytes")
        .text_response()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("not UTF-8"), "{error}");
}

#[tokio::test]
async fn paths_that_lead_elsewhere_are_never_sent() {
    let server = Server::start(|_| ok("{}")).await;
    let client = client(&server);
    for path in [
        "",
        "/",
        "//planted.example/x",
        "///x",
        "https://planted.example/x",
        "planted:pass@host/x",
        "/planted@host/x",
        "planted:x",
        "a/../planted",
        "..",
        "./planted",
        "planted/",
        "planted//x",
        "planted?a=b",
        "planted#a",
        "planted\\x",
        "planted\r\nHost: x",
        "planted\0",
        "planted\u{85}",
        "planted/%2e%2e/x",
        "planted/{id}",
    ] {
        for method in [Method::Get, Method::Post] {
            let error = client.raw(method, path).empty_response().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request, "{path:?}");
            assert_eq!((error.outcome(), error.attempts()), (Outcome::NotSent, 0));
            let shown = format!("{error} {error:?} {:?}", error.source());
            assert!(
                shown.contains("raw") && !shown.contains("planted"),
                "{shown}"
            );
        }
    }
    assert!(server.captured().is_empty());
}

#[tokio::test]
async fn bodies_and_types_that_cannot_be_sent_are_errors() {
    let server = Server::start(|_| ok("{}")).await;
    let start = || client(&server).raw(Method::Post, "x");
    let no_json = BTreeMap::from([(vec![1], "planted")]);
    for request in [
        start().json(&no_json),
        start().json("x").content_type("planted\n"),
        start().content_type("text/plain"),
    ] {
        let error = request.empty_response().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(!format!("{error:?}").contains("planted"));
    }
    assert!(server.captured().is_empty());
}

#[tokio::test]
async fn the_effect_decides_what_is_sent_again() {
    for method in METHODS {
        for effect in [
            None,
            Some(Effect::Read),
            Some(Effect::Idempotent),
            Some(Effect::Unsafe),
            Some(Effect::Money),
        ] {
            let server = Server::start(|_| reply("503 Service Unavailable", &[], "")).await;
            let policy = RetryPolicy::new()
                .max_attempts(2)
                .base_delay(Duration::from_millis(1));
            let mut request = client(&server).raw(method, "x").with_retry(policy);
            if let Some(effect) = effect {
                request = request.effect(effect);
            }
            let error = request.empty_response().await.unwrap_err();
            let again = match effect {
                None => method == Method::Get,
                Some(effect) => matches!(effect, Effect::Read | Effect::Idempotent),
            };
            let sends = if again { 2 } else { 1 };
            assert_eq!(server.captured().len(), sends, "{method} {effect:?}");
            assert_eq!(error.attempts(), u32::try_from(sends).unwrap());
            let operation = error.operation().unwrap();
            assert_eq!(operation.id(), "raw");
            assert_eq!(operation.method(), method);
        }
    }
}

#[tokio::test]
async fn a_file_grows_on_the_disk_and_replaces_the_old_one_when_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.csv");
    std::fs::write(&path, "old").unwrap();
    let calls = AtomicUsize::new(0);
    let whole = "x".repeat(300_000);
    let body = whole.clone();
    let server = Server::start(move |_| {
        if calls.fetch_add(1, Ordering::Relaxed) == 0 {
            // Longer than what follows it, and cut off.
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n";
            return Action::SendAndClose((head.to_owned() + &"y".repeat(400_000)).into_bytes());
        }
        reply("200 OK", &[("Content-Type", "text/csv")], &body)
    })
    .await;
    let request = client(&server).raw(Method::Get, "Reports/5/result");
    let reply = request.save_to(&path, 1_000_000).await.unwrap();
    assert_eq!(reply.attempts(), 2);
    assert_eq!((&reply.value.path, reply.value.bytes), (&path, 300_000));
    assert_eq!(reply.value.content_type.as_deref(), Some("text/csv"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_file_may_be_longer_than_a_reply_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(|_| reply("200 OK", &[], "x".repeat(5000))).await;
    let client = Client::builder(Credentials::new("user", "code", "password"))
        .base_url(server.url())
        .max_response_bytes(100)
        .build()
        .unwrap();
    let start = || client.raw(Method::Get, "x");
    assert_eq!(
        start().file_response().await.unwrap_err().kind(),
        ErrorKind::TooLarge
    );
    let reply = start()
        .save_to(folder.path().join("a"), 5000)
        .await
        .unwrap();
    assert_eq!(reply.value.bytes, 5000);
}

#[tokio::test]
async fn a_failed_call_leaves_the_folder_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    std::fs::write(&path, "old").unwrap();
    let server = Server::start(|sent| match sent.target.as_str() {
        "/v1/announced" => reply("200 OK", &[], "x".repeat(11)),
        "/v1/unannounced" => Action::SendAndClose(b"HTTP/1.1 200 OK\r\n\r\n12345678901".to_vec()),
        "/v1/refused" => ok(r#"{"ok": false, "message": "no"}"#),
        _ => reply("404 Not Found", &[], "no"),
    })
    .await;
    for (target, limit, kind) in [
        ("announced", 10, ErrorKind::TooLarge),
        ("unannounced", 10, ErrorKind::TooLarge),
        ("refused", 1000, ErrorKind::Api),
        ("missing", 1000, ErrorKind::Api),
        ("..", 1000, ErrorKind::Request),
    ] {
        let request = client(&server).raw(Method::Get, target);
        let error = request.save_to(&path, limit).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{target}: {error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "{target}"
        );
    }
    assert_eq!(server.captured().len(), 4);
}

#[tokio::test]
async fn a_dropped_call_leaves_no_partial_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let server = Server::start(|_| Action::Hang).await;
    let saving = client(&server)
        .raw(Method::Get, "x")
        .save_to(path.clone(), 10);
    let saving = tokio::spawn(saving);
    while server.captured().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    saving.abort();
    assert!(saving.await.unwrap_err().is_cancelled());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_is_known_before_the_call() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(|_| ok("{}")).await;
    for path in [folder.path().join("no/such"), folder.path().to_owned()] {
        let request = client(&server).raw(Method::Post, "x");
        let error = request.save_to(path, 10).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::File);
        assert_eq!(error.outcome(), Outcome::NotSent);
    }
    assert!(server.captured().is_empty());
}

#[tokio::test]
async fn nothing_that_is_sent_is_shown() {
    let server = Server::start(|_| ok("{}")).await;
    let request = client(&server)
        .raw(Method::Post, "planted")
        .query("planted", "planted")
        .json("planted")
        .with_note("planted");
    let shown = format!("{request:?}");
    assert_eq!(shown, "RawRequest { method: Post, effect: Unsafe, .. }");
}

proptest! {
    /// Whatever the text, it is refused, or stays on this server, below this base, as that very path.
    #[test]
    fn no_path_leaves_the_base(path in "[a-c./:@?#%\\\\ \u{e4}\r\t{}-]{0,12}") {
        if let Ok(encoded) = crate::runtime::encode_path(&path) {
            let url = reqwest::Url::parse(&format!("https://restapi.rev.io/v1{encoded}")).unwrap();
            prop_assert_eq!(url.host_str(), Some("restapi.rev.io"));
            prop_assert_eq!(url.username(), "");
            prop_assert_eq!((url.query(), url.fragment()), (None, None));
            let expected = format!("/v1{encoded}");
            prop_assert_eq!(url.path(), expected.as_str());
            let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8().unwrap();
            prop_assert_eq!(decoded.trim_start_matches('/'), path.trim_start_matches('/'));
        }
    }
}
