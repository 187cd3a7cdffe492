//! Reversing a payment.
//!
//! It is known that the operation exists, and nothing else. Here a reversal sets `refund_flag`, and
//! a second reversal is refused.

use serde_json::Value;

use crate::failure::Failure;
use crate::operations::write::store;
use crate::record_rules::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::world::World;

pub(super) fn reverse(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let id = request.existing(world, record)?;
    let mut payment = world.store.get(record, id).unwrap_or_default();
    if payment.get("refund_flag") == Some(&Value::Bool(true)) {
        return Err(Failure::bad(format!("payment {id} is reversed already")));
    }
    payment.insert("refund_flag".to_owned(), true.into());
    store(world, record, id, payment, Write::Action)?;
    Ok(OperationResponse::ok())
}
