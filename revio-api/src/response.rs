//! What every response carries beside its value.

use std::fmt;
use std::time::{Duration, SystemTime};

use crate::error::Error;
use crate::meta::Meta;
use crate::operation::Operation;
use crate::types::FileBody;

/// A value with what the server said beside it.
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
/// use revio_api::Request;
///
/// let response = client.customers().list().send().await?;
/// println!("status {}, {} records", response.status(), response.value.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The decoded body.
    pub value: T,
    meta: Meta,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, meta: Meta) -> Self {
        Self { value, meta }
    }

    /// A response that no server gave, with status 200 and nothing else beside the value: for requests of your own that
    /// stand in for the server in tests.
    pub fn stand_in(value: T) -> Self {
        let meta = Meta {
            status: 200,
            ..Meta::default()
        };
        Self { value, meta }
    }

    /// The HTTP status, always 2xx.
    pub fn status(&self) -> u16 {
        self.meta.status
    }

    /// The `Location` header: where a created record lives.
    pub fn location(&self) -> Option<&str> {
        self.meta.location.as_deref()
    }

    /// The server's name for this exchange, if it gave one. Quote it to the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }

    /// How many attempts it took: 1 if nothing went wrong.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// How long the call waited for the account's quota, over all its attempts.
    pub fn waited(&self) -> Duration {
        self.meta.waited
    }

    /// What time it is for the server, to the second, if it says so (the `Date` header): for asking what has changed
    /// since, where the clock of this machine may differ.
    pub fn server_date(&self) -> Option<SystemTime> {
        self.meta.date
    }

    pub(crate) fn meta_mut(&mut self) -> &mut Meta {
        &mut self.meta
    }

    /// The same response with another value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: make(self.value),
            meta: self.meta,
        }
    }
}

impl Response<FileBody> {
    /// The error of a body that isn't what it was asked for.
    pub(crate) fn undecodable(self, operation: &'static Operation, detail: &str) -> Error {
        Error::decode(operation, &self.meta, None, detail, self.value.bytes)
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.meta.status)
            .field("request_id", &self.meta.request_id)
            .finish_non_exhaustive()
    }
}
