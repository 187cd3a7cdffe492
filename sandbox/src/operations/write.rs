//! Writes a record to the store: rules of the resource, dates that the server sets, and a check, so
//! that the store only holds records that match their schema.

use serde_json::Value;

use crate::failure::Failure;
use crate::record_rules::{self, Write};
use crate::schema::{Kind, Record};
use crate::store::Fields;
use crate::world::World;

/// Checks and stores a record. Nothing is stored when this fails.
pub(crate) fn store(
    world: &mut World,
    record: &Record,
    id: i64,
    mut fields: Fields,
    write: Write,
) -> Result<(), Failure> {
    if let Some(own) = record.own_id() {
        fields.insert(own.name.clone(), id.into());
    }
    let before = world.store.get(record, id);
    record_rules::before(world, record, before.as_ref(), &mut fields, write)?;
    let now = world.clock.tick();
    stamp(record, before.as_ref(), &mut fields, &now);
    let value = Value::Object(fields);
    if let Some(problem) = record.check.problem(&value).map_err(Failure::internal)? {
        return Err(Failure::bad(problem));
    }
    if let Value::Object(fields) = value {
        world.store.put(&record.name, id, fields.clone());
        record_rules::after(world, record, id, before.as_ref(), &fields, write)?;
    }
    Ok(())
}

/// Removes a record that exists.
pub(crate) fn remove(world: &mut World, record: &Record, id: i64) -> Result<(), Failure> {
    let before = world.store.get(record, id).unwrap_or_default();
    world.store.remove(&record.name, id);
    record_rules::after_removal(world, record, &before)
}

/// Sets dates: of the creation, unless the body has it; of the last change; and of the change of the
/// status, unless the body has it.
fn stamp(record: &Record, before: Option<&Fields>, fields: &mut Fields, now: &str) {
    let mut due: Vec<&str> = Vec::new();
    match before {
        None => {
            let unset = |name: &&str| fields.get(*name).is_none_or(Value::is_null);
            due.extend(
                ["created_date", "updated_date", "modified_date"]
                    .iter()
                    .filter(|name| unset(name)),
            );
        }
        Some(before) => {
            due.extend(["updated_date", "modified_date"]);
            let changed = |name: &str| before.get(name) != fields.get(name);
            if changed("status") && !changed("status_date") {
                due.push("status_date");
            }
        }
    }
    for name in due {
        let is_date = record
            .property(name)
            .is_some_and(|property| matches!(property.kind, Kind::DateTime | Kind::Text));
        if is_date {
            fields.insert(name.to_owned(), now.into());
        }
    }
}
