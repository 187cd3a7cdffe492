//! What goes wrong, and whether the call may have happened.

use std::time::Duration;

use revio_test_server::{Action, Server, ok, reply};

use super::{Accounts, CREATE, LIST, client, transport};
use crate::runtime::Parts;
use crate::types::Json;
use crate::{Client, Credentials, Error, ErrorKind, Outcome};

pub(super) async fn create(server: &Server) -> Error {
    transport(server)
        .json::<Json>(Parts::new(&CREATE).json(&()))
        .await
        .unwrap_err()
}

#[tokio::test]
async fn a_status_decides_what_is_known() {
    for (status, outcome) in [
        ("400 Bad Request", Outcome::Rejected),
        ("401 Unauthorized", Outcome::Rejected),
        ("403 Forbidden", Outcome::Rejected),
        ("404 Not Found", Outcome::Rejected),
        ("405 Method Not Allowed", Outcome::Rejected),
        ("408 Request Timeout", Outcome::Unknown),
        ("429 Too Many Requests", Outcome::Unknown),
        ("500 Internal Server Error", Outcome::Unknown),
        ("502 Bad Gateway", Outcome::Unknown),
        ("503 Service Unavailable", Outcome::Unknown),
        ("504 Gateway Timeout", Outcome::Unknown),
        ("599 Odd", Outcome::Unknown),
    ] {
        let server = Server::start(move |_| reply(status, &[], r#"{"message":"no"}"#)).await;
        let error = create(&server).await;
        let code: u16 = status[..3].parse().unwrap();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Api, outcome),
            "{status}"
        );
        assert_eq!(
            (error.status(), error.api_message()),
            (Some(code), Some("no"))
        );
        assert_eq!(error.operation().unwrap().id(), "accounts_create");
        assert_eq!(error.is_not_found(), code == 404);
        assert_eq!(error.is_auth(), code == 401 || code == 403);
        assert_eq!(error.is_rate_limited(), code == 429);
        assert_eq!(server.captured().len(), 1, "{status}: sent once");
    }
}

#[tokio::test]
async fn a_redirect_is_refused_and_nothing_is_forwarded() {
    let elsewhere = Server::start(|_| ok(r#"{"ok":true}"#)).await;
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let target = elsewhere.url();
        let server = Server::start(move |_| reply(status, &[("Location", &target)], "")).await;
        let error = create(&server).await;
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Redirect, Outcome::Unknown),
            "{status}"
        );
        assert!(
            error.to_string().contains("redirects are refused"),
            "{error}"
        );
        let read = transport(&server)
            .json::<Accounts>(Parts::new(&LIST))
            .await
            .unwrap_err();
        assert_eq!(read.kind(), ErrorKind::Redirect);
    }
    assert!(elsewhere.captured().is_empty());
}

#[tokio::test]
async fn no_connection_means_not_sent() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = Client::builder(Credentials::new("user", "code", "password"))
        .base_url(format!("http://{unused}/v1"))
        .build()
        .unwrap();
    let error = client
        .transport()
        .done(Parts::new(&CREATE).json(&()))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Connect, Outcome::NotSent)
    );
    assert!(
        error
            .to_string()
            .starts_with("accounts_create: could not connect: "),
        "{error}"
    );
    assert!(std::error::Error::source(&error).is_some());
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_time_limit_while_connecting_means_not_sent() {
    // It takes the connection and never answers the TLS handshake.
    let silent = Server::start(|_| Action::Hang).await;
    let client = Client::builder(Credentials::new("user", "code", "password"))
        .base_url(silent.url().replace("http://", "https://"))
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let error = client
        .transport()
        .done(Parts::new(&CREATE).json(&()))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Connect, Outcome::NotSent),
        "{error}"
    );
    assert!(silent.captured().is_empty());
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[tokio::test]
async fn a_build_without_tls_says_so() {
    let client = Client::builder(Credentials::new("user", "code", "password"))
        .base_url("https://127.0.0.1:9/v1")
        .build()
        .unwrap();
    let error = client
        .transport()
        .done(Parts::new(&CREATE).json(&()))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Connect, Outcome::NotSent)
    );
    assert!(
        error
            .to_string()
            .contains("enable the cargo feature `rustls`"),
        "{error}"
    );
}

#[tokio::test]
async fn what_happens_after_sending_is_unknown() {
    let partial = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"ok\":true".to_vec();
    let broken_gzip =
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope".to_vec();
    for (answer, kind) in [
        (Vec::new(), ErrorKind::Transport),
        (b"HTTP/1.1 20".to_vec(), ErrorKind::Transport),
        (b"not http at all\r\n\r\n".to_vec(), ErrorKind::Transport),
        (partial, ErrorKind::Transport),
        (
            broken_gzip,
            if cfg!(feature = "gzip") {
                ErrorKind::Transport
            } else {
                ErrorKind::Decode
            },
        ),
    ] {
        let server = Server::start(move |_| Action::SendAndClose(answer.clone())).await;
        let error = create(&server).await;
        assert_eq!(
            (error.kind(), error.outcome()),
            (kind, Outcome::Unknown),
            "{error:?}"
        );
        assert_eq!(server.captured().len(), 1, "sent once: {error:?}");
    }
}

#[tokio::test]
async fn a_time_limit_leaves_the_outcome_unknown() {
    let silent = Server::start(|_| Action::Hang).await;
    let mut transport = client(&silent).transport();
    transport.options_mut().timeout = Some(Duration::from_millis(50));
    let error = transport
        .done(Parts::new(&CREATE).json(&()))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome(), error.is_timeout()),
        (ErrorKind::Timeout, Outcome::Unknown, true)
    );

    let slow =
        Server::start(|_| Action::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{".to_vec()))
            .await;
    let mut transport = client(&slow).transport();
    transport.options_mut().timeout = Some(Duration::from_millis(50));
    let error = transport
        .done(Parts::new(&CREATE).json(&()))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome(), error.status()),
        (ErrorKind::Timeout, Outcome::Unknown, Some(200))
    );

    transport.options_mut().timeout = Some(Duration::ZERO);
    let error = transport
        .done(Parts::new(&CREATE).json(&()))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Request, Outcome::NotSent)
    );
}

#[test]
fn an_error_is_small_and_can_be_sent_anywhere() {
    fn sendable<T: Send + Sync + Clone + 'static>() {}
    fn movable<T: Send + Sync + 'static>() {}
    assert_eq!(size_of::<Error>(), 8);
    movable::<Error>();
    sendable::<Client>();
    sendable::<Credentials>();
}
