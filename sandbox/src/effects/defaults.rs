//! What a new record has where its body says nothing.
//!
//! The vendor's defaults aren't published. These are the least that makes a new record usable: an
//! account that owes nothing, an item that can be assigned, a task that is to be done, a product
//! that waits for its service.

use serde_json::{Value, json};

use crate::store::Fields;

/// Fills in what is null.
pub(super) fn fill(record: &str, fields: &mut Fields) {
    match record {
        "Customer" => {
            if let Some(Value::Object(finance)) = fields.get_mut("finance") {
                for name in ["balance", "amount_due", "amount_overdue"] {
                    default(finance, name, json!(0));
                }
            }
        }
        "InventoryItem" => default(fields, "status", json!("AVAILABLE")),
        "Task" => {
            default(fields, "complete", json!(false));
            default(fields, "canceled", json!(false));
        }
        "ServiceProduct" => default(fields, "status", json!("PENDING")),
        _ => {}
    }
}

/// Only where the schema has such a field, which then is there and null.
fn default(fields: &mut Fields, name: &str, value: Value) {
    if let Some(missing @ Value::Null) = fields.get_mut(name) {
        *missing = value;
    }
}
