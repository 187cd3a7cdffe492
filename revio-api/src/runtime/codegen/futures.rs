//! How requests are sent: one generic function for each kind of answer, so that the generated
//! requests need no code of their own for it.
//!
//! What they return is boxed: so callers' futures stay small, and the compiler finds out once for all
//! requests, not for each, that they may move to another thread.

use std::any::TypeId;
use std::future::Future;
use std::pin::Pin;

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::runtime::{CallResult, NewId, Parts, Transport};
use crate::types::{Created, FileBody, Json};

/// The future of a request that was sent.
pub(crate) type Sent<T> = Pin<Box<dyn Future<Output = CallResult<T>> + Send>>;

/// The future of an awaited request.
pub(crate) type Sending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A response that is a value.
pub(crate) fn json<T: DeserializeOwned + 'static>(transport: Transport, parts: Parts) -> Sent<T> {
    // What the schema leaves free may well be a message.
    if TypeId::of::<T>() == TypeId::of::<Json>() {
        return Box::pin(async move { transport.json(parts).await });
    }
    Box::pin(async move { transport.record(parts).await })
}

/// One page of a list.
pub(crate) fn page<T: DeserializeOwned + 'static>(transport: Transport, parts: Parts) -> Sent<T> {
    Box::pin(async move { transport.page(parts).await })
}

/// The id of what was created.
pub(crate) fn created<Id: NewId>(transport: Transport, parts: Parts) -> Sent<Created<Id>> {
    Box::pin(async move { transport.created(parts).await })
}

/// A response that says no more than that it is done.
pub(crate) fn done(transport: Transport, parts: Parts) -> Sent<()> {
    Box::pin(async move { transport.done(parts).await })
}

/// A response that is a file.
#[cfg_attr(
    not(feature = "unverified"),
    allow(dead_code, reason = "only unverified operations return files")
)]
pub(crate) fn file(transport: Transport, parts: Parts) -> Sent<FileBody> {
    Box::pin(async move { transport.file(parts).await })
}

/// The value alone, for those who await a request.
pub(crate) fn value<T: 'static>(
    sent: impl Future<Output = CallResult<T>> + Send + 'static,
) -> Sending<T> {
    Box::pin(async move { Ok(sent.await?.value) })
}
