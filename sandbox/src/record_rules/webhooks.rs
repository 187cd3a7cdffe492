//! New webhook receivers are inactive, and are asked to confirm themselves.

use crate::event::Event;
use crate::store::Fields;
use crate::webhooks::ACTIVE;
use crate::world::World;

/// A new receiver is inactive until it is confirmed.
pub(super) fn fill(fields: &mut Fields) {
    fields.insert(ACTIVE.to_owned(), false.into());
}

/// Asks a new receiver to confirm itself.
pub(super) fn registered(world: &mut World, receiver: i64) {
    world.events.push(Event::Registered { receiver });
}
