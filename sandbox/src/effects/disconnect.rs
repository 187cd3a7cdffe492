//! `DELETE /{Resource}` with a body: the record is named in the body, and it is disconnected, not
//! removed. Documented for service products; for services it is inferred.
//!
//! What the vendor does to the record isn't published. Here it gets the status DISCONNECTED where
//! its status can be that, and the effective date (or the present) as its disconnected or canceled
//! date. The products of a service are left alone.

use serde_json::Value;

use crate::failure::Failure;
use crate::operations::{Write, store};
use crate::world::{Call, Reply, World};

/// Disconnects the record that the body names.
pub(crate) fn disconnect(world: &mut World, call: &mut Call<'_>) -> Result<Reply, Failure> {
    let api = world.api.clone();
    let record = call.record(&api)?;
    let own = record.own_id().map_or("id", |own| own.name.as_str());
    let id = call
        .body
        .get(own)
        .and_then(Value::as_i64)
        .ok_or_else(|| Failure::field(&format!("/{own}"), "is required"))?;
    let mut fields = world
        .store
        .get(record, id)
        .ok_or_else(|| Failure::no_record(&record.name, id))?;
    let when = match call.body.get("effective_date") {
        Some(Value::String(date)) => date.clone(),
        _ => world.clock.tick(),
    };
    let has_status = record
        .property("status")
        .is_some_and(|status| status.values.iter().any(|value| value == "DISCONNECTED"));
    if has_status {
        fields.insert("status".to_owned(), "DISCONNECTED".into());
    }
    let date = ["disconnected_date", "canceled_date"]
        .into_iter()
        .find(|name| record.property(name).is_some());
    if let Some(date) = date {
        fields.insert(date.to_owned(), when.into());
    }
    store(world, record, id, fields, Write::Action)?;
    Ok(Reply::done())
}
