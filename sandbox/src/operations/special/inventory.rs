//! Assigning inventory items to services, products and customers, and unassigning them.
//!
//! Observed: assigning to a service takes `identifiers`; items are AVAILABLE or ASSIGNED. The rest
//! is made up: an assigned item can't be assigned again, it gets the customer of the record it is
//! assigned to, and an item of a service is listed in the service inventory. The bodies of two of
//! the three operations that unassign are unknown, so `id`, `inventory_item_id`, `identifier` and
//! `identifiers` are all accepted. Either all items of a request are assigned or none.

use serde_json::Value;

use super::webhooks;
use crate::failure::Failure;
use crate::operations::write::store;
use crate::record_rules::Write;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::store::blank;
use crate::world::World;

const ITEM: &str = "InventoryItem";
const SERVICE_ITEM: &str = "ServiceInventoryItem";

pub(super) fn assign_service(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let service = named(world, &request.body, "Service", "service_id")?;
    if request
        .body
        .get("service_product_id")
        .is_some_and(Value::is_i64)
    {
        named(world, &request.body, "ServiceProduct", "service_product_id")?;
    }
    let items = available(world, &request.body)?;
    assign(world, &items, &owner(world, "Service", service))?;
    for item in items {
        add_to_service_inventory(world, item, service)?;
    }
    Ok(OperationResponse::ok())
}

pub(super) fn assign_product(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let product = named(world, &request.body, "ServiceProduct", "service_product_id")?;
    let items = available(world, &request.body)?;
    assign(world, &items, &owner(world, "ServiceProduct", product))?;
    Ok(OperationResponse::ok())
}

pub(super) fn assign_customer(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let customer = named(world, &request.body, "Customer", "customer_id")?;
    let items = available(world, &request.body)?;
    assign(world, &items, &customer.into())?;
    Ok(OperationResponse::ok())
}

pub(super) fn unassign(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    let items = match ["id", "inventory_item_id"]
        .into_iter()
        .find_map(|name| request.body.get(name))
    {
        Some(id) => {
            let id = id
                .as_i64()
                .ok_or_else(|| Failure::field("/id", "must be an integer"))?;
            if !world.store.contains(ITEM, id) {
                return Err(Failure::no_record(ITEM, id));
            }
            vec![id]
        }
        None => by_identifier(world, &request.body)?,
    };
    for item in &items {
        if status(world, *item) != "ASSIGNED" {
            return Err(Failure::bad(format!(
                "item {item} isn't assigned to anything"
            )));
        }
    }
    for item in items {
        change(world, item, "AVAILABLE", &Value::Null)?;
        world.store.remove(SERVICE_ITEM, item);
        webhooks::unassigned(world, item);
    }
    Ok(OperationResponse::ok())
}

/// Id and identifier of the nth item with a status.
pub(super) fn example(world: &World, wanted: &str, n: usize) -> Option<(i64, Value)> {
    let id = world
        .store
        .table(ITEM)?
        .ids(0)
        .filter(|id| status(world, *id) == wanted)
        .nth(n)?;
    let identifier = world.store.find(ITEM, id)?.get("identifier")?.clone();
    Some((id, identifier))
}

/// The id in a member of the body; the record has to exist.
fn named(world: &World, body: &Value, record: &str, member: &str) -> Result<i64, Failure> {
    let pointer = format!("/{member}");
    let id = body
        .get(member)
        .and_then(Value::as_i64)
        .ok_or_else(|| Failure::field(&pointer, "is required"))?;
    if world.store.contains(record, id) {
        Ok(id)
    } else {
        Err(Failure::field(&pointer, &format!("names no {record}")))
    }
}

fn owner(world: &World, record: &str, id: i64) -> Value {
    world
        .store
        .find(record, id)
        .and_then(|fields| fields.get("customer_id").cloned())
        .unwrap_or(Value::Null)
}

/// The items that the body names; all have to be available.
fn available(world: &World, body: &Value) -> Result<Vec<i64>, Failure> {
    let items = by_identifier(world, body)?;
    for item in &items {
        let status = status(world, *item);
        if status != "AVAILABLE" {
            return Err(Failure::bad(format!(
                "item {item} is {status}, not AVAILABLE"
            )));
        }
    }
    Ok(items)
}

fn by_identifier(world: &World, body: &Value) -> Result<Vec<i64>, Failure> {
    let identifiers: Vec<&Value> = match (body.get("identifiers"), body.get("identifier")) {
        (Some(Value::Array(several)), _) => several.iter().collect(),
        (None, Some(one)) => vec![one],
        _ => Vec::new(),
    };
    if identifiers.is_empty() {
        return Err(Failure::field(
            "/identifiers",
            "must name at least one item",
        ));
    }
    let record = world.api.record(ITEM);
    let property = record.and_then(|record| record.property("identifier"));
    let (Some(record), Some(property), Some(table)) = (record, property, world.store.table(ITEM))
    else {
        return Err(Failure::internal(
            "the schema has no inventory items with an identifier",
        ));
    };
    let mut items = Vec::with_capacity(identifiers.len());
    for (index, identifier) in identifiers.iter().enumerate() {
        let item = table
            .ids(0)
            .find(|id| table.field(record, *id, property) == **identifier)
            .ok_or_else(|| {
                Failure::field(&format!("/identifiers/{index}"), "names no inventory item")
            })?;
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Ok(items)
}

fn status(world: &World, item: i64) -> String {
    let status = world
        .store
        .find(ITEM, item)
        .and_then(|fields| fields.get("status").cloned());
    status
        .as_ref()
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn assign(world: &mut World, items: &[i64], customer: &Value) -> Result<(), Failure> {
    items
        .iter()
        .try_for_each(|item| change(world, *item, "ASSIGNED", customer))
}

fn change(world: &mut World, item: i64, status: &str, customer: &Value) -> Result<(), Failure> {
    let api = world.api.clone();
    let record = api
        .record(ITEM)
        .ok_or_else(|| Failure::internal("no inventory items"))?;
    let mut fields = world.store.get(record, item).unwrap_or_default();
    fields.insert("status".to_owned(), status.into());
    fields.insert("customer_id".to_owned(), customer.clone());
    store(world, record, item, fields, Write::Action)
}

/// Adds an assigned item to the service inventory.
fn add_to_service_inventory(world: &mut World, item: i64, service: i64) -> Result<(), Failure> {
    let api = world.api.clone();
    let Some(record) = api.record(SERVICE_ITEM) else {
        return Ok(());
    };
    let of_item = world.store.find(ITEM, item).unwrap_or_default();
    let mut fields = blank(record);
    for (name, value) in &mut fields {
        if let Some(same) = of_item.get(name) {
            *value = same.clone();
        }
    }
    for (name, value) in [
        ("line_id", Value::from(service)),
        ("assigned_date", world.clock.tick().into()),
    ] {
        if let Some(field) = fields.get_mut(name) {
            *field = value;
        }
    }
    store(world, record, item, fields, Write::Action)
}
