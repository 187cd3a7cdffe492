//! Webhook receivers. Registering one asks it to confirm itself. How the confirmation code travels
//! when it is activated later isn't published and one working client sends none, so any activation
//! of a receiver that exists is accepted.

use crate::event::Event;
use crate::failure::Failure;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::store::Fields;
use crate::webhooks::ACTIVE;
use crate::world::World;

/// The one type of event that is known by its text: inventory was taken back.
const UNASSIGNED: &str = "INVENTORY_UNASSIGNED";

/// A new receiver waits to be confirmed.
pub(super) fn fill(fields: &mut Fields) {
    fields.insert(ACTIVE.to_owned(), false.into());
}

/// A receiver was registered.
pub(super) fn registered(world: &mut World, receiver: i64) {
    world.events.push(Event::Registered { receiver });
}

/// An inventory item was taken back.
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
    fn the_schema_knows_the_event() {
        let api = Api::bundled().expect("the schema");
        let record = api.record("WebhookSubscription").expect("a record");
        let values = &record.property("event_type").expect("a field").values;
        assert_eq!(values, &[UNASSIGNED], "the others are to be raised, too");
    }
}
