//! The action of a task. Observed: clients send COMPLETE and INCOMPLETE to set and clear `complete`.

use serde_json::Value;

use crate::failure::Failure;
use crate::operations::write::store;
use crate::record_rules::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::world::World;

pub(super) fn run_action(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let id = request.existing(world, record)?;
    let complete = match request.body.get("action").and_then(Value::as_str) {
        Some("COMPLETE") => true,
        Some("INCOMPLETE") => false,
        _ => {
            return Err(Failure::field(
                "/action",
                "must be one of COMPLETE, INCOMPLETE",
            ));
        }
    };
    let mut task = world.store.get(record, id).unwrap_or_default();
    task.insert("complete".to_owned(), complete.into());
    store(world, record, id, task, Write::Action)?;
    Ok(OperationResponse::ok())
}
