//! What servers and gateways of this kind send in place of a proper response, byte for byte, for every way of calling.

mod changes;
mod corruption;
mod creates;
mod lists;
#[path = "../support/skipping_clock.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod support;

use std::sync::Arc;

use revio_api::{Client, ClientBuilder, Credentials};
use revio_test_server::{Action, Server, reply};

use self::support::SkippingClock;

/// A client for which waiting takes no time.
pub(crate) fn builder(server: &Server) -> ClientBuilder {
    Client::builder(Credentials::new("user", "code", "password"))
        .base_url(server.url())
        .clock(Arc::new(SkippingClock::default()))
        .quota(revio_api::Quota::new().per_minute(100_000))
}

pub(crate) fn client(server: &Server) -> Client {
    builder(server).build().expect("a client")
}

/// A response with this status, these headers and this JSON.
pub(crate) fn json(status: &str, headers: &[(&str, &str)], body: &str) -> Action {
    let mut all = vec![("Content-Type", "application/json; charset=utf-8")];
    all.extend(headers);
    reply(status, &all, body)
}

/// A byte order mark in front.
pub(crate) fn marked(text: &str) -> String {
    format!("\u{feff}{text}")
}
