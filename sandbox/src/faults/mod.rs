//! Fault injection: which calls fail, how, and whether they take effect.
//!
//! [`FaultRule`]s select calls by operation, number or chance; the [`Fault`] says what the caller
//! sees. Faults below HTTP are written by `connection`, past the HTTP library, byte by byte.

mod apply;
pub(crate) mod connection;
mod fault;
mod plan;
mod rule;
mod script;

pub(crate) use apply::FaultyResponse;
pub use fault::{Fault, RetryAfter};
pub(crate) use plan::{InjectedFault, Plan};
pub use rule::{FaultRule, Faults, FaultsError};
