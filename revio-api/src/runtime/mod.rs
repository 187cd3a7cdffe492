//! What makes one call: how it is sent, when it is sent again, and what generated code uses to describe it.
//!
//! - [`codegen`] is what generated code is written in: macros, and the names that it imports.
//! - [`transport`] makes one attempt: from the parts of a request to a response or an error.
//! - [`retry`] makes a call of attempts: quota, classification, backoff, deadline, retry budget.

pub(crate) mod codegen;
pub(crate) mod retry;
#[cfg(test)]
mod tests;
pub(crate) mod transport;

pub(crate) use self::codegen::futures::Sending;
pub(crate) use self::codegen::redact::redacted;
pub(crate) use self::transport::Transport;
pub(crate) use self::transport::attempt::Classify;
pub(crate) use self::transport::core::{Core, Settings};
pub(crate) use self::transport::created::NewId;
pub(crate) use self::transport::decode::{decode, describe};
pub(crate) use self::transport::parts::{Parts, next_placeholder};
pub(crate) use self::transport::path::{PathValue, encode_path};
pub(crate) use self::transport::query::{Query, QueryValue};
pub(crate) use self::transport::response::{Expected, Received};
pub(crate) use self::transport::sink::Sink;

/// A resource's handle, for what is written by hand on top of it.
pub(crate) trait Handle {
    /// The way to the server that its requests take.
    fn transport(&self) -> &Transport;
}

/// What a request yields.
pub(crate) type CallResult<T> = Result<crate::response::Response<T>, crate::Error>;
