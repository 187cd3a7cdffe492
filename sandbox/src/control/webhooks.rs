//! Webhook deliveries over the control plane.

use std::sync::PoisonError;

use serde::Deserialize;
use serde_json::{Value, json};

use super::shown;
use crate::failure::Failure;
use crate::http::Server;
use crate::webhooks::Event;

/// The deliveries that were tried, oldest first.
pub(super) fn read(server: &Server) -> Result<Value, Failure> {
    let deliveries = server
        .deliveries
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .all();
    Ok(json!({"deliveries": shown(&deliveries)?}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raise {
    event_type: String,
    object_id: Option<i64>,
}

/// Lets something happen that the sandbox has no occasion for.
pub(super) fn raise(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let raise: Raise = serde_json::from_slice(body)
        .map_err(|error| Failure::bad(format!("this is no event: {error}")))?;
    server.tell(vec![Event::Happened {
        event_type: raise.event_type,
        object_id: raise.object_id,
    }]);
    Ok(json!({"ok": true}))
}
