//! One exchange with the server.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};

use super::core::Core;
use super::response::{Expected, Received, receive};
use super::sink::Sink;
use crate::error::Error;
use crate::operation::{Effect, Method, Operation};
use crate::retry::RetryPolicy;

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(super) const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");

/// A call that is ready to be sent, as often as need be.
pub(super) struct Call {
    pub(super) operation: &'static Operation,
    /// What sending it twice would do; the operation's own, but for a caller who knows better.
    pub(super) effect: Effect,
    pub(super) url: Url,
    pub(super) accept: HeaderValue,
    pub(super) expected: Expected,
    pub(super) body: Option<Bytes>,
    /// The body's media type, where the operation doesn't say it.
    pub(super) content_type: Option<HeaderValue>,
    /// Further headers.
    pub(super) headers: HeaderMap,
    /// What looks at the reply before anybody else does.
    pub(super) judge: Option<Judge>,
    /// Where the reply goes, if it isn't to be held in memory.
    pub(super) sink: Option<Arc<Sink>>,
    /// Of one attempt.
    pub(super) timeout: Duration,
    pub(super) retry: RetryPolicy,
    pub(super) note: Option<String>,
}

/// Looks at a reply, or at the error that it was taken for, and may think otherwise: for services that say with a 200
/// what went wrong.
pub(crate) type Judge =
    Arc<dyn Fn(Result<Received, Error>) -> Result<Received, Error> + Send + Sync>;

impl Core {
    /// Sends a call once and reads the reply, all within the limit.
    pub(super) async fn attempt(&self, call: &Call, limit: Duration) -> Result<Received, Error> {
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
            .map_err(|error| Error::no_reply(call.operation, error))?;
        let now = self.clock.system_time();
        let received = receive(call, response, self.max_response_bytes, now).await;
        match &call.judge {
            Some(judge) => judge(received),
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
