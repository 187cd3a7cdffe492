//! Two documented rules for replacing a service product: DISCONNECTED can't be set that way, and
//! neither rate nor quantity may change together with the status. That they hold for patches too
//! is inferred. Other changes of status aren't restricted: nothing is known about them.

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
