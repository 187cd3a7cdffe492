//! Turns the curated schema into the source of revio-api.
//!
//! [`generate::generate`] is the whole way, and each step has a module:
//!
//! 1. [`load`] bundles the files into one tree that knows the line of everything;
//! 2. [`lint`] says what in it would go wrong, or would be hard on its readers;
//! 3. [`model`] reads what only readers of the generated code need: texts, evidence, limits;
//! 4. [`lower`] bends the description into what progenitor and typify render well;
//! 5. [`post`] takes apart and mends what they emit;
//! 6. the emitters write what callers touch, as tokens, one file a resource and concern.
//!
//! [`rust_api`] says what a change of the schema does to Rust code and to published crates.
//!
//! Text goes in and text comes out: only [`load`] reads files, nothing prints, and no
//! input makes it panic. What is wrong ends in a [`Diagnostic`](api_schema_text::Diagnostic) with file and line;
//! behind the lint it starts as a [`fault::Fault`] that names its subject.

mod annotation;
pub mod contract;
mod emit;
pub mod fault;
pub mod generate;
pub mod lint;
pub mod load;
pub mod lower;
pub mod model;
pub mod post;
pub mod rust_api;
pub mod soap;
