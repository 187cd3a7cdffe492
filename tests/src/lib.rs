//! What the end-to-end tests are made of.
//!
//! The tests themselves are in `tests/`. They look at `revio-api` from outside, as its users do, over real connections
//! to the sandbox of the same schema, and compare what they see with `schema/`, which they read on their own: nothing
//! here uses the generator's reading of it.
//!
//! - [`spec`]: the schema, read independently.
//! - [`fixtures`]: JSON made from a schema, what may go wrong with it, and how it gets through a Rust type.
//! - [`stand`], [`tap`], [`direct`]: a sandbox with a client, what goes over the wire between the two, and a plain HTTP
//!   client beside the one under test. Servers of scripted responses are in `revio-test-server`.
//! - [`following`]: a service that does what a description says, whatever that is.
//! - [`relay`], [`program`]: a relay that loses or holds back what it is to pass on, and programs run against a server.
//! - [`calling`]: what the generated calls of all operations need. [`legacy`]: the same as a stand, for the legacy service.

pub mod calling;
pub mod direct;
pub mod fixtures;
pub mod following;
#[rustfmt::skip]
pub mod generated;
pub mod legacy;
pub mod program;
pub mod relay;
pub mod spec;
pub mod stand;
pub mod tap;

/// The examples of the project's README, so that they are compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The page of the client's guide whose examples need the sandbox, so that they are compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../revio-api/src/guide/testing.md")]
pub struct TestingPage;
