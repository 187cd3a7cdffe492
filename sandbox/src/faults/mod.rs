//! Faults on demand: which call goes wrong, how, and whether its effect happened.
//!
//! [`FaultRule`]s choose calls, by operation, by number or by chance; the [`Fault`] says what the
//! caller gets to see. What goes wrong below HTTP is written by `wire`, past the HTTP library, byte
//! by byte.

mod answer;
mod error;
mod fault;
mod plan;
mod rule;
mod script;
pub(crate) mod wire;

pub(crate) use answer::Answered;
pub use error::FaultsError;
pub use fault::{Fault, RetryAfter};
pub(crate) use plan::{Chosen, Plan};
pub use rule::{FaultRule, Faults};
