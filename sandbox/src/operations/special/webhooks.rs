//! Activating a webhook receiver, and the event of unassigned inventory.
//!
//! How the confirmation code is sent when a receiver is activated later isn't published, and one
//! working client sends none, so any activation of an existing receiver is accepted.

use crate::event::Event;
use crate::failure::Failure;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::webhooks::ACTIVE;
use crate::world::World;

/// The only event type whose name is known.
const UNASSIGNED: &str = "INVENTORY_UNASSIGNED";

/// An inventory item was unassigned.
pub(super) fn unassigned(world: &mut World, item: i64) {
    world.events.push(Event::Happened {
        event_type: UNASSIGNED.to_owned(),
        object_id: Some(item),
    });
}

pub(super) fn activate(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let id = request.existing(world, record)?;
    let mut fields = world.store.get(record, id).unwrap_or_default();
    fields.insert(ACTIVE.to_owned(), true.into());
    world.store.put(&record.name, id, fields);
    Ok(OperationResponse::ok())
}

#[cfg(test)]
mod tests {
    use super::UNASSIGNED;
    use crate::schema::Api;

    #[test]
    fn the_schema_has_this_event_type_only() {
        let api = Api::bundled().expect("the schema");
        let record = api.record("WebhookSubscription").expect("a record");
        let values = &record.property("event_type").expect("a field").values;
        assert_eq!(values, &[UNASSIGNED], "raise the events of new types too");
    }
}
