//! The response to a create.

use serde::{Deserialize, Serialize};

/// What the server says after it created something: the new record's id.
///
/// The id is read from the body, where it may be a number or a string, alone or under the record's own name; where the body
/// has none, from the `Location` header. A response that has it in neither is an error with the outcome
/// [`Executed`](crate::Outcome::Executed).
///
/// ```
/// use revio_api::types::Created;
///
/// let created: Created<i32> = serde_json::from_str(r#"{"ok": true, "id": 42}"#)?;
/// assert_eq!(created.id, 42);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Created<Id> {
    /// The id of the new record.
    pub id: Id,
    /// The id in the `Location` header, where it isn't the one in the body. In an example of the vendor's the two differ;
    /// the body's is the one that is documented.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub in_location: Option<Id>,
}
