//! What no generator gives: hand-written layers over the generated operations.

pub mod custom_fields;
pub mod files;
pub(crate) mod identified;
pub mod key_links;
pub mod list;
pub mod options;
pub(crate) mod patch;
pub mod payments;
