//! Secrets and personal data that are planted everywhere, and appear in nothing that is printed, logged or panicked.

#[allow(dead_code, reason = "shared with other tests, which use other parts")]
#[path = "../support/skipping_clock.rs"]
mod support;

mod calls;
mod canary;
mod legacy;
mod logs;
mod types;
