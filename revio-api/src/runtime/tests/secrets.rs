//! Planted secrets and personal data appear in nothing that is printed.

use std::error::Error as _;

use revio_test_server::{Server, ok, reply};

use super::{CREATE, LIST, client};
use crate::runtime::Parts;
use crate::runtime::redacted;
use crate::types::{Field, FileBody, Json, Patch};
use crate::{BaseUrl, Client, Credentials, Error};

fn assert_clean(what: &str, printed: &str) {
    // The last one is the planted credentials as Basic would encode them.
    for canary in ["planted", "Planted", "cGxhbnRlZ"] {
        assert!(!printed.contains(canary), "{what}: {printed}");
    }
}

fn assert_clean_error(error: &Error) {
    assert_clean("Display", &error.to_string());
    assert_clean("Debug", &format!("{error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        assert_clean("source", &format!("{cause} {cause:?}"));
        source = cause.source();
    }
}

#[tokio::test]
async fn clients_and_requests_print_no_secret() {
    let server = Server::start(|_| ok("{}")).await;
    let client = client(&server);
    let mut transport = client.transport();
    transport
        .options_mut()
        .filters
        .push(("search.name".to_owned(), "planted".to_owned()));
    assert_clean("client", &format!("{client:?} {client:#?}"));
    assert_clean("transport", &format!("{transport:?}"));
    assert!(format!("{transport:?}").contains("search.name"));
    let builder = Client::builder(Credentials::new("planted", "planted", "planted"))
        .subscription_key("planted")
        .base_url("https://planted:planted@example.com");
    assert_clean("builder", &format!("{builder:?}"));
    assert_clean(
        "base URL",
        &format!("{:?}", BaseUrl::from("https://u:planted@example.com")),
    );
    assert_clean_error(&builder.build().unwrap_err());
}

#[tokio::test]
async fn values_print_no_personal_data() {
    let email: Field<(), String> = Field::new("/email");
    let patch = Patch::new().replace(email, "planted").clear(email);
    assert_clean("patch", &format!("{patch:?}"));
    assert!(format!("{patch:?}").contains("/email"));
    let json: Json = r#"{"name":"planted"}"#.parse().unwrap();
    assert_eq!(format!("{json:?}"), "Json(<18 bytes>)");
    assert_clean(
        "json error",
        &format!("{:?}", json.decode::<i32>().unwrap_err()),
    );
    assert_clean(
        "file",
        &format!("{:?}", FileBody::new("planted".into(), None)),
    );
    assert_eq!(
        format!(
            "{:?} {:?}",
            redacted(&Some("planted")),
            redacted::<String>(&None)
        ),
        "Some(<redacted>) None"
    );
}

#[tokio::test]
async fn errors_print_neither_the_request_nor_the_reply() {
    let body = r#"{"ok":false,"message":"Planted Customer has card planted","records":[{"account_id":"planted"}]}"#;
    for status in [
        "200 OK",
        "400 Bad Request",
        "500 Internal Server Error",
        "302 Found",
    ] {
        let headers = [
            ("Location", "http://example.com/planted"),
            ("Retry-After", "planted"),
        ];
        let server = Server::start(move |_| reply(status, &headers, body)).await;
        let mut transport = client(&server).transport();
        transport
            .options_mut()
            .filters
            .push(("planted".to_owned(), "planted".to_owned()));
        let sent: Json = r#""planted""#.parse().unwrap();
        assert_clean_error(
            &transport
                .done(Parts::new(&CREATE).json(&sent))
                .await
                .unwrap_err(),
        );
    }
    for body in [
        r#"{"records":[{"account_id":"planted"}]}"#,
        r#"{"records":"planted, expected planted"}"#,
        r#"{"records":[{"account_id":1,"balance":"planted"}]}"#,
        "planted",
    ] {
        let server = Server::start(move |_| ok(body)).await;
        let error = client(&server)
            .transport()
            .json::<super::Accounts>(Parts::new(&LIST))
            .await
            .unwrap_err();
        assert!(error.is_decode());
        assert_clean_error(&error);
    }
}

#[tokio::test]
async fn a_failed_connection_prints_no_secret() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = Client::builder(Credentials::new(
        "planted-user",
        "planted-code",
        "planted-password",
    ))
    .base_url(format!("http://{unused}/planted"))
    .build()
    .unwrap();
    let error = client
        .transport()
        .json::<Json>(Parts::new(&LIST).query("q", "planted"))
        .await
        .unwrap_err();
    assert_clean_error(&error);
}
