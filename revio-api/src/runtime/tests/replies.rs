//! What comes back.

use revio_test_server::{Action, Server, ok, reply};

use super::{Account, Accounts, CREATE, GET, LIST, transport};
use crate::runtime::Parts;
use crate::types::{Created, Json};
use crate::{Client, Credentials, Error, ErrorKind, Outcome};

async fn answering(answer: impl Fn() -> Action + Send + Sync + 'static) -> Server {
    Server::start(move |_| answer()).await
}

async fn list(server: &Server) -> Result<crate::Response<Accounts>, Error> {
    transport(server).json(Parts::new(&LIST)).await
}

#[tokio::test]
async fn a_created_record_comes_with_its_address() {
    let server = answering(|| {
        let headers = [
            ("Location", "https://restapi.rev.io/v1/Accounts/42"),
            ("X-Request-Id", "abc-1"),
        ];
        reply("201 Created", &headers, r#"{"ok":true,"id":42}"#)
    })
    .await;
    let reply = transport(&server)
        .json::<Created<i32>>(Parts::new(&CREATE).json(&()))
        .await
        .unwrap();
    assert_eq!((reply.value.id, reply.status()), (42, 201));
    assert_eq!(
        reply.location(),
        Some("https://restapi.rev.io/v1/Accounts/42")
    );
    assert_eq!(reply.request_id(), Some("abc-1"));
    assert!(
        !format!("{reply:?}").contains("Accounts/42"),
        "a location holds an id"
    );
}

#[tokio::test]
async fn done_takes_an_envelope_or_nothing_but_no_page_of_html() {
    for body in [r#"{"ok":true}"#, "", " \r\n", "{}", "null"] {
        let server = answering(move || ok(body)).await;
        transport(&server)
            .done(Parts::new(&CREATE).json(&()))
            .await
            .expect(body);
    }
    let server = answering(|| Action::Send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())).await;
    assert_eq!(
        transport(&server)
            .done(Parts::new(&CREATE).json(&()))
            .await
            .unwrap()
            .status(),
        204
    );

    let server = answering(|| ok("<html><title>Log in</title></html>")).await;
    let error = transport(&server)
        .done(Parts::new(&CREATE).json(&()))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Decode, Outcome::Unknown)
    );
}

#[tokio::test]
async fn not_ok_in_a_success_is_a_refusal_with_the_servers_words() {
    for body in [
        r#"{"ok":false,"message":"Account is closed"}"#,
        r#"{ "account_id": 5, "links": [{"ok": true}], "ok" : false, "error": "Account is closed" }"#,
        r#"[{"ok":false,"error":{"message":"Account is closed"}}]"#,
    ] {
        let server = answering(move || ok(body)).await;
        let transport = transport(&server);
        for error in [
            transport
                .json::<Json>(Parts::new(&CREATE).json(&()))
                .await
                .unwrap_err(),
            transport
                .done(Parts::new(&CREATE).json(&()))
                .await
                .unwrap_err(),
            transport.file(Parts::new(&LIST)).await.unwrap_err(),
        ] {
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Api, Outcome::Rejected),
                "{body}"
            );
            assert_eq!(
                (error.status(), error.api_message()),
                (Some(200), Some("Account is closed"))
            );
        }
    }
}

#[tokio::test]
async fn not_ok_anywhere_but_in_the_envelope_is_no_refusal() {
    for body in [
        r#"{"ok":true,"account_id":5,"nested":{"ok":false}}"#,
        r#"{"account_id":5,"note":"\"ok\":false"}"#,
        r#"{"account_id":5,"ok":null}"#,
    ] {
        let server = answering(move || ok(body)).await;
        let reply = transport(&server)
            .json::<Account>(Parts::new(&GET).path(&5).path("x"))
            .await;
        assert_eq!(reply.expect(body).value.account_id, 5);
    }
}

