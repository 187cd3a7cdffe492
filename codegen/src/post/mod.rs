//! Mends what progenitor and typify emitted, as named passes over syntax trees.
//!
//! Every pass checks that it found what it expects: a new version of a generator that emits
//! something else makes generation fail, it never yields silently different code.

pub mod calls;
pub mod derives;
pub mod paths;
pub mod records;
pub mod redact;
pub mod split;
