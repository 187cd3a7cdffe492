//! What an error says, and what it takes from the reply.

use std::time::Duration;

use revio_test_server::{Server, reply};

use super::failures::create;

#[tokio::test]
async fn display_is_one_lower_case_sentence() {
    let server = Server::start(|_| reply("404 Not Found", &[("Request-Id", "r-1")], "gone")).await;
    let error = create(&server).await;
    assert_eq!(
        error.to_string(),
        "accounts_create: 404 from server: not found (request id r-1)"
    );
}

#[tokio::test]
async fn only_what_looks_like_a_request_id_is_one() {
    let long = "x".repeat(129);
    for (header, value, expected) in [
        ("X-Request-Id", "5f2b-7", Some("5f2b-7")),
        ("apim-request-id", "{A-1}", Some("{A-1}")),
        ("X-Request-Id", "Ann Smith", None),
        ("X-Request-Id", &long, None),
        ("X-Other", "5f2b-7", None),
    ] {
        let (header, value) = (header.to_owned(), value.to_owned());
        let server = Server::start(move |_| reply("404 Not Found", &[(&header, &value)], "")).await;
        assert_eq!(create(&server).await.request_id(), expected);
    }
}

#[tokio::test]
async fn the_servers_words_are_found_in_any_form() {
    for (body, message) in [
        (
            r#"{"ok":false,"message":"email is invalid"}"#,
            Some("email is invalid"),
        ),
        (
            r#"[{"ok":false,"error":"email is invalid"},{"Message":"and so is phone"}]"#,
            Some("email is invalid; and so is phone"),
        ),
        (
            r#"{"Error":{"ErrorMessage":"email is invalid"}}"#,
            Some("email is invalid"),
        ),
        (
            r#"{"errors":{"email":["email is invalid"],"phone":["too short"]}}"#,
            Some("email is invalid; too short"),
        ),
        (
            r#"{"statusCode":429,"message":"Rate limit is exceeded."}"#,
            Some("Rate limit is exceeded."),
        ),
        (r#""email is invalid""#, Some("email is invalid")),
        ("email\r\n  is invalid\0", Some("email is invalid")),
        (
            "<!DOCTYPE html><HTML><head><TITLE>502 - Web server</TITLE></head><body>x</body>",
            Some("502 - Web server"),
        ),
        (
            "<html><body><h1>Bad</h1><p>Gateway</p></body></html>",
            Some("Bad Gateway"),
        ),
        ("<", None),
        ("", None),
        ("{}", None),
        (r#"{"message":null,"ok":false}"#, None),
        ("[]", None),
    ] {
        let server = Server::start(move |_| reply("400 Bad Request", &[], body)).await;
        let error = create(&server).await;
        assert_eq!(error.api_message(), message, "{body}");
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn a_long_error_is_capped() {
    let server =
        Server::start(|_| reply("500 Internal Server Error", &[], "é".repeat(100_000))).await;
    let error = create(&server).await;
    assert_eq!(error.body().unwrap().len(), 64 * 1024);
    assert_eq!(error.api_message().unwrap().chars().count(), 500);
}

#[tokio::test]
async fn retry_after_is_read_in_both_forms() {
    let date = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
    for (headers, expected) in [
        (vec![("Retry-After", "17")], Some(17)),
        (
            vec![date, ("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT")],
            Some(30),
        ),
        (
            vec![date, ("Retry-After", "Sun, 06 Nov 1994 08:49:00 GMT")],
            Some(0),
        ),
        (vec![("Retry-After", "soon")], None),
        (vec![], None),
    ] {
        let server = Server::start(move |_| reply("429 Too Many Requests", &headers, "")).await;
        assert_eq!(
            create(&server).await.retry_after(),
            expected.map(Duration::from_secs)
        );
    }
}