#[tokio::test]
async fn a_file_keeps_its_bytes_and_type() {
    let server = answering(|| {
        reply(
            "200 OK",
            &[("Content-Type", "application/pdf")],
            b"%PDF\x00\xff",
        )
    })
    .await;
    let file = transport(&server)
        .file(Parts::new(&LIST))
        .await
        .unwrap()
        .value;
    assert_eq!(&file.bytes[..], b"%PDF\x00\xff");
    assert_eq!(file.content_type.as_deref(), Some("application/pdf"));
    assert_eq!(server.only().header("accept"), ["*/*"]);
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_named_by_its_path() {
    for (body, path, detail) in [
        (
            r#"{"records":[{"account_id":1},{"balance":1}]}"#,
            Some("records[1].account_id"),
            "`account_id` is missing",
        ),
        (
            r#"{"records":[{"account_id":null}]}"#,
            Some("records[0].account_id"),
            "expected i32",
        ),
        (
            r#"{"records":[{"account_id":1,"balance":"Ann"}]}"#,
            Some("records[0].balance"),
            "a decimal number",
        ),
        (r#"{"records":7}"#, Some("records"), "expected a sequence"),
        (r#"{"records":[{"account_id":1}"#, None, "ends too early"),
        ("Ann was here", None, "malformed"),
        ("", None, "empty"),
    ] {
        let server = answering(move || ok(body)).await;
        let error = list(&server).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Decode, Outcome::Unknown),
            "{body}"
        );
        assert_eq!(error.field_path(), path, "{body}");
        assert_eq!(
            (error.status(), error.body()),
            (Some(200), Some(body.as_bytes()))
        );
        assert!(error.to_string().contains(detail), "{error}");
        assert!(!format!("{error} {error:?}").contains("Ann"), "{error:?}");
    }
}

#[tokio::test]
async fn a_reply_above_the_limit_is_not_read_on() {
    let limited = |server: &Server| {
        let credentials = Credentials::new("user", "code", "password");
        Client::builder(credentials)
            .base_url(server.url())
            .max_response_bytes(1000)
            .build()
            .unwrap()
            .transport()
    };
    let chunked = |size: usize| {
        let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
        for _ in 0..size / 100 {
            bytes.extend_from_slice(b"64\r\n");
            bytes.extend_from_slice(&[b' '; 100]);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
        Action::SendAndClose(bytes)
    };
    let announced = answering(|| ok(vec![b' '; 1001])).await;
    let streamed = answering(move || chunked(1100)).await;
    for server in [announced, streamed] {
        let error = limited(&server)
            .json::<Json>(Parts::new(&LIST))
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::TooLarge, Outcome::Unknown)
        );
        assert!(error.to_string().contains("1000 bytes"), "{error}");
    }
    let fits = answering(move || chunked(1000)).await;
    limited(&fits).file(Parts::new(&LIST)).await.unwrap();
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn the_limit_counts_what_a_compressed_reply_unfolds_to() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut bomb, &vec![b' '; 100_000]).unwrap();
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 1000, "{}", bomb.len());
    let server = answering(move || reply("200 OK", &[("Content-Encoding", "gzip")], &bomb)).await;
    let credentials = Credentials::new("user", "code", "password");
    let build = |limit| {
        let builder = Client::builder(credentials.clone()).base_url(server.url());
        builder
            .max_response_bytes(limit)
            .build()
            .unwrap()
            .transport()
    };
    let error = build(99_999).file(Parts::new(&LIST)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(
        build(100_000)
            .file(Parts::new(&LIST))
            .await
            .unwrap()
            .value
            .bytes
            .len(),
        100_000
    );
    assert_eq!(server.captured()[0].header("accept-encoding"), ["gzip"]);
}

/// A reader that went down one level of the stack for each level of the JSON would be ended by this.
#[tokio::test]
async fn depth_without_end_is_an_error_or_passed_over() {
    #[derive(Debug, serde::Deserialize)]
    struct Nested {
        #[serde(default)]
        #[expect(dead_code, reason = "read by its decoder only")]
        inner: Option<Box<Self>>,
    }
    let deep =
        |open: &str, close: &str| format!("{}null{}", open.repeat(200_000), close.repeat(200_000));
    let objects = deep(r#"{"inner":"#, "}");
    let server = answering(move || ok(&objects)).await;
    let error = transport(&server)
        .json::<Nested>(Parts::new(&LIST))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let json: Json = transport(&server)
        .json(Parts::new(&LIST))
        .await
        .unwrap()
        .value;
    assert!(json.decode::<Nested>().is_err());

    let unknown = format!(r#"{{"records":[],"new":{},"ok":false}}"#, deep("[", "]"));
    let server = answering(move || ok(&unknown)).await;
    let error = list(&server).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Api, Outcome::Rejected)
    );
    let arrays = deep("[", "]");
    let server = answering(move || reply("400 Bad Request", &[], &arrays)).await;
    let error = list(&server).await.unwrap_err();
    assert_eq!(
        (error.status(), error.outcome()),
        (Some(400), Outcome::Rejected)
    );
}
