//! What generated code calls to make one exchange with the server.

mod attempt;
mod calling;
mod core;
mod created;
mod decode;
mod delay;
mod detached;
mod envelope;
pub(crate) mod macros;
pub(crate) mod marks;
#[allow(
    unused_imports,
    reason = "some names are for operations behind a feature only"
)]
pub(crate) mod names;
mod parts;
mod path;
mod query;
pub(crate) mod random;
pub(crate) mod redact;
mod response;
mod schedule;
pub(crate) mod sending;
mod sink;
mod stock;
#[cfg(test)]
mod tests;
mod transport;
mod untold;
mod verdict;

pub(crate) use self::attempt::Judge;
pub(crate) use self::core::{Core, Settings};
pub(crate) use self::created::NewId;
pub(crate) use self::decode::{decode, describe};
pub(crate) use self::parts::{Parts, next_placeholder};
pub(crate) use self::path::{PathValue, encode_path};
pub(crate) use self::query::{Query, QueryValue};
pub(crate) use self::redact::redacted;
pub(crate) use self::response::{Expected, Received};
pub(crate) use self::sending::Sending;
pub(crate) use self::sink::Sink;
pub(crate) use self::transport::Transport;

/// A resource's handle, for what is written by hand on top of it.
pub(crate) trait Handle {
    /// The way to the server that its requests take.
    fn transport(&self) -> &Transport;
}

/// What a transport method yields.
pub(crate) type Answer<T> = Result<crate::request::Reply<T>, crate::Error>;
