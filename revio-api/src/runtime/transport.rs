//! The way to the server of one request: its options, and what it makes of the answer.

use std::sync::Arc;

use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;

use super::attempt::{ANYTHING, Call, JSON};
use super::core::Core;
use super::created::NewId;
use super::decode::decode;
use super::parts::Parts;
use super::response::{Expected, Received};
use crate::error::Error;
use crate::operation::Effect;
use crate::request::{Options, Reply};
use crate::types::{Created, FileBody};

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

    /// Makes a call whose response is JSON.
    pub(crate) async fn json<T: DeserializeOwned>(&self, parts: Parts) -> Result<Reply<T>, Error> {
        self.decoded(parts, Expected::Json).await
    }

    /// Makes a call whose response is one page of a list.
    pub(crate) async fn page<T: DeserializeOwned>(&self, parts: Parts) -> Result<Reply<T>, Error> {
        self.decoded(parts, Expected::Page).await
    }

    async fn decoded<T: DeserializeOwned>(
        &self,
        parts: Parts,
        expected: Expected,
    ) -> Result<Reply<T>, Error> {
        let operation = parts.operation();
        let Received { meta, body, .. } = self.exchange(parts, JSON, expected).await?;
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

    /// Makes a call that creates something.
    pub(crate) async fn created<Id: NewId>(
        &self,
        parts: Parts,
    ) -> Result<Reply<Created<Id>>, Error> {
        let operation = parts.operation();
        let expected = Expected::Created(Id::NAME);
        let Received {
            meta,
            body,
            created,
            ..
        } = self.exchange(parts, JSON, expected).await?;
        let Some(created) = created else {
            return Err(Error::no_id(operation, &meta, body));
        };
        let created = Created {
            id: created.id.into(),
            in_location: created.in_location.map(Id::from),
        };
        Ok(Reply::new(created, meta))
    }

    /// Makes a call that only says whether it worked: `ok: true`, or nothing at all.
    pub(crate) async fn done(&self, parts: Parts) -> Result<Reply<()>, Error> {
        let received = self.exchange(parts, JSON, Expected::Done).await?;
        Ok(Reply::new((), received.meta))
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
            ..
        } = self.exchange(parts, ANYTHING, Expected::Bytes).await?;
        Ok(Reply::new(FileBody::new(body, content_type), meta))
    }

    /// Makes a call whose reply is for the caller to read.
    pub(crate) async fn exchange(
        &self,
        mut parts: Parts,
        accept: HeaderValue,
        expected: Expected,
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
            expected,
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
