//! How requests are sent: one generic function for each kind of answer, so that the generated
//! requests need no code of their own for it.

use std::future::Future;
use std::pin::Pin;

use serde::de::DeserializeOwned;

use super::{Answer, Parts, Transport};
use crate::error::Error;
use crate::types::FileBody;

/// The future of an awaited request. Boxed, so that callers' futures stay small.
pub(crate) type Sending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// An answer that is a value.
pub(crate) async fn json<T: DeserializeOwned>(transport: Transport, parts: Parts) -> Answer<T> {
    transport.json(parts).await
}

/// An answer that says no more than that it is done.
pub(crate) async fn done(transport: Transport, parts: Parts) -> Answer<()> {
    transport.done(parts).await
}

/// An answer that is a file.
#[cfg_attr(
    not(feature = "unverified"),
    allow(dead_code, reason = "only unverified operations answer with files")
)]
pub(crate) async fn file(transport: Transport, parts: Parts) -> Answer<FileBody> {
    transport.file(parts).await
}

/// The value alone, for those who await a request.
pub(crate) fn value<T>(sent: impl Future<Output = Answer<T>> + Send + 'static) -> Sending<T> {
    Box::pin(async move { Ok(sent.await?.value) })
}
