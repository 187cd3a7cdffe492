//! The control plane: requests to the sandbox itself, under `/__sandbox/`.
//!
//! It needs no account. Like the sandbox it can be reached from loopback only, and it refuses
//! requests that a browser sends on behalf of other sites.

mod guard;
mod routes;
mod state;

use axum::body::{Body, to_bytes};
use axum::http::Response;
use axum::http::request::Parts;
use serde_json::{Value, json};

use crate::failure::{ErrorStyle, Failure};
use crate::faults::Fault;
use crate::report::Report;
use crate::response::{Content, http_response};
use crate::schema::Operation;
use crate::server::Server;
use routes::to_json;

/// The path of the control plane.
const PREFIX: &str = "/__sandbox";

/// Bodies above this are refused; a snapshot may be large.
const MAX_BODY: usize = 256 << 20;

/// Method, path and description of each endpoint, as `GET /__sandbox/` lists them.
const ENDPOINTS: [(&str, &str, &str); 18] = [
    ("GET", "/account", "the made-up account of the sandbox"),
    (
        "GET",
        "/log",
        "the latest requests, oldest first; without bodies and headers with secrets",
    ),
    ("DELETE", "/log", "clear the request log"),
    (
        "GET",
        "/report",
        "attempt report: which requests arrived, how often, which were executed",
    ),
    ("GET", "/faults", "the active fault rules"),
    (
        "PUT",
        "/faults",
        "replace the fault rules; calls are counted from 1 again",
    ),
    ("DELETE", "/faults", "remove all fault rules"),
    (
        "POST",
        "/reset",
        "back to the initial state: records, time, log, faults",
    ),
    (
        "PUT",
        "/seed",
        "compute other records, by seed and customers; all changes are lost",
    ),
    ("GET", "/snapshot", "the state, as a snapshot"),
    ("PUT", "/snapshot", "restore a snapshot"),
    ("GET", "/clock", "the sandbox's time"),
    (
        "PUT",
        "/clock",
        "set the time, or advance it by advance_seconds",
    ),
    ("GET", "/webhooks", "the deliveries to webhook receivers"),
    (
        "POST",
        "/webhooks",
        "send an event to its receivers: event_type, and object_id if it has one",
    ),
    (
        "GET",
        "/soap",
        "legacy operations, and the forms of their responses",
    ),
    (
        "PUT",
        "/soap",
        "forms of the next responses of a legacy operation",
    ),
    (
        "DELETE",
        "/soap",
        "clear the queued forms and end all sessions of the legacy service",
    ),
];

/// Whether a path belongs to the control plane.
pub(crate) fn owns(path: &str) -> bool {
    path.strip_prefix(PREFIX)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Handles a request to the control plane.
pub(crate) async fn handle(server: &Server, parts: &Parts, body: Body) -> Response<Vec<u8>> {
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
        ("GET", "/log") => routes::read_log(server, query),
        ("DELETE", "/log") => {
            server.log.clear();
            Ok(json!({"ok": true}))
        }
        ("GET", "/report") => to_json(&Report::of(&server.api, &server.log)),
        ("GET", "/faults") => routes::read_faults(server),
        ("PUT", "/faults") => routes::replace_faults(server, body),
        ("DELETE", "/faults") => routes::clear_faults(server),
        ("POST", "/reset") => state::reset(server),
        ("PUT", "/seed") => state::seed(server, body),
        ("PUT", "/snapshot") => state::restore(server, body),
        ("GET", "/clock") => Ok(state::clock(server)),
        ("PUT", "/clock") => state::set_clock(server, body),
        ("GET", "/webhooks") => routes::read_webhooks(server),
        ("POST", "/webhooks") => routes::raise_event(server, body),
        ("GET", "/soap") => Ok(routes::read_soap(server)),
        ("PUT", "/soap") => routes::plan_soap(server, body),
        ("DELETE", "/soap") => Ok(routes::clear_soap(server)),
        (_, path) => {
            let here = ENDPOINTS.iter().filter(|(_, at, _)| *at == path);
            let methods: Vec<&str> = here.map(|(method, ..)| *method).collect();
            Err(if methods.is_empty() {
                Failure::new(
                    404,
                    format!("there is no {PREFIX}{path}; GET {PREFIX}/ lists all endpoints"),
                )
            } else {
                Failure::new(405, format!("{PREFIX}{path} takes {}", methods.join(", ")))
            })
        }
    };
    value.map(Content::Json)
}

/// The endpoints, and the parts that fault rules are made of.
fn index(server: &Server) -> Result<Value, Failure> {
    let endpoints = ENDPOINTS.iter().map(|(method, path, what)| {
        json!({"method": method, "path": format!("{PREFIX}{path}"), "what": what})
    });
    let operations = server.api.operations().iter();
    Ok(json!({
        "endpoints": endpoints.collect::<Vec<_>>(),
        "faults": to_json(&Fault::examples())?,
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
