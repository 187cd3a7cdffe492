//! The reply to a create.

use serde::{Deserialize, Serialize};

/// What the server says after it created something: the new record's id.
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
}
