//! What no generator gives: hand-written layers over the generated operations.

pub(crate) mod patch;
