//! Lists and single records.

use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::list;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::world::World;

/// One page.
pub(super) fn list(
    world: &World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let record = request.record(&world.api)?;
    let mut listed = list::list(
        &world.store,
        request.operation,
        record,
        &request.query,
        request.page_fault,
    )?;
    if let ("Payment", Some(Value::Array(payments))) =
        (record.name.as_str(), listed.page.get_mut("records"))
    {
        for payment in payments {
            world.payments.apply_to_listed(payment);
        }
    }
    request.ignored.extend(listed.ignored);
    Ok(OperationResponse::json(listed.page))
}

/// One record: its fields, `ok`, and a link to itself. Like the vendor's, the link has plain http
/// and a path in lower case.
pub(super) fn get(
    world: &World,
    request: &OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let record = request.record(&world.api)?;
    let id = request.existing(world, record)?;
    let mut body = Map::new();
    body.insert("ok".to_owned(), true.into());
    let address = world.address(record, id).to_lowercase();
    body.insert(
        "links".to_owned(),
        json!([{"rel": "self", "href": address}]),
    );
    body.extend(world.store.get(record, id).unwrap_or_default());
    Ok(OperationResponse::json(Value::Object(body)))
}

/// An operation without behaviour of its own: made-up data that matches its schema.
pub(super) fn unknown(world: &World, request: &OperationRequest<'_>) -> OperationResponse {
    match &request.operation.response {
        Some(shape) if !request.operation.responds_with_bytes() => {
            OperationResponse::json(world.seeder.body(request.operation.id(), 0, shape))
        }
        Some(_) => OperationResponse::bytes(Vec::new()),
        None => OperationResponse::ok(),
    }
}
