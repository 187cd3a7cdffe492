//! What generated code calls to make one exchange with the server.

mod decode;
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
pub(crate) mod redact;
mod response;
pub(crate) mod sending;
#[cfg(test)]
mod tests;
mod transport;

pub(crate) use self::decode::describe;
pub(crate) use self::parts::Parts;
pub(crate) use self::path::PathValue;
pub(crate) use self::query::{Query, QueryValue};
pub(crate) use self::redact::redacted;
pub(crate) use self::transport::{Core, Settings, Transport};

/// What a transport method yields.
pub(crate) type Answer<T> = Result<crate::request::Reply<T>, crate::Error>;
