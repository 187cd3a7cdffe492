//! `DELETE /{Resource}` with a body: the body names the record, which is disconnected, not removed.
//! Documented for service products; inferred for services.
//!
//! What the vendor does to the record isn't published. Here it gets the status DISCONNECTED where
//! its status has that value, and the effective date (or the current time) as its disconnected or
//! canceled date. Disconnecting again changes nothing: the first date stays. Disconnecting a service
//! disconnects its products that are neither DENIED nor DISCONNECTED, since its date must be the
//! date of its products.

use serde_json::Value;

use crate::failure::Failure;
use crate::operations::write::store;
use crate::record_rules::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::schema::{Record, dates};
use crate::store::Fields;
use crate::world::World;

/// Disconnects the record that the body names.
pub(in crate::operations) fn disconnect(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let own = record.own_id().map_or("id", |own| own.name.as_str());
    let id = request
        .body
        .get(own)
        .and_then(Value::as_i64)
        .ok_or_else(|| Failure::field(&format!("/{own}"), "is required"))?;
    if !world.store.contains(&record.name, id) {
        return Err(Failure::no_record(&record.name, id));
    }
    let when = match request.body.get("effective_date") {
        Some(Value::String(date)) => date.clone(),
        _ => world.clock.tick(),
    };
    end(world, record, id, &when)?;
    if record.name == "Service"
        && let Some(product) = api.record("ServiceProduct")
    {
        for id in world.store.with_id(product, "service_id", id) {
            end(world, product, id, &when)?;
        }
    }
    Ok(OperationResponse::ok())
}

/// Sets status and date, unless the record is disconnected or denied already.
fn end(world: &mut World, record: &Record, id: i64, when: &str) -> Result<(), Failure> {
    let mut fields = world.store.get(record, id).unwrap_or_default();
    let has_status = record
        .property("status")
        .is_some_and(|status| status.values.iter().any(|value| value == "DISCONNECTED"));
    let date = ["disconnected_date", "canceled_date"]
        .into_iter()
        .find(|name| record.property(name).is_some());
    let is_over = if has_status {
        let status = fields.get("status").and_then(Value::as_str);
        matches!(status, Some("DISCONNECTED" | "DENIED"))
    } else {
        date.is_some_and(|date| is_date(&fields, date))
    };
    if is_over {
        return Ok(());
    }
    if has_status {
        fields.insert("status".to_owned(), "DISCONNECTED".into());
    }
    if let Some(date) = date {
        fields.insert(date.to_owned(), when.into());
    }
    store(world, record, id, fields, Write::Action)
}

/// Whether the field has a date. The vendor writes the year 1 for none.
fn is_date(fields: &Fields, name: &str) -> bool {
    let text = fields.get(name).and_then(Value::as_str);
    text.is_some_and(|text| dates::is_date(text) && !text.starts_with("0001-01-01"))
}
