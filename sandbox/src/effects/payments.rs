//! Reversing a payment.
//!
//! That the operation exists is known, and nothing else. Here a reversed payment is marked with
//! `refund_flag`, and a second reversal is refused.

use serde_json::Value;

use crate::failure::Failure;
use crate::operations::{Write, store};
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
