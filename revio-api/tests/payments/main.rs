//! Payments whose response is lost, and what a look-up says of them: whatever a server makes of a payment, it is never
//! called not seen while it is there, and no other one is taken for it.

mod forms;
mod ledger;
#[path = "../support/skipping_clock.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod support;
mod surroundings;
