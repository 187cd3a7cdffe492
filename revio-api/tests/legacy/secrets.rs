//! Secrets and personal data that are planted everywhere, and appear in nothing that can be printed.

use std::error::Error as _;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use revio_api::legacy::{LegacyAuth, LegacyClient, ProductCustomField};
use revio_api::{Credentials, Error, RetryPolicy};
use revio_test_server::{Server, reply};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::soap::{ok, result, success};

const SECRETS: [&str; 7] = [
    "canary_user",
    "canary_code",
    "canary-password-91",
    "canary-session-key",
    "canary-gateway-key",
    "iiiiiiiiiiiiiiii",
    "Canary Zephyrine",
];

/// Those that not even the words of the service may bring to a caller.
const LOGIN: [&str; 3] = [
    "canary-password-91",
    "canary-session-key",
    "iiiiiiiiiiiiiiii",
];

static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

#[derive(Clone, Copy)]
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOGGED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}

fn assert_clean(place: &str, text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{place} lets out {secret}: {text}");
    }
}

fn assert_clean_error(error: &Error) {
    assert_clean("an error", &format!("{error} {error:?} {error:#?}"));
    let mut source = error.source();
    while let Some(cause) = source {
        assert_clean("a cause", &format!("{cause} {cause:?}"));
        source = cause.source();
    }
    let said = format!(
        "{:?} {:?} {}",
        error.api_message(),
        error.api_code(),
        String::from_utf8_lossy(error.body().unwrap_or_default())
    );
    for secret in LOGIN {
        assert!(
            !said.contains(secret),
            "the service's words let out {secret}: {said}"
        );
    }
}

async fn make_calls(client: &LegacyClient) {
    let name = "Canary Zephyrine";
    let field = ProductCustomField::new().field_id(1).value(name);
    assert_clean("a part", &format!("{field:?} {field:#?}"));
    let query = client
        .products_query()
        .state(name)
        .attribute_key("k")
        .attribute_value(name);
    let create = client
        .products_create(1, 2)
        .description(name)
        .state(name)
        .fields([field]);
    let update = client.customer_products_update(9).description(name);
    assert_clean("requests", &format!("{query:?} {create:?} {update:?}"));
    match query.clone().await {
        Ok(found) => {
            assert_clean(
                "a response",
                &format!("{:?} {:?}", found.header, found.debug),
            );
            assert_clean("an echo", &format!("{:?}", found.extras));
            let echo = found
                .debug
                .and_then(|debug| debug.request)
                .unwrap_or_default();
            for secret in LOGIN {
                assert!(!echo.contains(secret), "an echo lets out {secret}: {echo}");
            }
        }
        Err(error) => assert_clean_error(&error),
    }
    for error in [
        query.self_check().await.err(),
        create.await.err(),
        update.await.err(),
        client.products_query().zip(name).await.err(),
    ]
    .into_iter()
    .flatten()
    {
        assert_clean_error(&error);
    }
}

#[tokio::test]
async fn nothing_is_let_out() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(Log)
        .init();
    let login = "<Credentials><Username>canary_user</Username><Password>canary-password-91</Password>\
                 <ImpersonationKey>iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii</ImpersonationKey></Credentials>\
                 <Session><SessionKey a=\"b\">canary-session-key</SessionKey><SessionKey_Encoded>canary-session-key</SessionKey_Encoded></Session>";
    let escaped = login.replace('<', "&lt;").replace('>', "&gt;");
    let header = |success: &str| {
        format!(
            "<Header><Success>{success}</Success><SessionKey>canary-session-key</SessionKey>\
             <Error_Code>S1000</Error_Code><Error_Description>Canary Zephyrine canary-password-91</Error_Description></Header>"
        )
    };
    for (status, inside) in [
        (
            "200 OK",
            format!(
                "{}<Debug><Request>{login}</Request></Debug>",
                header("true")
            ),
        ),
        (
            "200 OK",
            format!(
                "{}<Debug><Request>{escaped}</Request></Debug>",
                header("true")
            ),
        ),
        (
            "200 OK",
            format!(
                "{}<Debug><Request>canary-password-91 &lt;oops</Request></Debug>",
                header("true")
            ),
        ),
        ("200 OK", format!("{}{login}", header("true"))),
        (
            "200 OK",
            format!(
                "{}<P><ID>Canary Zephyrine</ID><Rate>canary-password-91</Rate></P>",
                header("true")
            ),
        ),
        (
            "200 OK",
            format!(
                "{}<Debug><Request>{escaped}</Request></Debug>",
                header("false")
            ),
        ),
        ("200 OK", format!("{}<{login}", header("true"))),
        (
            "500 Internal Server Error",
            format!("{login} Canary Zephyrine"),
        ),
        ("404 Not Found", escaped.clone()),
    ] {
        for auth in [LegacyAuth::Credentials, LegacyAuth::Session] {
            let inside = inside.clone();
            let server = Server::start(move |request| {
                if request.text().contains("<Sessions_Create ") {
                    return ok(success(
                        "Sessions_Create",
                        "<SessionKey>canary-session-key</SessionKey>",
                    ));
                }
                let names = [
                    "Products_Query",
                    "Products_Create",
                    "CustomerProducts_Update",
                ];
                let name = names
                    .into_iter()
                    .find(|name| request.text().contains(&format!("<{name} ")))
                    .unwrap();
                reply(
                    status,
                    &[("X-Request-Id", "Canary Zephyrine")],
                    result(name, &inside),
                )
            })
            .await;
            let builder = LegacyClient::builder(Credentials::new(
                "canary_user",
                "canary_code",
                "canary-password-91",
            ))
            .endpoint(server.url())
            .impersonation_key("i".repeat(64))
            .header("Ocp-Apim-Subscription-Key", "canary-gateway-key")
            .auth(auth)
            .debug(true)
            .retry(RetryPolicy::never())
            .on_attempt(|attempt| assert_clean("a hook", &format!("{attempt:?}")));
            assert_clean("the builder", &format!("{builder:?} {builder:#?}"));
            let client = builder.build().unwrap();
            assert_clean("the client", &format!("{client:?} {client:#?}"));
            make_calls(&client).await;
        }
    }
    let logged = String::from_utf8_lossy(&LOGGED.lock().unwrap_or_else(PoisonError::into_inner))
        .into_owned();
    for line in [
        "legacy_products_query",
        "legacy_sessions",
        "outcome=Rejected",
        "fields should be set",
    ] {
        assert!(logged.contains(line), "{line} isn't logged");
    }
    assert_clean("the log", &logged);
}
