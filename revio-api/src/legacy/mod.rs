//! The legacy SOAP operations, for what the REST API doesn't do or a program already does this way.
//!
//! [`LegacyClient`] has a method for each operation. They go the way of every other call: quota, attempt loop, time
//! limits, logs and [`Error`](crate::Error) are those of the REST client.
//!
//! | operation | method | |
//! |---|---|---|
//! | `Products_Query` | [`products_query`](LegacyClient::products_query) | read |
//! | `Products_Create` | [`products_create`](LegacyClient::products_create) | never sent twice |
//! | `Products_Update` | [`products_update`](LegacyClient::products_update) | send every field that is to be kept |
//! | `CustomerProducts_Query` | [`customer_products_query`](LegacyClient::customer_products_query) | read |
//! | `CustomerProducts_Update` | [`customer_products_update`](LegacyClient::customer_products_update) | never sent twice by itself |
//!
//! Not everything about them is published. What is assumed is a setting of [`LegacyClientBuilder`], and two defences work
//! without being asked for: a response of an unknown layout is an error and never an empty list, and rows that don't fit
//! the ids asked for are an error, since the service drops what it doesn't know.
//!
//! ```no_run
//! # async fn example(legacy: revio_api::legacy::LegacyClient) -> Result<(), revio_api::Error> {
//! use chrono::NaiveDate;
//!
//! let found = legacy.customer_products_query().customer_id([1015, 1016]).await?;
//! for product in found.customer_products {
//!     if product.disconnect_date.is_none() {
//!         let end = NaiveDate::from_ymd_opt(2025, 1, 31).unwrap_or_default();
//!         legacy.customer_products_update(product.customer_product_id).disconnect_date(end).await?;
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod builder;
mod call;
mod chunk;
mod client;
mod decode;
mod document;
mod encode;
mod envelope;
mod exchange;
mod fields;
mod guard;
mod layout;
mod malformed;
mod overrides;
mod parse;
mod response_builder;
mod secrets;
mod self_check;
mod session;
mod settings;
mod soap_response;
pub(crate) mod table;
mod validate;

pub use self::builder::LegacyClientBuilder;
pub use self::client::LegacyClient;
pub use self::overrides::{NullStyle, UpdateStyle};
pub use self::self_check::{Difference, DifferenceKind, SelfCheck};
pub use self::settings::{LegacyAuth, SoapVersion};
pub use crate::generated::legacy::*;
pub use crate::types::Extras;

/// Every name of this module that generated code mentions, in one import.
pub(crate) mod prelude {
    pub(crate) use super::call::{Call, call_setter, legacy_request};
    pub(crate) use super::client::LegacyClient;
}

#[cfg(test)]
mod tests;
