//! The way to the server of one request: its options, and what it makes of the answer.

use std::sync::Arc;

use reqwest::header::HeaderValue;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::attempt::{ANYTHING, Call, JSON};
use super::core::Core;
use super::decode::decode;
use super::parts::Parts;
use super::response::Received;
use crate::error::Error;
use crate::operation::Effect;
use crate::request::{Options, Reply};
use crate::types::FileBody;

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

    /// What all clones of the client share.
    pub(crate) fn core(&self) -> &Core {
        &self.core
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

    /// Makes a call whose reply is for the caller to read.
    pub(crate) async fn exchange(
        &self,
        mut parts: Parts,
        accept: HeaderValue,
    ) -> Result<Received, Error> {
        let operation = parts.operation();
        let (headers, judge) = (std::mem::take(&mut parts.headers), parts.judge.take());
        let content_type = parts.body_type().cloned();
        let parts = match self.core.paths.get(operation.id()) {
            Some(template) => parts.at(template),
            None => parts,
        };
        let (target, body) = parts
            .finish(&self.options.filters)
            .map_err(|problem| Error::request(operation, problem))?;
        let url = self
            .core
            .origin
            .join(&target)
            .ok_or_else(|| Error::request(operation, "the URL is not valid"))?;
        let timeout = self.options.timeout.unwrap_or(self.core.timeout);
        let retry = self.options.retry.as_ref().unwrap_or(&self.core.retry);
        if timeout.is_zero() || retry.deadline.is_some_and(|deadline| deadline.is_zero()) {
            return Err(Error::request(operation, "the time limit is zero"));
        }
        let effect = match operation.effect() {
            Effect::Unsafe if self.options.idempotent => Effect::Idempotent,
            effect => effect,
        };
        let call = Call {
            operation,
            effect,
            url,
            accept,
            body,
            content_type,
            headers,
            judge,
            sink: self.options.sink.clone(),
            timeout,
            retry: retry.clone(),
            note: self.options.note.clone(),
        };
        // Boxed once here, so that the futures of all operations stay small.
        Box::pin(Arc::clone(&self.core).call(Arc::new(call))).await
    }
}
