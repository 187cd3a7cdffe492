//! What operations do: the verbs that every resource shares. What is special to one resource is in
//! [`crate::effects`].

mod create;
mod patch;
mod read;
mod replace;
mod write;

use crate::effects;
use crate::failure::Failure;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::schema::Verb;
use crate::world::World;
use write::remove;
pub(crate) use write::{Write, store};

/// Performs a request.
pub(crate) fn perform(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    if let Some(special) = effects::special(request.operation.id()) {
        return special(world, request);
    }
    match request.operation.verb {
        Verb::List => read::list(world, request),
        Verb::Get => read::get(world, request),
        Verb::Create => create::create(world, request),
        Verb::Replace => replace::replace(world, request),
        Verb::Patch => patch::patch(world, request),
        Verb::Delete => delete(world, request),
        Verb::Disconnect => effects::disconnect(world, request),
        Verb::Other => Ok(read::unknown(world, request)),
    }
}

/// `DELETE /{Resource}/{id}`: the record is gone.
fn delete(world: &mut World, request: &OperationRequest<'_>) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let id = request.existing(world, record)?;
    remove(world, record, id)?;
    Ok(OperationResponse::ok())
}
