//! Performs requests: of operations of the REST API, and of the legacy service.

use std::mem;

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{Method, Response};

use super::{auth, body};
use crate::failure::Failure;
use crate::list::{PageFault, Query};
use crate::operations::perform;
use crate::request::OperationRequest;
use crate::response::{http_response, set_header};
use crate::router::{Route, route};
use crate::server::Server;
use crate::soap::SoapRequest;

/// The outcome of a request.
pub(super) struct Outcome {
    pub(super) response: Response<Vec<u8>>,
    /// Whether the operation was performed.
    pub(super) executed: bool,
    /// Query names and members of the body that had no effect.
    pub(super) ignored: Vec<String>,
}

impl Outcome {
    /// The outcome of a request that wasn't performed.
    pub(super) fn not_executed(response: Response<Vec<u8>>) -> Self {
        Self {
            response,
            executed: false,
            ignored: Vec::new(),
        }
    }
}

/// The operation that a request is for.
pub(super) fn find<'a>(server: &'a Server, parts: &Parts) -> Result<Route<'a>, Failure> {
    strip_base(server.api.base_path(), parts.uri.path())
        .ok_or_else(Failure::no_path)
        .and_then(|path| route(&server.api, parts.method.as_str(), path))
}

/// Performs a request of the REST API.
pub(super) fn rest(
    server: &Server,
    parts: &Parts,
    route: Result<Route<'_>, Failure>,
    body: Result<Bytes, Failure>,
    page_fault: PageFault,
) -> Outcome {
    let mut ignored = Vec::new();
    match execute(server, parts, route, body, page_fault, &mut ignored) {
        Ok(response) => Outcome {
            response,
            executed: true,
            ignored,
        },
        Err(failure) => Outcome {
            ignored,
            ..Outcome::not_executed(refusal(server, &failure))
        },
    }
}

fn execute(
    server: &Server,
    parts: &Parts,
    route: Result<Route<'_>, Failure>,
    body: Result<Bytes, Failure>,
    page_fault: PageFault,
    ignored: &mut Vec<String>,
) -> Result<Response<Vec<u8>>, Failure> {
    // Without credentials a caller can't find out which paths exist.
    auth::check(&server.credentials, &parts.headers)?;
    server.admit()?;
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
    let mut world = server.world();
    let result = world.transact(|world| perform(world, &mut request));
    server.publish(mem::take(&mut world.events));
    drop(world);
    *ignored = request.ignored;
    let media_type = match &operation.response_type {
        Some(bytes) if operation.responds_with_bytes() => bytes.as_str(),
        _ => body::response_type(&parts.headers),
    };
    let result = result?;
    let status = operation.success_status();
    let mut response = http_response(status, media_type, result.content.into_bytes());
    if let Some(location) = &result.location {
        set_header(&mut response, "location", location);
    }
    Ok(response)
}

/// Performs a request of the legacy service, and names its operation.
pub(super) fn legacy(
    server: &Server,
    parts: &Parts,
    body: Result<Bytes, Failure>,
) -> (Outcome, Option<String>) {
    // It isn't known whether the rate limits count these requests too.
    let counted = parts.method == Method::POST;
    let admitted = if counted { server.admit() } else { Ok(()) };
    let body = match admitted.and(body) {
        Ok(body) => body,
        Err(failure) => return (Outcome::not_executed(refusal(server, &failure)), None),
    };
    let request = SoapRequest::new(parts, &body);
    let outcome = server
        .soap
        .handle(&server.world, &server.credentials, &server.origin, &request);
    let events = mem::take(&mut server.world().events);
    server.publish(events);
    let response = http_response(outcome.status, &outcome.media_type, outcome.body);
    let done = Outcome {
        response,
        executed: outcome.executed,
        ignored: outcome.dropped,
    };
    (done, outcome.operation)
}

fn refusal(server: &Server, failure: &Failure) -> Response<Vec<u8>> {
    let (media_type, body) = failure.render(server.style);
    let mut response = http_response(failure.status, media_type, body.into_bytes());
    for (name, value) in &failure.headers {
        set_header(&mut response, name, value);
    }
    response
}

/// The part of a path below the base path, in any case.
fn strip_base<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    let (head, rest) = path.split_at_checked(base.len())?;
    head.eq_ignore_ascii_case(base).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::strip_base;

    #[test]
    fn base_path_is_stripped_in_any_case() {
        assert_eq!(strip_base("/v1", "/v1/Customers"), Some("/Customers"));
        assert_eq!(strip_base("/v1", "/V1/Customers"), Some("/Customers"));
        assert_eq!(strip_base("/v1", "/v"), None);
        assert_eq!(strip_base("/v1", "/v2/Customers"), None);
        assert_eq!(strip_base("/v1", "/é/x"), None);
    }
}
