//! New records.

use serde_json::{Map, Value, json};

use super::write::store;
use crate::failure::Failure;
use crate::record_rules::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::schema::Record;
use crate::store::{Fields, embedded, shaped};
use crate::world::World;

/// Creates a record. The server assigns the id, even if the body has one; members that the record
/// doesn't have are ignored.
pub(super) fn create(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let api = world.api.clone();
    let record = request.record(&api)?;
    let Value::Object(body) = &request.body else {
        return Err(Failure::bad("the body must be an object"));
    };
    request.ignored.extend(unused(record, body));
    let id = world.store.next_id(&record.name);
    let mut fields = shaped(record, body);
    let parts = parts(world, &api, record, id, &mut fields);
    store(world, record, id, fields, Write::Create)?;
    for (part, part_id, fields) in parts {
        world.store.put(part, part_id, fields);
    }
    Ok(OperationResponse {
        location: Some(world.address(record, id)),
        ..OperationResponse::json(json!({"ok": true, "id": id}))
    })
}

/// Members of a body that are no fields of the record.
fn unused(record: &Record, body: &Map<String, Value>) -> Vec<String> {
    body.keys()
        .filter(|name| record.property(name).is_none())
        .cloned()
        .collect()
}

/// Objects in a new record that are records of other tables, such as a customer's addresses: each
/// gets an id and refers to the new record. They are stored after it.
fn parts<'a>(
    world: &World,
    api: &'a crate::schema::Api,
    record: &Record,
    id: i64,
    fields: &mut Fields,
) -> Vec<(&'a str, i64, Fields)> {
    let mut parts: Vec<(&str, i64, Fields)> = Vec::new();
    for (name, part) in embedded(record) {
        let Some((part, own)) = api
            .record(part)
            .and_then(|part| Some((part, part.own_id()?)))
        else {
            continue;
        };
        let Some(Value::Object(members)) = fields.get_mut(name) else {
            continue;
        };
        let given = members.get(&own.name).and_then(Value::as_i64).unwrap_or(0);
        if given > 0 {
            continue;
        }
        let taken = parts
            .iter()
            .filter(|(table, _, _)| *table == part.name)
            .count();
        let part_id = world.store.next_id(&part.name) + i64::try_from(taken).unwrap_or(0);
        members.insert(own.name.clone(), part_id.into());
        let owner = record.id_type.as_deref().and_then(|id_type| {
            part.properties
                .iter()
                .find(|property| property.id.as_deref() == Some(id_type))
        });
        if let Some(owner) = owner {
            members.insert(owner.name.clone(), id.into());
        }
        parts.push((part.name.as_str(), part_id, members.clone()));
    }
    parts
}
