//! Two operations whose responses have no known shape: they return `ok` and nothing made up.

use crate::failure::Failure;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::world::World;

/// Clients use it to check credentials.
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

/// A customer that doesn't exist is an error; otherwise the response isn't known.
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
