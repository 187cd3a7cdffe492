//! Lists and single records.

use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::list;
use crate::world::{Call, Reply, World};

/// One page.
pub(super) fn list(world: &World, call: &mut Call<'_>) -> Result<Reply, Failure> {
    let record = call.record(&world.api)?;
    let mut listed = list::list(
        &world.store,
        call.operation,
        record,
        &call.query,
        call.page_fault,
    )?;
    if let ("Payment", Some(Value::Array(payments))) =
        (record.name.as_str(), listed.page.get_mut("records"))
    {
        for payment in payments {
            world.payments.show(payment);
        }
    }
    call.ignored.extend(listed.ignored);
    Ok(Reply::json(listed.page))
}

/// One record: its fields stand beside `ok` and a link to itself. The link has plain http and a
/// path in lower case, like the vendor's.
pub(super) fn get(world: &World, call: &Call<'_>) -> Result<Reply, Failure> {
    let record = call.record(&world.api)?;
    let id = call.existing(world, record)?;
    let mut reply = Map::new();
    reply.insert("ok".to_owned(), true.into());
    let address = world.address(record, id).to_lowercase();
    reply.insert(
        "links".to_owned(),
        json!([{"rel": "self", "href": address}]),
    );
    reply.extend(world.store.get(record, id).unwrap_or_default());
    Ok(Reply::json(Value::Object(reply)))
}

/// An operation that the sandbox has no behaviour for: made-up data in the shape of its schema.
pub(super) fn unknown(world: &World, call: &Call<'_>) -> Reply {
    match &call.operation.answer {
        Some(shape) if !call.operation.answers_bytes() => {
            Reply::json(world.seeder.body(call.operation.id(), 0, shape))
        }
        Some(_) => Reply::bytes(Vec::new()),
        None => Reply::done(),
    }
}
