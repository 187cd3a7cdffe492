//! Rules for the records of single resources: what is checked and filled in before a record is
//! stored, and what changes after it. Each file says which of its behaviour is documented and which
//! is made up.

mod bills;
mod defaults;
mod key_links;
mod ledger;
mod service_products;
mod services;

use crate::event::Event;
use crate::failure::Failure;
use crate::schema::Record;
use crate::store::Fields;
use crate::webhooks::RECEIVER;
use crate::world::World;

/// How a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    Create,
    Replace,
    Patch,
    /// By a special operation, such as assigning an item.
    Action,
}

/// Checks a record before it is stored, and fills in missing fields.
pub(crate) fn before(
    world: &World,
    record: &Record,
    before: Option<&Fields>,
    fields: &mut Fields,
    write: Write,
) -> Result<(), Failure> {
    if write == Write::Create {
        defaults::fill(&record.name, fields);
        if record.name == "Payment" {
            world.payments.apply_to_stored(fields);
        }
        ledger::check(world, record, fields)?;
        bills::total(world, record, fields)?;
    }
    match record.name.as_str() {
        "IntegrationKeyLink" => key_links::check(world, fields),
        "Service" if write == Write::Patch => services::check(world, before, fields),
        "ServiceProduct" if matches!(write, Write::Replace | Write::Patch) => {
            service_products::check(before, fields)
        }
        _ => Ok(()),
    }
}

/// Updates other records after a record was stored.
pub(crate) fn after(
    world: &mut World,
    record: &Record,
    id: i64,
    before: Option<&Fields>,
    fields: &Fields,
    write: Write,
) -> Result<(), Failure> {
    if write == Write::Create {
        match record.name.as_str() {
            "Bill" => bills::add_lines(world, id, fields),
            RECEIVER => world.events.push(Event::Registered { receiver: id }),
            _ => {}
        }
    }
    ledger::post(world, record, before, Some(fields))
}

/// Updates other records after a record was removed.
pub(crate) fn after_removal(
    world: &mut World,
    record: &Record,
    before: &Fields,
) -> Result<(), Failure> {
    ledger::post(world, record, Some(before), None)
}
