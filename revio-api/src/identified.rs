//! Records with an id of their own, typed.

use std::fmt::{Debug, Display};
use std::hash::Hash;

use serde::Serialize;

use crate::record::Record;

/// A record with an id of its own: what its calls take, in its own type.
///
/// ```
/// use revio_api::Identified;
/// use revio_api::ids::CustomerId;
/// use revio_api::resources::customers::Customer;
///
/// let customer: Customer = serde_json::from_str(r#"{"customer_id": 1015}"#)?;
/// assert_eq!(customer.id(), CustomerId(1015));
/// # Ok::<_, serde_json::Error>(())
/// ```
pub trait Identified: Record {
    /// The type of the id, such as [`CustomerId`](crate::ids::CustomerId).
    type Id: Copy
        + Eq
        + Hash
        + Debug
        + Display
        + Serialize
        + From<i32>
        + Into<i32>
        + Send
        + Sync
        + 'static;

    /// The record's own id.
    fn id(&self) -> Self::Id;
}
