//! What no generator gives: hand-written layers over the generated operations.

pub mod list;
pub(crate) mod patch;
