//! Example bodies that fit the data of the sandbox, where a body made from the schema alone would
//! be refused: links need an existing record, items have to be available or assigned.

use serde_json::{Value, json};

use super::inventory;
use crate::schema::Record;
use crate::world::World;

/// The example body of an operation that needs a special one. The examples use different items, so
/// all of them can be tried in sequence.
pub(crate) fn example(world: &World, operation: &str) -> Option<Value> {
    let available = |n: usize| Some(json!([inventory::example(world, "AVAILABLE", n)?.1]));
    let assigned = |n: usize| Some(json!({"id": inventory::example(world, "ASSIGNED", n)?.0}));
    match operation {
        "integration_key_links_create" | "integration_key_links_replace" => link(world),
        "inventory_items_assign_customer" => Some(json!({
            "customer_id": first(world, "Customer")?, "identifiers": available(0)?,
        })),
        "inventory_items_assign_product" => Some(json!({
            "service_product_id": first(world, "ServiceProduct")?, "identifiers": available(1)?,
        })),
        "inventory_items_assign_service" => Some(json!({
            "service_id": first(world, "Service")?, "identifiers": available(2)?,
        })),
        "inventory_items_unassign_customer" => assigned(0),
        "inventory_items_unassign_product" => assigned(1),
        "inventory_items_unassign_service" => assigned(2),
        _ => None,
    }
}

fn first(world: &World, record: &str) -> Option<i64> {
    world.store.table(record)?.ids(0).next()
}

/// A link of the first record of the first entity type.
fn link(world: &World) -> Option<Value> {
    let types = world.store.table("IntegrationEntityType")?;
    let (entity, record) = types.ids(0).find_map(|id| {
        let fields = world.store.find("IntegrationEntityType", id)?;
        let name = fields.get("entity_type_name")?.as_str()?.to_owned();
        let is_meant = |record: &&Record| {
            let entity = record.entity.as_deref();
            entity.is_some_and(|it| it.eq_ignore_ascii_case(&name))
        };
        Some((id, world.api.records().find(is_meant)?))
    })?;
    Some(json!({
        "integration_system_id": first(world, "IntegrationSystem")?,
        "integration_entity_type_id": entity,
        "internal_id": first(world, &record.name)?,
        "external_id": "0012D00000sandbox",
    }))
}
