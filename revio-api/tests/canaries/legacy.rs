//! The legacy client: its settings, its calls, and answers that hold more than is published.

use revio_api::legacy::{LegacyClient, LegacyClientBuilder};
use revio_api::{Credentials, Error};
use revio_test_server::{Server, reply};

use crate::canary::{CARD, CLIENT_CODE, KEY, NAME, PASSWORD, USER, assert_clean};
use crate::logs;
use crate::types::assert_prints_clean;

fn builder(endpoint: String) -> LegacyClientBuilder {
    LegacyClient::builder(Credentials::new(USER, CLIENT_CODE, PASSWORD))
        .impersonation_key(format!("{KEY:x<64}"))
        .header("X-Gateway", KEY)
        .endpoint(endpoint)
}

fn assert_clean_error(error: &Error) {
    assert_prints_clean(&[error]);
    assert_clean("Display", &error.to_string());
}

/// An answer with this in it and an echo of the request that differs from it.
fn answer(inside: &str) -> String {
    format!(
        r#"<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><Products_QueryResponse xmlns="http://api.myh2o.com/v20"><Products_QueryResult>{inside}<Debug><Request><Query>{NAME}</Query></Request></Debug></Products_QueryResult></Products_QueryResponse></Body></Envelope>"#
    )
}

#[test]
fn settings_let_nothing_out() {
    for endpoint in [
        format!("https://{USER}:{PASSWORD}@example.com/default.asmx"),
        format!("http://{CLIENT_CODE}.example.com"),
    ] {
        let builder = builder(endpoint);
        assert_prints_clean(&[&builder]);
        assert_clean_error(&builder.build().unwrap_err());
    }
}

#[tokio::test]
async fn calls_and_answers_let_nothing_out() {
    logs::keep();
    let fine = answer(&format!(
        "<Header><Success>true</Success></Header><Products><Product><ID>7</ID><Name>Seat</Name><Rate>1.00</Rate><Owner>{NAME}</Owner></Product></Products>"
    ));
    let refused = answer(&format!(
        "<Header><Success>false</Success><Error><Code>7</Code><Message>{NAME} has {CARD}</Message></Error></Header>"
    ));
    let fault = format!(
        r#"<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><Fault><faultcode>Server</faultcode><faultstring>{NAME}</faultstring></Fault></Body></Envelope>"#
    );
    let mut answered = 0;
    for (status, body) in [
        ("200 OK", fine.as_str()),
        ("200 OK", refused.as_str()),
        ("200 OK", NAME),
        ("400 Bad Request", NAME),
        ("500 Internal Server Error", fault.as_str()),
    ] {
        let body = body.to_owned();
        let server = Server::start(move |_| reply(status, &[], &body)).await;
        let client = builder(server.url()).build().expect("a client");
        let query = || client.products_query().state(NAME);
        assert_prints_clean(&[&client, &query()]);
        match query().await {
            Ok(found) => {
                answered += 1;
                assert!(!found.products[0].extras.is_empty());
                assert_prints_clean(&[&found, &found.products[0].extras]);
            }
            Err(error) => assert_clean_error(&error),
        }
        match query().self_check().await {
            Ok(check) => assert_prints_clean(&[&check, &check.differences]),
            Err(error) => assert_clean_error(&error),
        }
    }
    assert_eq!(answered, 1);
    let logged = logs::logged();
    assert!(logged.contains("revio.call"));
    assert_clean("the log", &logged);
}
