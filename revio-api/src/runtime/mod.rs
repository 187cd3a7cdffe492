//! What generated code calls to make one exchange with the server.

mod decode;
mod handles;
mod parts;
mod path;
mod query;
mod redact;
mod response;
#[cfg(test)]
mod tests;
mod transport;

pub(crate) use self::decode::describe;
pub(crate) use self::handles::{Awaited, awaited, handle_debug, request_future};
pub(crate) use self::parts::Parts;
pub(crate) use self::path::PathValue;
pub(crate) use self::query::{Query, QueryValue};
pub(crate) use self::redact::redacted;
pub(crate) use self::transport::{Core, Settings, Transport};
