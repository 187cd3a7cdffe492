//! Handles one request, from its head to the log: fault selection, body, response.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::request::Parts;

use super::operation::{self, Outcome};
use crate::control;
use crate::failure::Failure;
use crate::faults::connection::ScriptSlot;
use crate::faults::{Fault, FaultyResponse, InjectedFault};
use crate::list::{PageFault, Query};
use crate::log::{self, RecordedRequest};
use crate::response::set_header;
use crate::router::Route;
use crate::server::Server;

/// Bodies above this are refused.
const MAX_BODY: usize = 4 << 20;

pub(super) async fn handle(State(server): State<Arc<Server>>, request: Request) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    if control::owns(parts.uri.path()) {
        return control::handle(&server, &parts, body).await.map(Body::from);
    }
    let slot = parts.extensions.remove::<ScriptSlot>().unwrap_or_default();
    let (number, at) = server.log.arrive();
    let route = operation::find(&server, &parts);
    let injected = select_fault(&server, &route);
    if let Some(wait) = injected
        .as_ref()
        .and_then(|injected| injected.fault.latency())
    {
        tokio::time::sleep(wait).await;
    }
    let unread = matches!(&injected, Some(injected) if injected.fault == Fault::CloseUnread);
    let body = if unread {
        Ok(Bytes::new())
    } else {
        to_bytes(body, MAX_BODY).await.map_err(|_| {
            let message = format!("the body is above {MAX_BODY} bytes or ended early");
            Failure::new(413, message)
        })
    };
    let operation = route.as_ref().ok().map(|route| route.operation.id());
    let mut operation = operation.map(str::to_owned);
    let bytes = body.clone().unwrap_or_default();
    let mut outcome = match &injected {
        Some(injected) if !injected.executes => Outcome::not_executed(Response::new(Vec::new())),
        _ if server.soap.is_at(parts.uri.path()) => {
            let (outcome, called) = operation::legacy(&server, &parts, body);
            operation = called;
            outcome
        }
        _ => {
            let page_fault = injected
                .as_ref()
                .map_or(PageFault::None, |it| it.fault.page_fault());
            operation::rest(&server, &parts, route, body, page_fault)
        }
    };
    let date = server.world().clock.http_date();
    set_header(&mut outcome.response, "date", &date);
    let (mut response, status) =
        apply_fault(&server, injected.as_ref(), outcome.response, &parts, &slot);
    // A fault may have replaced the response.
    set_header(&mut response, "date", &date);
    server.log.add(RecordedRequest {
        number,
        at,
        operation,
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: Query::parse(parts.uri.query().unwrap_or_default())
            .pairs()
            .to_vec(),
        headers: log::visible(&parts.headers),
        body: bytes.to_vec(),
        status,
        executed: outcome.executed,
        fault: injected.map(|injected| injected.fault.name().to_owned()),
        ignored: outcome.ignored,
    });
    response.map(Body::from)
}

fn select_fault(server: &Server, route: &Result<Route<'_>, Failure>) -> Option<InjectedFault> {
    let operation = route.as_ref().ok().map(|route| route.operation);
    let operation = operation.map(|operation| (operation.id(), operation.verb));
    server.faults().select(operation)
}

/// The response after the fault was applied, and the status that the caller sees: none where no
/// response is sent.
fn apply_fault(
    server: &Server,
    injected: Option<&InjectedFault>,
    response: Response<Vec<u8>>,
    parts: &Parts,
    slot: &ScriptSlot,
) -> (Response<Vec<u8>>, Option<u16>) {
    let faulty = match injected {
        None => FaultyResponse::Response(response),
        Some(injected) => {
            let target = parts.uri.path_and_query();
            let target = target.map_or("/", |target| target.as_str());
            injected.fault.apply(response, server.style, target)
        }
    };
    match faulty {
        FaultyResponse::Response(response) => {
            let status = response.status().as_u16();
            (response, Some(status))
        }
        FaultyResponse::Script(script) => {
            let status = script.status;
            slot.replace_response(script);
            (Response::new(Vec::new()), status)
        }
    }
}
