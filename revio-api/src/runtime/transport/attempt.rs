//! One exchange with the server.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};

use crate::error::Error;
use crate::operation::{Effect, Method, Operation};
use crate::retry::RetryPolicy;
use crate::runtime::transport::core::Core;
use crate::runtime::transport::response::{Expected, Received, receive};
use crate::runtime::transport::sink::Sink;

pub(in crate::runtime) const JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(in crate::runtime) const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");

/// A call that is ready to be sent, as often as need be.
pub(in crate::runtime) struct Call {
    pub(in crate::runtime) operation: &'static Operation,
    /// What sending it twice would do; the operation's own, but for a caller who knows better.
    pub(in crate::runtime) effect: Effect,
    pub(in crate::runtime) url: Url,
    pub(in crate::runtime) accept: HeaderValue,
    pub(in crate::runtime) expected: Expected,
    pub(in crate::runtime) body: Option<Bytes>,
    /// The body's media type, where the operation doesn't say it.
    pub(in crate::runtime) content_type: Option<HeaderValue>,
    /// Further headers.
    pub(in crate::runtime) headers: HeaderMap,
    /// What looks at the response before anybody else does.
    pub(in crate::runtime) classify: Option<Classify>,
    /// Where the response goes, if it isn't to be held in memory.
    pub(in crate::runtime) sink: Option<Arc<Sink>>,
    /// Of one attempt.
    pub(in crate::runtime) timeout: Duration,
    pub(in crate::runtime) retry: RetryPolicy,
    pub(in crate::runtime) note: Option<String>,
}

/// Looks at a response, or at the error that it was taken for, and may think otherwise: for services that say with a 200
/// what went wrong.
pub(crate) type Classify =
    Arc<dyn Fn(Result<Received, Error>) -> Result<Received, Error> + Send + Sync>;

impl Core {
    /// Sends a call once and reads the response, all within the limit.
    pub(in crate::runtime) async fn attempt(
        &self,
        call: &Call,
        limit: Duration,
    ) -> Result<Received, Error> {
        let mut request = reqwest::Request::new(method(call.operation.method()), call.url.clone());
        *request.timeout_mut() = Some(limit);
        *request.headers_mut() = call.headers.clone();
        request.headers_mut().insert(ACCEPT, call.accept.clone());
        if let Some(body) = &call.body {
            let own = call.operation.request_content_type();
            let content_type = call
                .content_type
                .clone()
                .or_else(|| own.map(HeaderValue::from_static))
                .unwrap_or(JSON);
            request.headers_mut().insert(CONTENT_TYPE, content_type);
            *request.body_mut() = Some(body.clone().into());
        } else if matches!(
            call.operation.method(),
            Method::Post | Method::Put | Method::Patch
        ) {
            // Some servers answer 411 when a method that may have a body doesn't say that it has none.
            request
                .headers_mut()
                .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let http = match call.effect {
            Effect::Money => &self.fresh,
            Effect::Read | Effect::Idempotent | Effect::Unsafe => &self.pooled,
        };
        let response = http
            .execute(request)
            .await
            .map_err(|error| Error::no_response(call.operation, error))?;
        let now = self.clock.system_time();
        let received = receive(call, response, self.max_response_bytes, now).await;
        match &call.classify {
            Some(classify) => classify(received),
            None => received,
        }
    }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}
