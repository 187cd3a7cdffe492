//! Operations that differ from the verbs that all resources share. Each file says which of its
//! behaviour is documented and which is made up.

mod disconnect;
mod examples;
mod inventory;
mod payments;
mod pdf;
mod reports;
mod requests;
mod system;
mod tasks;
mod webhooks;

use crate::failure::Failure;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::world::World;
pub(super) use disconnect::disconnect;
pub(crate) use examples::example;

/// The function of a special operation.
pub(super) type Special =
    fn(&mut World, &mut OperationRequest<'_>) -> Result<OperationResponse, Failure>;

/// The function of an operation, if it is special.
pub(super) fn find(operation: &str) -> Option<Special> {
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
