//! Two replies of unknown shape: they say `ok` and invent nothing else.

use crate::failure::Failure;
use crate::world::{Call, Reply, World};

/// Used in the wild as a check of credentials.
#[expect(
    clippy::unnecessary_wraps,
    reason = "special operations share a signature"
)]
pub(super) fn status(_: &mut World, _: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::done())
}

/// A customer that doesn't exist is an error; beyond that the reply is unknown.
pub(super) fn customers_metadata(world: &mut World, call: &mut Call<'_>) -> Result<Reply, Failure> {
    let Some(text) = call.query.last("customer_id") else {
        return Ok(Reply::done());
    };
    let id = text
        .parse()
        .map_err(|_| Failure::bad("customer_id must be a whole number"))?;
    if world.store.contains("Customer", id) {
        Ok(Reply::done())
    } else {
        Err(Failure::no_record("Customer", id))
    }
}
