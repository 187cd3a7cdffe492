//! HTTP: one handler for everything.

mod auth;
mod body;
mod credentials;
mod handle;
mod log;
mod serve;

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{Method, Response};
use tokio::sync::mpsc::UnboundedSender;

pub use credentials::Credentials;
pub(crate) use credentials::FAKE;
pub use log::RecordedRequest;
pub(crate) use log::RequestLog;
pub(crate) use serve::serve;

use crate::failure::{ErrorStyle, Failure};
use crate::faults::Plan;
use crate::limits::Window;
use crate::list::{PageFault, Query};
use crate::operations::perform;
use crate::request::OperationRequest;
use crate::response::{OperationResponse, http_response as response, set_header};
use crate::router::{Route, route};
use crate::schema::Api;
use crate::soap::{Incoming, Soap};
use crate::webhooks::{Deliveries, Event};
use crate::world::World;

/// What the handler works with.
pub(crate) struct Server {
    pub(crate) api: Arc<Api>,
    pub(crate) credentials: Credentials,
    pub(crate) style: ErrorStyle,
    pub(crate) world: Mutex<World>,
    pub(crate) faults: Mutex<Plan>,
    pub(crate) log: RequestLog,
    /// What receivers of webhooks are still to be told.
    pub(crate) events: UnboundedSender<Event>,
    pub(crate) deliveries: Mutex<Deliveries>,
    /// Where calls are limited.
    pub(crate) window: Option<Mutex<Window>>,
    /// The legacy service.
    pub(crate) soap: Soap,
    /// Scheme, host and port of this server.
    pub(crate) origin: String,
}

/// What came of a call.
struct Done {
    response: Response<Vec<u8>>,
    /// Whether the operation was performed.
    executed: bool,
    /// What was sent and had no effect.
    ignored: Vec<String>,
}

struct Answer {
    status: u16,
    media_type: String,
    response: OperationResponse,
}

impl Server {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The operation that a request is for.
    fn route(&self, parts: &Parts) -> Result<Route<'_>, Failure> {
        below(self.api.base_path(), parts.uri.path())
            .ok_or_else(Failure::no_path)
            .and_then(|path| route(&self.api, parts.method.as_str(), path))
    }

    /// Performs a call.
    fn answer(
        &self,
        parts: &Parts,
        route: Result<Route<'_>, Failure>,
        body: Result<Bytes, Failure>,
        page_fault: PageFault,
    ) -> Done {
        let mut ignored = Vec::new();
        let outcome = self.call(parts, route, body, page_fault, &mut ignored);
        Done {
            executed: outcome.is_ok(),
            response: match outcome {
                Ok(answer) => success(answer),
                Err(failure) => self.refusal(&failure),
            },
            ignored,
        }
    }

    /// Performs a call of the legacy service, and says of which operation.
    fn legacy(&self, parts: &Parts, body: Result<Bytes, Failure>) -> (Done, Option<String>) {
        // Whether the limits count these calls as well isn't known.
        let counted = parts.method == Method::POST;
        let admitted = if counted { self.admit() } else { Ok(()) };
        let body = match admitted.and(body) {
            Ok(body) => body,
            Err(failure) => {
                let done = Done {
                    response: self.refusal(&failure),
                    ..Done::nothing()
                };
                return (done, None);
            }
        };
        let incoming = Incoming::new(parts, &body);
        let exchange = self
            .soap
            .serve(&self.world, &self.credentials, &self.origin, &incoming);
        let events = mem::take(&mut self.world().events);
        self.tell(events);
        let done = Done {
            response: response(exchange.status, &exchange.media_type, exchange.body),
            executed: exchange.executed,
            ignored: exchange.dropped,
        };
        (done, exchange.operation)
    }

    fn call(
        &self,
        parts: &Parts,
        route: Result<Route<'_>, Failure>,
        body: Result<Bytes, Failure>,
        page_fault: PageFault,
        ignored: &mut Vec<String>,
    ) -> Result<Answer, Failure> {
        // Strangers don't learn what exists.
        auth::check(&self.credentials, &parts.headers)?;
        self.admit()?;
        let route = route?;
        let operation = route.operation;
        let mut request = OperationRequest {
            operation,
            path: route.parameters,
            query: Query::parse(parts.uri.query().unwrap_or_default()),
            body: body::read(operation, &parts.headers, &body?)?,
            page_fault,
            ignored: Vec::new(),
        };
        let mut world = self.world();
        let response = world.transact(|world| perform(world, &mut request));
        self.tell(mem::take(&mut world.events));
        drop(world);
        *ignored = request.ignored;
        let media_type = match (&operation.answers, operation.answers_bytes()) {
            (Some(bytes), true) => bytes.clone(),
            _ => body::reply_type(&parts.headers).to_owned(),
        };
        Ok(Answer {
            status: operation.success_status(),
            media_type,
            response: response?,
        })
    }

    /// Counts the call, where calls are limited.
    fn admit(&self) -> Result<(), Failure> {
        let Some(window) = &self.window else {
            return Ok(());
        };
        let now = self.world().clock.now();
        window
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .admit(now)
    }

    /// Hands events to the one who delivers them.
    pub(crate) fn tell(&self, events: Vec<Event>) {
        for event in events {
            // Nobody delivers any more once the sandbox ends.
            let _ = self.events.send(event);
        }
    }

    fn refusal(&self, failure: &Failure) -> Response<Vec<u8>> {
        let (media_type, body) = failure.render(self.style);
        let mut response = response(failure.status, media_type, body.into_bytes());
        for (name, value) in &failure.headers {
            set_header(&mut response, name, value);
        }
        response
    }
}

fn success(answer: Answer) -> Response<Vec<u8>> {
    let body = answer.response.content.into_bytes();
    let mut response = response(answer.status, &answer.media_type, body);
    if let Some(location) = &answer.response.location {
        set_header(&mut response, "location", location);
    }
    response
}

/// The part of a path below the base path, in any case.
fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    let (head, rest) = path.split_at_checked(base.len())?;
    head.eq_ignore_ascii_case(base).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn base_path_comes_off() {
        assert_eq!(below("/v1", "/v1/Customers"), Some("/Customers"));
        assert_eq!(below("/v1", "/V1/Customers"), Some("/Customers"));
        assert_eq!(below("/v1", "/v"), None);
        assert_eq!(below("/v1", "/v2/Customers"), None);
        assert_eq!(below("/v1", "/é/x"), None);
    }
}
