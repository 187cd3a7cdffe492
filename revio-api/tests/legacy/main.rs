//! The legacy operations against a server of scripted answers.

#[allow(dead_code, reason = "shared with other tests, which use other parts")]
#[path = "../support/skipping_clock.rs"]
mod support;

mod answers;
mod checks;
mod failures;
mod filters;
mod layouts;
mod requests;
mod secrets;
mod sessions;
mod settings;
mod soap;
mod validation;
