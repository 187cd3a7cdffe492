//! The way to the server of one request: its options, and what it makes of the response.

pub(in crate::runtime) mod attempt;
pub(in crate::runtime) mod core;
pub(in crate::runtime) mod created;
pub(in crate::runtime) mod decode;
mod envelope;
pub(in crate::runtime) mod parts;
pub(in crate::runtime) mod path;
pub(in crate::runtime) mod query;
pub(in crate::runtime) mod response;
pub(in crate::runtime) mod sink;

use std::sync::Arc;

use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::operation::Effect;
use crate::request::Options;
use crate::response::Response;
use crate::runtime::transport::attempt::{ANYTHING, Call, JSON};
use crate::runtime::transport::core::Core;
use crate::runtime::transport::created::NewId;
use crate::runtime::transport::decode::{Undecodable, decode};
use crate::runtime::transport::envelope::Envelope;
use crate::runtime::transport::parts::Parts;
use crate::runtime::transport::response::{Expected, Received};
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
    pub(crate) async fn json<T: DeserializeOwned>(
        &self,
        parts: Parts,
    ) -> Result<Response<T>, Error> {
        self.decoded(parts, Expected::Json).await
    }

    /// Makes a call whose response is a record.
    pub(crate) async fn record<T: DeserializeOwned>(
        &self,
        parts: Parts,
    ) -> Result<Response<T>, Error> {
        self.decoded(parts, Expected::Record).await
    }

    /// Makes a call whose response is one page of a list.
    pub(crate) async fn page<T: DeserializeOwned>(
        &self,
        parts: Parts,
    ) -> Result<Response<T>, Error> {
        self.decoded(parts, Expected::Page).await
    }

    async fn decoded<T: DeserializeOwned>(
        &self,
        parts: Parts,
        expected: Expected,
    ) -> Result<Response<T>, Error> {
        let operation = parts.operation();
        let Received { meta, body, .. } = self.exchange(parts, JSON, expected).await?;
        match decode(&body) {
            Ok(value) => Ok(Response::new(value, meta)),
            Err(problem) => {
                let is_message = Envelope::read(&body).is_some_and(|it| it.is_message());
                let Undecodable { field_path, detail } = problem;
                let error = Error::decode(operation, &meta, field_path, &detail, body.clone());
                Err(if is_message {
                    error.with_message(body)
                } else {
                    error
                })
            }
        }
    }

    /// Makes a call that creates something.
    pub(crate) async fn created<Id: NewId>(
        &self,
        parts: Parts,
    ) -> Result<Response<Created<Id>>, Error> {
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
        Ok(Response::new(created, meta))
    }

    /// Makes a call that only says whether it worked: `ok: true`, or nothing at all.
    pub(crate) async fn done(&self, parts: Parts) -> Result<Response<()>, Error> {
        let received = self.exchange(parts, JSON, Expected::Done).await?;
        Ok(Response::new((), received.meta))
    }

    /// Makes a call whose response is a file.
    #[cfg_attr(
        not(feature = "unverified"),
        allow(
            dead_code,
            reason = "every operation whose response is a file is unverified so far"
        )
    )]
    pub(crate) async fn file(&self, parts: Parts) -> Result<Response<FileBody>, Error> {
        let Received {
            meta,
            content_type,
            body,
            ..
        } = self.exchange(parts, ANYTHING, Expected::Bytes).await?;
        Ok(Response::new(FileBody::new(body, content_type), meta))
    }

    /// Makes a call whose response is for the caller to read.
    pub(crate) async fn exchange(
        &self,
        mut parts: Parts,
        accept: HeaderValue,
        expected: Expected,
    ) -> Result<Received, Error> {
        let operation = parts.operation();
        let (headers, classify) = (std::mem::take(&mut parts.headers), parts.classify.take());
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
            classify,
            sink: self.options.sink.clone(),
            timeout,
            retry: retry.clone(),
            note: self.options.note.clone(),
        };
        // Boxed once here, so that the futures of all operations stay small.
        Box::pin(Arc::clone(&self.core).call(Arc::new(call))).await
    }
}
