//! Reports: one comparison as text for a terminal, for a pull request, for a browser, for programs.
//!
//! All of them are made of the same values and in the same order, without a clock and without I/O, so
//! that a comparison that is repeated gives the same bytes.

mod class;
mod context;
mod excerpt;
mod github;
mod html;
mod json;
mod markdown;
mod summary;
mod term;
mod tree;
mod words;

pub use self::class::Class;
pub use self::context::{Context, Revision, Text};
pub use self::github::github;
pub use self::html::html;
pub use self::json::{JSON_SCHEMA, SCHEMA_VERSION, json};
pub use self::markdown::{MIN_BYTES, markdown};
pub use self::summary::Summary;
pub use self::term::term;
