//! A new bill takes up what its customer was charged and credited and what is on no bill yet.
//!
//! That bills can be created is known, and nothing about it. Here the amounts that a body leaves
//! out are sums: the charges, the credits, and both together as what is due. Amounts in the body
//! stay as they were sent. Billing doesn't change the balance, charges and credits did already.

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

/// Puts the bill's id on what it takes up.
pub(super) fn take_up(world: &mut World, id: i64, bill: &Fields) {
    for table in ["Charge", "Credit"] {
        for (line_id, mut line) in unbilled(world, table, bill) {
            line.insert("bill_id".to_owned(), id.into());
            world.store.put(table, line_id, line);
        }
    }
}

/// The charges or credits of the bill's customer that name no bill.
fn unbilled(world: &World, table: &str, bill: &Fields) -> Vec<(i64, Fields)> {
    let (Some(record), Some(customer)) = (world.api.record(table), customer(bill)) else {
        return Vec::new();
    };
    let lines = world.store.holding(record, "customer_id", customer);
    lines
        .into_iter()
        .filter_map(|id| Some((id, world.store.get(record, id)?)))
        .filter(|(_, line)| matches!(line.get("bill_id").and_then(Value::as_i64), None | Some(0)))
        .collect()
}

/// Puts an amount where there is none; the answer is what stands there then.
fn fill(bill: &mut Fields, field: &str, sum: BigDecimal) -> Result<BigDecimal, Failure> {
    if let Some(sent) = amount(bill, field)? {
        return Ok(sent);
    }
    if let Some(empty) = bill.get_mut(field) {
        *empty = number(&sum);
    }
    Ok(sum)
}
