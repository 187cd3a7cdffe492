//! End-to-end tests.
#[rustfmt::skip]
pub mod generated;
pub mod calling;
pub mod fixtures;
