//! Key links between records here and in another system.
//!
//! Documented: the internal id must exist for the entity type. Made up: all four members are
//! required, and system and entity type must exist too. A second link with the same external id is
//! accepted: nothing is published about it, and a refusal would hide a client that links twice.

use serde_json::Value;

use crate::failure::Failure;
use crate::store::Fields;
use crate::world::World;

/// Checks a link.
pub(super) fn check(world: &World, link: &Fields) -> Result<(), Failure> {
    let system = number(link, "integration_system_id")?;
    if !world.store.contains("IntegrationSystem", system) {
        return Err(Failure::field(
            "/integration_system_id",
            "names no integration system; GET /IntegrationSystem lists them",
        ));
    }
    let entity = number(link, "integration_entity_type_id")?;
    let entity = world
        .store
        .find("IntegrationEntityType", entity)
        .ok_or_else(|| {
            Failure::field(
                "/integration_entity_type_id",
                "names no entity type; GET /IntegrationEntityType lists them",
            )
        })?;
    let entity = entity
        .get("entity_type_name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let id = number(link, "internal_id")?;
    let record = world.api.records().find(|record| {
        record
            .entity
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case(entity))
    });
    let exists = record.is_some_and(|record| world.store.contains(&record.name, id));
    if !exists {
        return Err(Failure::field(
            "/internal_id",
            &format!("is the id of no {entity}"),
        ));
    }
    match link.get("external_id") {
        Some(Value::String(text)) if !text.is_empty() => Ok(()),
        _ => Err(Failure::field("/external_id", "is required")),
    }
}

fn number(link: &Fields, name: &str) -> Result<i64, Failure> {
    link.get(name)
        .and_then(Value::as_i64)
        .ok_or_else(|| Failure::field(&format!("/{name}"), "is required"))
}
