//! Custom fields: read by id or caption, set by id.
//!
//! Which custom fields a record has is configured per account. A patch addresses one by its position in the record's
//! list, which the vendor doesn't promise to keep, so setting a field means to look its position up, to patch, and to
//! look again.
//!
//! ```no_run
//! # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
//! use revio_api::custom_fields::FieldId;
//! use revio_api::prelude::*;
//!
//! let customer = client.customers().get(CustomerId(1015)).await?;
//! let tier = customer.custom_field(FieldId(7)).and_then(|field| field.value.as_deref());
//! if tier != Some("gold") {
//!     client.customers().custom_fields(CustomerId(1015)).set(FieldId(7), "gold").await?;
//! }
//! # Ok(())
//! # }
//! ```

mod definitions;
mod problem;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use self::definitions::{FieldDefinition, FieldDefinitions, SampleFields};
pub use self::problem::CustomFieldProblem;
pub use self::read::{FieldId, HasFields};
pub use self::write::{CustomFields, Patchable};
