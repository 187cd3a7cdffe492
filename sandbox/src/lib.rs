//! A local server of the Rev.io API: stateful, deterministic, in memory.
//!
//! It is driven by the schema: routes, bodies, records, filters and seed data all come from
//! `schema/openapi.json`. Only behaviour that no schema can describe is written by hand, in
//! `operations/special` and `record_rules`. Each file there says what is documented and what is made
//! up.
//!
//! Where the vendor's behaviour isn't known, the sandbox behaves so that mistakes of a client show:
//! unknown query names are ignored and recorded, page sizes above 500 are refused, ids in bodies are
//! ignored, key links may be created twice.
//!
//! # Examples
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), revio_sandbox::StartError> {
//! let sandbox = revio_sandbox::Sandbox::builder().customers(50).start().await?;
//! println!("{} as {}", sandbox.base_url(), sandbox.credentials().user());
//! # Ok(())
//! # }
//! ```

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod builder;
mod clock;
mod control;
mod credentials;
mod event;
mod explorer;
mod failure;
mod faults;
mod http;
mod initial_state;
mod limits;
mod list;
mod log;
mod operations;
mod payments;
mod persistence;
mod record_rules;
mod report;
mod request;
mod response;
mod router;
mod sandbox;
mod schema;
mod seed;
mod server;
mod soap;
mod store;
mod webhooks;
mod world;

pub use builder::{SandboxBuilder, StartError};
pub use credentials::Credentials;
pub use failure::ErrorStyle;
pub use faults::{Fault, FaultRule, Faults, FaultsError, RetryAfter};
pub use limits::{Limits, WaitHint};
pub use log::{OperationReport, RecordedRequest};
pub use payments::{PaymentSettings, ReferenceForm};
pub use persistence::DataError;
pub use report::{AttemptReport, CallReport, Report};
pub use sandbox::Sandbox;
pub use schema::{Api, Operation, SchemaError};
pub use soap::{
    SoapDates, SoapForm, SoapLayout, SoapNulls, SoapSettings, SoapVersion, UnknownSoap,
};
pub use webhooks::Delivery;
