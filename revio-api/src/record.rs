//! What every record of a list can say about itself.

use serde::Serialize;

use crate::types::Json;

/// A record of a list.
///
/// Most records have an id of their own. Walking a list sorts by it and drops what comes twice; records without one are
/// passed on as they come.
///
/// ```
/// use revio_api::Record;
/// use revio_api::types::Json;
///
/// fn about<R: Record>() -> String {
///     R::ID_FIELD.map_or_else(|| "no id of its own".to_owned(), |field| format!("identified by {field}"))
/// }
/// assert_eq!(about::<Json>(), "no id of its own");
/// ```
pub trait Record: Serialize + Send + 'static {
    /// The field that holds the record's own id, if it has one.
    const ID_FIELD: Option<&'static str> = None;

    /// The record's own id. `Some` exactly when [`ID_FIELD`](Self::ID_FIELD) is.
    fn record_id(&self) -> Option<i64> {
        None
    }
}

/// A record of unknown shape has no id that could be relied on.
impl Record for Json {}
