//! Activating a webhook receiver. How the confirmation code travels isn't published and one
//! working client sends none, so any activation of a receiver that exists is accepted.

use crate::failure::Failure;
use crate::world::{Call, Reply, World};

pub(super) fn activate(world: &mut World, call: &mut Call<'_>) -> Result<Reply, Failure> {
    let record = call.record(&world.api)?;
    call.existing(world, record)?;
    Ok(Reply::done())
}
