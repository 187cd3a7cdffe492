//! A new bill gets all charges and credits of its customer that are on no bill yet.
//!
//! It is known that bills can be created, and nothing else. Here amounts that the body leaves out
//! are sums: of the charges, of the credits, and of both as the amount due. Amounts in the body stay
//! as they were sent. Billing doesn't change the balance; charges and credits already did.

use bigdecimal::BigDecimal;
use serde_json::Value;

use super::ledger::{amount, customer, effect, number};
use crate::failure::Failure;
use crate::schema::Record;
use crate::store::Fields;
use crate::world::World;

/// Fills in the amounts of a new bill.
pub(super) fn total(world: &World, record: &Record, bill: &mut Fields) -> Result<(), Failure> {
    if record.name != "Bill" {
        return Ok(());
    }
    let mut sums: Vec<BigDecimal> = Vec::new();
    for (table, field) in [
        ("Charge", "invoice_amount"),
        ("Credit", "credit_memo_amount"),
    ] {
        let mut sum = BigDecimal::default();
        for (_, line) in unbilled(world, table, bill) {
            sum += effect(table, &line)?;
        }
        sums.push(fill(bill, field, sum)?);
    }
    fill(bill, "amount_due", sums.into_iter().sum())?;
    Ok(())
}

/// Sets the id of a new bill in its charges and credits.
pub(super) fn add_lines(world: &mut World, id: i64, bill: &Fields) {
    for table in ["Charge", "Credit"] {
        for (line_id, mut line) in unbilled(world, table, bill) {
            line.insert("bill_id".to_owned(), id.into());
            world.store.put(table, line_id, line);
        }
    }
}

/// The charges or credits of the bill's customer that are on no bill.
fn unbilled(world: &World, table: &str, bill: &Fields) -> Vec<(i64, Fields)> {
    let (Some(record), Some(customer)) = (world.api.record(table), customer(bill)) else {
        return Vec::new();
    };
    let lines = world.store.with_id(record, "customer_id", customer);
    lines
        .into_iter()
        .filter_map(|id| Some((id, world.store.get(record, id)?)))
        .filter(|(_, line)| matches!(line.get("bill_id").and_then(Value::as_i64), None | Some(0)))
        .collect()
}

/// Fills in an amount that is null, and returns the amount of the field.
fn fill(bill: &mut Fields, field: &str, sum: BigDecimal) -> Result<BigDecimal, Failure> {
    if let Some(sent) = amount(bill, field)? {
        return Ok(sent);
    }
    if let Some(empty) = bill.get_mut(field) {
        *empty = number(&sum);
    }
    Ok(sum)
}
