//! HTTP: one handler for everything.

mod auth;
mod body;
mod credentials;
mod log;

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response};

pub use credentials::Credentials;
pub use log::RecordedRequest;
pub(crate) use log::RequestLog;

use crate::failure::{ErrorStyle, Failure};
use crate::list::Query;
use crate::operations::perform;
use crate::router::route;
use crate::schema::Api;
use crate::world::{Call, Content, Reply, World};

/// Bodies above this are refused.
const MAX_BODY: usize = 4 << 20;

/// What the handler works with.
pub(crate) struct Server {
    pub(crate) api: Arc<Api>,
    pub(crate) credentials: Credentials,
    pub(crate) style: ErrorStyle,
    pub(crate) world: Mutex<World>,
    pub(crate) log: RequestLog,
}

/// The routes of a server: all paths lead to the one handler.
pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new().fallback(handle).with_state(server)
}

async fn handle(State(server): State<Arc<Server>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MAX_BODY).await.map_err(|_| {
        let message = format!("the body is above {MAX_BODY} bytes or ended early");
        Failure::new(413, message)
    });
    server.answer(&parts, bytes.as_ref().map_err(Clone::clone))
}

/// What is noted about a call while it is answered.
#[derive(Default)]
struct Notes {
    operation: Option<String>,
    ignored: Vec<String>,
}

struct Answer {
    status: u16,
    media_type: String,
    reply: Reply,
}

impl Server {
    fn answer(&self, parts: &Parts, body: Result<&Bytes, Failure>) -> Response<Body> {
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        let pairs = query.pairs().to_vec();
        let bytes = body
            .as_ref()
            .map(|bytes| bytes.to_vec())
            .unwrap_or_default();
        let mut notes = Notes::default();
        let response = match self.call(parts, query, body, &mut notes) {
            Ok(answer) => success(answer),
            Err(failure) => self.refusal(&failure),
        };
        self.log.add(RecordedRequest {
            operation: notes.operation,
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: pairs,
            headers: log::visible(&parts.headers),
            body: bytes,
            status: response.status().as_u16(),
            ignored: notes.ignored,
        });
        response
    }

    fn call(
        &self,
        parts: &Parts,
        query: Query,
        body: Result<&Bytes, Failure>,
        notes: &mut Notes,
    ) -> Result<Answer, Failure> {
        let path = below(self.api.base_path(), parts.uri.path());
        let route = path
            .ok_or_else(Failure::no_path)
            .and_then(|path| route(&self.api, parts.method.as_str(), path));
        if let Ok(route) = &route {
            notes.operation = Some(route.operation.id().to_owned());
        }
        // Strangers don't learn what exists.
        auth::check(&self.credentials, &parts.headers)?;
        let route = route?;
        let operation = route.operation;
        let mut call = Call {
            operation,
            path: route.parameters,
            query,
            body: body::read(operation, &parts.headers, body?)?,
            ignored: Vec::new(),
        };
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let reply = world.transact(|world| perform(world, &mut call));
        drop(world);
        notes.ignored = call.ignored;
        let media_type = match (&operation.answers, operation.answers_bytes()) {
            (Some(bytes), true) => bytes.clone(),
            _ => body::reply_type(&parts.headers).to_owned(),
        };
        Ok(Answer {
            status: operation.success_status(),
            media_type,
            reply: reply?,
        })
    }

    fn refusal(&self, failure: &Failure) -> Response<Body> {
        let (media_type, body) = failure.render(self.style);
        let mut response = response(failure.status, media_type, body.into_bytes());
        if let Some((name, value)) = &failure.header {
            set_header(&mut response, name, value);
        }
        response
    }
}

fn success(answer: Answer) -> Response<Body> {
    let body = match answer.reply.content {
        Content::Json(value) => value.to_string().into_bytes(),
        Content::Bytes(bytes) => bytes,
    };
    let mut response = response(answer.status, &answer.media_type, body);
    if let Some(location) = &answer.reply.location {
        set_header(&mut response, "location", location);
    }
    response
}

fn response(status: u16, media_type: &str, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = axum::http::StatusCode::from_u16(status)
        .unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    set_header(&mut response, "content-type", media_type);
    response
}

fn set_header(response: &mut Response<Body>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
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
