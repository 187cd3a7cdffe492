//! What is special to single resources: operations with a meaning of their own, and rules that a
//! written record must keep. Each file says which of its behaviour is documented and which is made
//! up.

mod bills;
mod defaults;
mod disconnect;
mod examples;
mod inventory;
mod key_links;
mod ledger;
mod payments;
mod pdf;
mod reports;
mod requests;
mod service_products;
mod services;
mod system;
mod tasks;
mod webhooks;

use crate::failure::Failure;
use crate::operations::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::schema::Record;
use crate::store::Fields;
use crate::webhooks::RECEIVER;
use crate::world::World;
pub(crate) use disconnect::disconnect;
pub(crate) use examples::example;

/// An operation with a meaning of its own.
pub(crate) type Special =
    fn(&mut World, &mut OperationRequest<'_>) -> Result<OperationResponse, Failure>;

/// The special behaviour of an operation, if it has one.
pub(crate) fn special(operation: &str) -> Option<Special> {
    Some(match operation {
        "customers_metadata" => system::customers_metadata,
        "inventory_items_assign_customer" => inventory::assign_customer,
        "inventory_items_assign_product" => inventory::assign_product,
        "inventory_items_assign_service" => inventory::assign_service,
        "inventory_items_unassign_customer"
        | "inventory_items_unassign_product"
        | "inventory_items_unassign_service" => inventory::unassign,
        "payments_reverse" => payments::reverse,
        "reports_result" => reports::result,
        "reports_run_with_input" => reports::run_with_input,
        "requests_approve" => requests::approve,
        "requests_pdf" => requests::pdf,
        "system_status_get" => system::status,
        "tasks_run_action" => tasks::run_action,
        "webhook_receivers_activate" => webhooks::activate,
        _ => return None,
    })
}

/// Looks at a record before it is stored; it may fill in what is missing.
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
            world.payments.keep(fields);
        }
        if record.name == RECEIVER {
            webhooks::fill(fields);
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

/// What follows from a record that was just stored.
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
            "Bill" => bills::take_up(world, id, fields),
            RECEIVER => webhooks::registered(world, id),
            _ => {}
        }
    }
    ledger::post(world, record, before, Some(fields))
}

/// What follows from the removal of a record.
pub(crate) fn after_removal(
    world: &mut World,
    record: &Record,
    before: &Fields,
) -> Result<(), Failure> {
    ledger::post(world, record, Some(before), None)
}
