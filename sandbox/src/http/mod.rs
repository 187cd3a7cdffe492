//! HTTP: one handler for every path, from the connection to the log.

mod auth;
mod body;
mod handle;
mod operation;
mod serve;

pub(crate) use serve::serve;
