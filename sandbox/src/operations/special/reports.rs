//! Reports.
//!
//! The format of results and inputs isn't known. Here a result is CSV with one line for each of the
//! first customers, and a run with input returns the same as JSON, beside the input.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::request::OperationRequest;
use crate::response::OperationResponse;
use crate::world::World;

const ROWS: usize = 10;

pub(super) fn result(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    existing(world, request)?;
    let mut csv = "customer_id,balance\r\n".to_owned();
    for (id, balance) in rows(world) {
        // Writing to a String can't fail.
        let _ = write!(csv, "{id},{balance}\r\n");
    }
    Ok(OperationResponse::bytes(csv.into_bytes()))
}

pub(super) fn run_with_input(
    world: &mut World,
    request: &mut OperationRequest<'_>,
) -> Result<OperationResponse, Failure> {
    existing(world, request)?;
    let rows: Vec<Value> = rows(world)
        .into_iter()
        .map(|(id, balance)| json!({"customer_id": id, "balance": balance}))
        .collect();
    let body = json!({"ok": true, "input": request.body, "records": rows});
    Ok(OperationResponse::bytes(body.to_string().into_bytes()))
}

fn existing(world: &World, request: &OperationRequest<'_>) -> Result<i64, Failure> {
    let record = request.record(&world.api)?;
    request.existing(world, record)
}

/// Customers and their balances.
fn rows(world: &World) -> Vec<(i64, Value)> {
    let ids = world
        .store
        .table("Customer")
        .into_iter()
        .flat_map(|table| table.ids(0).take(ROWS));
    ids.map(|id| {
        let customer = world.store.find("Customer", id).unwrap_or_default();
        let balance = customer
            .get("finance")
            .and_then(|finance| finance.get("balance"));
        (
            id,
            balance
                .filter(|balance| balance.is_number())
                .cloned()
                .unwrap_or_else(|| json!(0)),
        )
    })
    .collect()
}
