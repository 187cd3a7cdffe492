//! The operations: verbs that all resources share, and in `special` those that differ. Rules for the
//! records of single resources are in [`crate::record_rules`].

mod create;
mod patch;
mod read;
mod replace;
mod special;
mod write;

use crate::failure::Failure;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::schema::Verb;
use crate::world::World;
pub(crate) use special::example;
use write::remove;
pub(crate) use write::store;

/// Performs a request.
pub(crate) fn perform(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    if let Some(special) = special::find(request.operation.id()) {
        return special(world, request);
    }
    match request.operation.verb {
        Verb::List => read::list(world, request),
        Verb::Get => read::get(world, request),
        Verb::Create => create::create(world, request),
        Verb::Replace => replace::replace(world, request),
        Verb::Patch => patch::patch(world, request),
        Verb::Delete => delete(world, request),
        Verb::Disconnect => special::disconnect(world, request),
        Verb::Other => Ok(read::unknown(world, request)),
    }
}

/// `DELETE /{Resource}/{id}` removes the record.
fn delete(world: &mut World, request: &OperationRequest<'_>) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let id = request.existing(world, record)?;
    remove(world, record, id)?;
    Ok(OperationResponse::ok())
}
