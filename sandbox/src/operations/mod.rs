//! What operations do: the verbs that every resource shares. What is special to one resource is in
//! [`crate::effects`].

mod create;
mod patch;
mod read;
mod replace;
mod write;

use crate::effects;
use crate::failure::Failure;
use crate::schema::Verb;
use crate::world::{Call, Reply, World};
use write::remove;
pub(crate) use write::{Write, store};

/// Performs a call.
pub(crate) fn perform(world: &mut World, call: &mut Call<'_>) -> Result<Reply, Failure> {
    if let Some(special) = effects::special(call.operation.id()) {
        return special(world, call);
    }
    match call.operation.verb {
        Verb::List => read::list(world, call),
        Verb::Get => read::get(world, call),
        Verb::Create => create::create(world, call),
        Verb::Replace => replace::replace(world, call),
        Verb::Patch => patch::patch(world, call),
        Verb::Delete => delete(world, call),
        Verb::Disconnect => effects::disconnect(world, call),
        Verb::Other => Ok(read::unknown(world, call)),
    }
}

/// `DELETE /{Resource}/{id}`: the record is gone.
fn delete(world: &mut World, call: &Call<'_>) -> Result<Reply, Failure> {
    let api = world.api.clone();
    let record = call.record(&api)?;
    let id = call.existing(world, record)?;
    remove(world, record, id)?;
    Ok(Reply::done())
}
