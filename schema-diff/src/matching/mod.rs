//! Finds what belongs together on both sides.

pub(super) mod nested;
pub(super) mod operations;
pub(super) mod schemas;
pub(super) mod variants;
