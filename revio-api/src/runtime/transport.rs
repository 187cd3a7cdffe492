//! The one way to the server: a connection pool bound to one origin and one account.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::decode::decode;
use super::parts::Parts;
use super::response::{Received, receive};
use crate::base_url::Origin;
use crate::error::Error;
use crate::operation::{Method, Operation};
use crate::request::{Options, Reply};
use crate::types::FileBody;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");
const SUBSCRIPTION_KEY: HeaderName = HeaderName::from_static("ocp-apim-subscription-key");

/// What a [`Core`] is made of.
pub(crate) struct Settings {
    pub(crate) origin: Origin,
    pub(crate) authorization: HeaderValue,
    pub(crate) subscription_key: Option<HeaderValue>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_response_bytes: usize,
}

/// What all clones of a client share.
pub(crate) struct Core {
    http: reqwest::Client,
    origin: Origin,
    timeout: Duration,
    max_response_bytes: usize,
}

impl Core {
    /// Builds the connection pool. Nothing is sent yet.
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, settings.authorization);
        if let Some(key) = settings.subscription_key {
            headers.insert(SUBSCRIPTION_KEY, key);
        }
        let mut builder = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent(settings.user_agent)
            .connect_timeout(settings.connect_timeout)
            // A redirect would hand both secrets and the body to another address, and a retry of reqwest's own could
            // pay twice.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .https_only(!settings.origin.is_plain_http());
        if settings.origin.is_plain_http() {
            // Plain http is for this machine only; a proxy would carry the secrets elsewhere unencrypted.
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(Error::unusable_http)?;
        Ok(Self {
            http,
            origin: settings.origin,
            timeout: settings.timeout,
            max_response_bytes: settings.max_response_bytes,
        })
    }

    /// Sends a call once and reads the reply.
    async fn attempt(&self, call: &Call) -> Result<Received, Error> {
        let mut request = reqwest::Request::new(method(call.operation.method()), call.url.clone());
        *request.timeout_mut() = Some(call.timeout);
        request.headers_mut().insert(ACCEPT, call.accept.clone());
        if let Some(body) = &call.body {
            let content_type = call
                .operation
                .request_content_type()
                .map_or(JSON, HeaderValue::from_static);
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
        let response = self
            .http
            .execute(request)
            .await
            .map_err(|error| Error::no_reply(call.operation, error))?;
        receive(call.operation, response, self.max_response_bytes).await
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("origin", &self.origin)
            .field("timeout", &self.timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// A call that is ready to be sent, as often as need be.
struct Call {
    operation: &'static Operation,
    url: Url,
    accept: HeaderValue,
    body: Option<Bytes>,
    timeout: Duration,
}

/// One request's way to the server.
#[derive(Debug, Clone)]
pub(crate) struct Transport {
    core: Arc<Core>,
    options: Options,
}

impl Transport {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self {
            core,
            options: Options::default(),
        }
    }

    /// The options of the request that holds this transport.
    pub(crate) fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    /// Makes a call that answers JSON.
    pub(crate) async fn json<T: DeserializeOwned>(&self, parts: Parts) -> Result<Reply<T>, Error> {
        let operation = parts.operation();
        let Received { meta, body, .. } = self.exchange(parts, JSON).await?;
        match decode(&body) {
            Ok(value) => Ok(Reply::new(value, meta)),
            Err(problem) => Err(Error::decode(
                operation,
                &meta,
                problem.field_path,
                &problem.detail,
                body,
            )),
        }
    }

    /// Makes a call that only says whether it worked: `ok: true`, or nothing at all.
    pub(crate) async fn done(&self, parts: Parts) -> Result<Reply<()>, Error> {
        let operation = parts.operation();
        let Received { meta, body, .. } = self.exchange(parts, JSON).await?;
        // A page of a proxy or a login form is no confirmation.
        if body.trim_ascii().is_empty() {
            return Ok(Reply::new((), meta));
        }
        match decode::<IgnoredAny>(&body) {
            Ok(_) => Ok(Reply::new((), meta)),
            Err(problem) => Err(Error::decode(
                operation,
                &meta,
                problem.field_path,
                &problem.detail,
                body,
            )),
        }
    }

    /// Makes a call that answers a file.
    #[cfg_attr(
        not(feature = "unverified"),
        allow(
            dead_code,
            reason = "every operation that answers a file is unverified so far"
        )
    )]
    pub(crate) async fn file(&self, parts: Parts) -> Result<Reply<FileBody>, Error> {
        let Received {
            meta,
            content_type,
            body,
        } = self.exchange(parts, ANYTHING).await?;
        Ok(Reply::new(FileBody::new(body, content_type), meta))
    }

    async fn exchange(&self, parts: Parts, accept: HeaderValue) -> Result<Received, Error> {
        let operation = parts.operation();
        let (target, body) = parts
            .finish(&self.options.filters)
            .map_err(|problem| Error::request(operation, problem))?;
        let url = self
            .core
            .origin
            .join(&target)
            .ok_or_else(|| Error::request(operation, "the URL is not valid"))?;
        let timeout = self.options.timeout.unwrap_or(self.core.timeout);
        if timeout.is_zero() {
            return Err(Error::request(operation, "the time limit is zero"));
        }
        let call = Call {
            operation,
            url,
            accept,
            body,
            timeout,
        };
        // Boxed once here, so that the futures of all operations stay small.
        Box::pin(self.core.attempt(&call)).await
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
