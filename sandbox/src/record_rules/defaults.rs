//! Default values of new records.
//!
//! The vendor's defaults aren't published. These are the minimum that makes a new record usable: a
//! customer owes nothing, an item can be assigned, a task is open, a service product is pending.

use serde_json::{Value, json};

use crate::store::Fields;
use crate::webhooks::{ACTIVE, RECEIVER};

/// Fills in fields that are null.
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
        // A receiver has to confirm itself first, even if the body says otherwise.
        RECEIVER => {
            fields.insert(ACTIVE.to_owned(), false.into());
        }
        "ServiceProduct" => default(fields, "status", json!("PENDING")),
        _ => {}
    }
}

/// Sets a field that the schema has, if it is null.
fn default(fields: &mut Fields, name: &str, value: Value) {
    if let Some(missing @ Value::Null) = fields.get_mut(name) {
        *missing = value;
    }
}
