//! Two documented rules for replacing a service product: the status can't be set to DISCONNECTED,
//! and neither rate nor quantity may change together with the status. It is inferred that patches
//! have the same rules. Nothing is known about other changes of the status, so all are accepted.

use serde_json::Value;

use crate::failure::Failure;
use crate::list::number;
use crate::store::Fields;

/// Checks a replacement or a patch.
pub(super) fn check(before: Option<&Fields>, after: &Fields) -> Result<(), Failure> {
    let Some(before) = before else {
        return Ok(());
    };
    let status = |fields: &Fields| {
        fields
            .get("status")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    if status(before) == status(after) {
        return Ok(());
    }
    if status(after).as_deref() == Some("DISCONNECTED") {
        return Err(Failure::field(
            "/status",
            "can't be set to DISCONNECTED here; DELETE /ServiceProduct disconnects",
        ));
    }
    for name in ["rate", "quantity"] {
        let value = |fields: &Fields| fields.get(name).and_then(number::of);
        if value(before) != value(after) {
            return Err(Failure::field(
                &format!("/{name}"),
                "can't change together with the status",
            ));
        }
    }
    Ok(())
}
