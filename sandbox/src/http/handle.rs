//! One call from its head to the log: the fault that it is in for, its body, its answer.

use std::sync::{Arc, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::request::Parts;

use super::log::{self, RecordedRequest};
use super::{Done, Server};
use crate::control;
use crate::failure::Failure;
use crate::faults::connection::ScriptSlot;
use crate::faults::{Fault, FaultyResponse, InjectedFault};
use crate::list::{PageFault, Query};
use crate::response::set_header;
use crate::router::Route;

/// Bodies above this are refused.
const MAX_BODY: usize = 4 << 20;

pub(super) async fn handle(State(server): State<Arc<Server>>, request: Request) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    if control::owns(parts.uri.path()) {
        return control::answer(&server, &parts, body).await.map(Body::from);
    }
    let slot = parts.extensions.remove::<ScriptSlot>().unwrap_or_default();
    let (number, at) = server.log.arrive();
    let route = server.route(&parts);
    let injected = server.select_fault(&route);
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
    let mut done = match &injected {
        Some(injected) if !injected.executes => Done::nothing(),
        _ if server.soap.is_at(parts.uri.path()) => {
            let (done, called) = server.legacy(&parts, body);
            operation = called;
            done
        }
        _ => {
            let page_fault = injected
                .as_ref()
                .map_or(PageFault::None, |it| it.fault.page_fault());
            server.answer(&parts, route, body, page_fault)
        }
    };
    let date = server.world().clock.http_date();
    set_header(&mut done.response, "date", &date);
    let (mut response, status) = server.deliver(injected.as_ref(), done.response, &parts, &slot);
    // A fault may have put another response in the place of the right one.
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
        executed: done.executed,
        fault: injected.map(|injected| injected.fault.name().to_owned()),
        ignored: done.ignored,
    });
    response.map(Body::from)
}

impl Server {
    fn select_fault(&self, route: &Result<Route<'_>, Failure>) -> Option<InjectedFault> {
        let operation = route.as_ref().ok().map(|route| route.operation);
        let operation = operation.map(|operation| (operation.id(), operation.verb));
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.select(operation)
    }

    /// The answer as the fault leaves it, and the status that the caller sees: none where no
    /// answer comes.
    fn deliver(
        &self,
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
                injected.fault.apply(response, self.style, target)
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
}

impl Done {
    /// The call wasn't performed.
    pub(super) fn nothing() -> Self {
        Self {
            response: Response::new(Vec::new()),
            executed: false,
            ignored: Vec::new(),
        }
    }
}
