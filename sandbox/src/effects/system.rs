//! Two replies of unknown shape: they say `ok` and invent nothing else.

use crate::failure::Failure;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::world::World;

/// Used in the wild as a check of credentials.
#[expect(
    clippy::unnecessary_wraps,
    reason = "special operations share a signature"
)]
pub(super) fn status(
    _: &mut World,
    _: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    Ok(OperationResponse::ok())
}

/// A customer that doesn't exist is an error; beyond that the reply is unknown.
pub(super) fn customers_metadata(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let Some(text) = request.query.last("customer_id") else {
        return Ok(OperationResponse::ok());
    };
    let id = text
        .parse()
        .map_err(|_| Failure::bad("customer_id must be a whole number"))?;
    if world.store.contains("Customer", id) {
        Ok(OperationResponse::ok())
    } else {
        Err(Failure::no_record("Customer", id))
    }
}
