//! A client for the Rev.io billing API: exact money, typed ids, safe calls.
//!
//! ```
//! use revio_api::{Client, Credentials};
//!
//! let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
//! # Ok::<_, revio_api::Error>(())
//! ```
//!
//! The [`guide`] shows page by page what integrations need: [getting started](guide::getting_started),
//! [lists](guide::lists), [money](guide::money), [payments without double charges](guide::payments),
//! [key links](guide::key_links), [patches and custom fields](guide::patches), [errors](guide::errors),
//! [rate limits](guide::rate_limits), [legacy operations](guide::legacy), [testing your integration](guide::testing).
//!
//! - [`Client`] is where every call starts; it is cheap to clone.
//! - [`resources`] holds one module for each resource: its records, bodies and requests.
//! - [`types`] holds what these are made of: exact [`Money`](types::Money), dates, pages, patches.
//! - [`key_links`], [`custom_fields`] and [`choices`] (for drop-down fields) do what takes several calls.
//! - [`Client::raw`] calls paths that the schema doesn't have.
//! - [`legacy`] speaks the older SOAP service: products, and the products of customers.
//! - [`webhooks`] answers the handshake of a webhook receiver and reads notifications.
//! - [`Error`] is the one error type; [`Error::outcome`] says whether a failed call may have happened.
//! - [`prelude`] brings the traits into scope that add methods to requests.
//!
//! Nothing here prints, and no secret or personal data reaches `Debug`, `Display` or an error's text.
#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod base_url;
pub mod choices;
mod client;
pub mod clock;
mod credentials;
pub mod custom_fields;
mod error;
pub mod files;
#[rustfmt::skip]
#[allow(
    clippy::module_inception,
    clippy::too_many_arguments,
    clippy::unused_self,
    clippy::wildcard_imports,
    reason = "names and required values are the schema's; the runtime's names are taken as a whole"
)]
mod generated;
pub mod guide;
mod identified;
pub mod journal;
pub mod key_links;
pub mod legacy;
pub mod lists;
mod meta;
mod observe;
mod operation;
pub mod payments;
pub mod quota;
mod raw;
mod record;
mod request;
mod response;
mod retry;
mod runtime;
#[cfg(test)]
#[path = "../tests/support/skipping_clock.rs"]
mod support;
// Tests inside of `src` see what users can't; with this name they share a clock with those outside.
#[cfg(test)]
extern crate self as revio_api;
pub mod types;
pub mod webhooks;

pub use self::base_url::BaseUrl;
pub use self::client::{Client, ClientBuilder};
pub use self::credentials::Credentials;
pub use self::error::{Error, ErrorKind, Outcome};
pub use self::generated::{enums, ids, operations, resources, shared};
pub use self::identified::Identified;
pub use self::observe::{Attempt, Detached};
pub use self::operation::{Effect, Evidence, Method, Operation};
pub use self::quota::Quota;
pub use self::raw::RawRequest;
pub use self::record::Record;
pub use self::request::{ListRequest, Options, Paging, Request};
pub use self::response::Response;
pub use self::retry::RetryPolicy;
pub use self::runtime::retry::jitter::Random;

/// What most programs need, made to be imported whole: the client, the traits that add methods to requests, ids and
/// values.
///
/// ```
/// use revio_api::prelude::*;
/// ```
pub mod prelude {
    pub use crate::choices::ListChoices as _;
    pub use crate::client::Client;
    pub use crate::credentials::Credentials;
    pub use crate::custom_fields::{HasFields as _, Patchable as _, SampleFields as _};
    pub use crate::enums::*;
    pub use crate::files::SaveFile as _;
    pub use crate::ids::*;
    // Without their names: one of the resources has a record that is called a request.
    pub use crate::lists::Paged as _;
    pub use crate::request::{ListRequest as _, Request as _};
    pub use crate::shared::*;
    pub use crate::types::{Field, Money, Patch, Quantity, RevioDate, RevioDateTime};
}

/// The example of the crate's README, so that it is compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
