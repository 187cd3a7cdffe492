//! Envelopes, and a client for the server that answers with them.

use std::sync::Arc;

use revio_api::legacy::{LegacyClient, LegacyClientBuilder};
use revio_api::{Credentials, Quota};
use revio_test_server::{Action, Request, Server, reply};

use crate::support::SkippingClock;

pub(crate) const NAMESPACE: &str = "http://api.myh2o.com/v20";

pub(crate) const SUCCESS: &str = "<Header><Success>true</Success></Header>";

pub(crate) fn credentials() -> Credentials {
    Credentials::new("user", "code", "pass")
}

pub(crate) fn builder(server: &Server) -> LegacyClientBuilder {
    LegacyClient::builder(credentials())
        .endpoint(server.url())
        .clock(Arc::new(SkippingClock::default()))
        // Tests that try many values would wait for the next minute.
        .quota(Quota::new().per_minute(100_000))
}

pub(crate) fn client(server: &Server) -> LegacyClient {
    builder(server).build().expect("a client")
}

/// An answer of an operation with this inside its result element.
pub(crate) fn result(operation: &str, inside: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><{operation}Response xmlns="{NAMESPACE}"><{operation}Result>{inside}</{operation}Result></{operation}Response></soap:Body></soap:Envelope>"#
    )
}

/// An answer to a call that was carried out.
pub(crate) fn success(operation: &str, payload: &str) -> String {
    result(operation, &format!("{SUCCESS}{payload}"))
}

pub(crate) fn ok(xml: impl AsRef<[u8]>) -> Action {
    reply(
        "200 OK",
        &[("Content-Type", "text/xml; charset=utf-8")],
        xml,
    )
}

/// A server that answers everything with this.
pub(crate) async fn answering(xml: String) -> Server {
    Server::start(move |_| ok(&xml)).await
}

/// What a request has between the preamble and the end.
pub(crate) fn own_fields(request: &Request) -> String {
    let body = request.text();
    let (_, rest) = body.split_once("</Credentials>").expect("credentials");
    rest.split_once("</Request>").expect("an end").0.to_owned()
}
