//! The control plane: what a person or a test does to the sandbox itself, under `/__sandbox/`.
//!
//! It needs no account. It is as reachable as the sandbox is, from loopback only, and refuses what
//! a browser sends on behalf of other sites.

mod faults;
mod guard;
mod log;
mod soap;
mod state;
mod webhooks;

use axum::body::{Body, to_bytes};
use axum::http::Response;
use axum::http::request::Parts;
use serde::Serialize;
use serde_json::{Value, json};

use crate::failure::{ErrorStyle, Failure};
use crate::faults::Fault;
use crate::http::Server;
use crate::report::Report;
use crate::response::{Content, http_response};
use crate::schema::Operation;

/// Where it is.
const PREFIX: &str = "/__sandbox";

/// Bodies above this are refused; a snapshot may be large.
const MAX_BODY: usize = 256 << 20;

/// What there is, for the one who asks at the root.
const ENDPOINTS: [(&str, &str, &str); 18] = [
    ("GET", "/account", "the made-up account that may call"),
    (
        "GET",
        "/log",
        "the latest requests, oldest first; headers with secrets and bodies are left out",
    ),
    ("DELETE", "/log", "forget the requests"),
    (
        "GET",
        "/report",
        "attempt report: what arrived, how often, what was executed",
    ),
    ("GET", "/faults", "the fault rules in force"),
    ("PUT", "/faults", "other fault rules; counting starts anew"),
    ("DELETE", "/faults", "no faults any more"),
    (
        "POST",
        "/reset",
        "everything as it was at the start: records, time, log, faults",
    ),
    (
        "PUT",
        "/seed",
        "other computed records, by seed and customers; what was written is gone",
    ),
    ("GET", "/snapshot", "the state, as a file"),
    ("PUT", "/snapshot", "the state of such a file"),
    ("GET", "/clock", "the sandbox's time"),
    (
        "PUT",
        "/clock",
        "another time, or advance_seconds to move it on",
    ),
    ("GET", "/webhooks", "what receivers of webhooks were told"),
    (
        "POST",
        "/webhooks",
        "tell receivers of an event: event_type, and object_id if it has one",
    ),
    (
        "GET",
        "/soap",
        "legacy operations, and the forms their answers can take",
    ),
    (
        "PUT",
        "/soap",
        "forms of the next answers of a legacy operation",
    ),
    (
        "DELETE",
        "/soap",
        "no more forms; all sessions of the legacy service end",
    ),
];

/// Whether a path belongs to the control plane.
pub(crate) fn owns(path: &str) -> bool {
    path.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Answers a request to the control plane.
pub(crate) async fn answer(server: &Server, parts: &Parts, body: Body) -> Response<Vec<u8>> {
    let result = match guard::check(&parts.method, &parts.headers) {
        Err(failure) => Err(failure),
        Ok(()) => match to_bytes(body, MAX_BODY).await {
            Ok(body) => perform(server, parts, &body),
            Err(_) => Err(Failure::new(413, "the body is too long or ended early")),
        },
    };
    match result {
        Ok(content) => {
            let media_type = match content {
                Content::Json(_) => "application/json; charset=utf-8",
                Content::Bytes(_) => "application/octet-stream",
            };
            http_response(200, media_type, content.into_bytes())
        }
        Err(failure) => {
            let (media_type, body) = failure.render(ErrorStyle::Object);
            http_response(failure.status, media_type, body.into_bytes())
        }
    }
}

fn perform(server: &Server, parts: &Parts, body: &[u8]) -> Result<Content, Failure> {
    let path = parts.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let query = parts.uri.query().unwrap_or_default();
    let value = match (parts.method.as_str(), path.trim_end_matches('/')) {
        ("GET", "/snapshot") => return Ok(Content::Bytes(server.world().snapshot())),
        ("GET", "") => index(server),
        ("GET", "/account") => Ok(account(server)),
        ("GET", "/log") => log::read(server, query),
        ("DELETE", "/log") => {
            server.log.clear();
            Ok(json!({"ok": true}))
        }
        ("GET", "/report") => shown(&Report::of(&server.api, &server.log)),
        ("GET", "/faults") => faults::read(server),
        ("PUT", "/faults") => faults::replace(server, body),
        ("DELETE", "/faults") => faults::clear(server),
        ("POST", "/reset") => state::reset(server),
        ("PUT", "/seed") => state::seed(server, body),
        ("PUT", "/snapshot") => state::restore(server, body),
        ("GET", "/clock") => Ok(state::clock(server)),
        ("PUT", "/clock") => state::set_clock(server, body),
        ("GET", "/webhooks") => webhooks::read(server),
        ("POST", "/webhooks") => webhooks::raise(server, body),
        ("GET", "/soap") => Ok(soap::read(server)),
        ("PUT", "/soap") => soap::plan(server, body),
        ("DELETE", "/soap") => Ok(soap::clear(server)),
        (_, path) => {
            let here = ENDPOINTS.iter().filter(|(_, at, _)| *at == path);
            let methods: Vec<&str> = here.map(|(method, ..)| *method).collect();
            Err(if methods.is_empty() {
                Failure::new(
                    404,
                    format!("nothing is at {PREFIX}{path}; GET {PREFIX}/ lists what there is"),
                )
            } else {
                Failure::new(405, format!("{PREFIX}{path} takes {}", methods.join(", ")))
            })
        }
    };
    value.map(Content::Json)
}

/// What there is here, and what fault rules can be made of.
fn index(server: &Server) -> Result<Value, Failure> {
    let endpoints = ENDPOINTS.iter().map(|(method, path, what)| {
        json!({"method": method, "path": format!("{PREFIX}{path}"), "what": what})
    });
    let operations = server.api.operations().iter();
    Ok(json!({
        "endpoints": endpoints.collect::<Vec<_>>(),
        "faults": shown(&Fault::examples())?,
        "operations": operations.map(Operation::id).collect::<Vec<_>>(),
    }))
}

fn account(server: &Server) -> Value {
    let account = &server.credentials;
    json!({
        "user": format!("{}@{}", account.user(), account.client()),
        "password": account.password(),
        "subscription_key": account.subscription_key(),
    })
}

fn shown(value: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(Failure::internal)
}
