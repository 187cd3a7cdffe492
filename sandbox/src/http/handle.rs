//! One call from its head to the log: the fault that it is in for, its body, its answer.

use std::sync::{Arc, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::request::Parts;

use super::log::{self, RecordedRequest};
use super::{Done, Server, set_header};
use crate::control;
use crate::failure::Failure;
use crate::faults::wire::Hold;
use crate::faults::{Answered, Chosen, Fault};
use crate::list::{Query, Twist};
use crate::router::Route;

/// Bodies above this are refused.
const MAX_BODY: usize = 4 << 20;

pub(super) async fn handle(State(server): State<Arc<Server>>, request: Request) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    if control::owns(parts.uri.path()) {
        return control::answer(&server, &parts, body).await.map(Body::from);
    }
    let hold = parts.extensions.remove::<Hold>().unwrap_or_default();
    let (number, at) = server.log.arrive();
    let route = server.route(&parts);
    let chosen = server.choose(&route);
    if let Some(wait) = chosen.as_ref().and_then(|chosen| chosen.fault.latency()) {
        tokio::time::sleep(wait).await;
    }
    let unread = matches!(&chosen, Some(chosen) if chosen.fault == Fault::CloseUnread);
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
    let mut done = match &chosen {
        Some(chosen) if !chosen.executes => Done::nothing(),
        _ if server.soap.is_at(parts.uri.path()) => {
            let (done, called) = server.legacy(&parts, body);
            operation = called;
            done
        }
        _ => {
            let twist = chosen.as_ref().map_or(Twist::None, |it| it.fault.twist());
            server.answer(&parts, route, body, twist)
        }
    };
    let date = server.world().clock.http_date();
    set_header(&mut done.response, "date", &date);
    let (mut response, status) = server.deliver(chosen.as_ref(), done.response, &parts, &hold);
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
        fault: chosen.map(|chosen| chosen.fault.name().to_owned()),
        ignored: done.ignored,
    });
    response.map(Body::from)
}

impl Server {
    fn choose(&self, route: &Result<Route<'_>, Failure>) -> Option<Chosen> {
        let operation = route.as_ref().ok().map(|route| route.operation);
        let operation = operation.map(|operation| (operation.id(), operation.verb));
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        faults.choose(operation)
    }

    /// The answer as the fault leaves it, and the status that the caller sees: none where no
    /// answer comes.
    fn deliver(
        &self,
        chosen: Option<&Chosen>,
        response: Response<Vec<u8>>,
        parts: &Parts,
        hold: &Hold,
    ) -> (Response<Vec<u8>>, Option<u16>) {
        let answered = match chosen {
            None => Answered::Response(response),
            Some(chosen) => {
                let target = parts.uri.path_and_query();
                let target = target.map_or("/", |target| target.as_str());
                chosen.fault.answer(response, self.style, target)
            }
        };
        match answered {
            Answered::Response(response) => {
                let status = response.status().as_u16();
                (response, Some(status))
            }
            Answered::Script(script) => {
                let status = script.status;
                hold.take_over(script);
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
