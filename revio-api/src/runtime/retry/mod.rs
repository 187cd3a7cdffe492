//! A call as a sequence of attempts.
//!
//! [`attempts`] is the loop. Whether it goes on is decided by [`classify`], how long it waits by [`backoff`] and
//! [`jitter`], and how much of that is allowed by [`deadline`] (for one call) and [`budget`] (for all clones of a client).
//! A call that moves money outlives the future that asked for it: [`detached`] and [`drop_guard`].

mod attempts;
mod backoff;
pub(in crate::runtime) mod budget;
mod classify;
mod deadline;
mod detached;
mod drop_guard;
pub(crate) mod jitter;
