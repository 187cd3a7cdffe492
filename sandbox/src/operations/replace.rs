//! `PUT /{Resource}/{id}` replaces a record with the body.

use serde_json::Value;

use super::write::store;
use crate::failure::Failure;
use crate::record_rules::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::store::shaped;
use crate::world::World;

/// Replaces a record. Fields that the body leaves out become null; the id and fields that bodies of
/// this operation can't have stay as they are.
pub(super) fn replace(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let id = request.existing(world, record)?;
    let Value::Object(body) = &request.body else {
        return Err(Failure::bad("the body must be an object"));
    };
    let before = world.store.get(record, id).unwrap_or_default();
    let mut fields = shaped(record, body);
    let settable = request.operation.body_members();
    for (name, value) in before {
        if !settable.iter().any(|member| member.name == name) {
            fields.insert(name, value);
        }
    }
    let unused = body.keys().filter(|name| record.property(name).is_none());
    request.ignored.extend(unused.cloned());
    store(world, record, id, fields, Write::Replace)?;
    Ok(OperationResponse::ok())
}
