//! What generated code calls to make one exchange with the server.

mod decode;
mod parts;
mod path;
mod query;
pub(crate) mod redact;
mod response;
#[cfg(test)]
mod tests;
mod transport;

pub(crate) use self::decode::describe;
pub(crate) use self::parts::Parts;
pub(crate) use self::path::PathValue;
pub(crate) use self::query::{Query, QueryValue};
pub(crate) use self::transport::{Core, Settings, Transport};
