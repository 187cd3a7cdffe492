//! Lists of choices, as drop-down fields need them: id and label.

use std::borrow::Cow;
use std::fmt::Debug;

use serde::Serialize;

use crate::record::Record;

/// A record with something that people know it by: a name, a number, a description.
///
/// ```
/// use revio_api::options::Labelled;
/// use revio_api::resources::products::Product;
///
/// let product: Product = serde_json::from_str(r#"{"product_id": 5, "description": "Hosted seat"}"#)?;
/// assert_eq!(product.label().as_deref(), Some("Hosted seat"));
/// # Ok::<_, serde_json::Error>(())
/// ```
pub trait Labelled: Record {
    /// The type of the record's own id; [`NoId`] where it has none.
    type Id: Copy + Eq + Debug + Serialize + Send + Sync + 'static;

    /// The record's own id, if it has one.
    fn choice_id(&self) -> Option<Self::Id>;

    /// What people know the record by, if the server sent it. It may be personal data, such as a contact's name.
    fn label(&self) -> Option<Cow<'_, str>>;
}

/// The id of records that have none, or whose id's name isn't known. There is no such value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum NoId {}
