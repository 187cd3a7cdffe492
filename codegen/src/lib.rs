//! Turns the curated schema into the source of revio-api.

pub mod diagnostic;
pub mod lint;
pub mod load;
