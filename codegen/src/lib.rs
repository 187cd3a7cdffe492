//! Turns the curated schema into the source of revio-api.

pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod fault;
pub mod generate;
pub mod lint;
pub mod load;
pub mod lower;
pub mod model;
pub mod post;
