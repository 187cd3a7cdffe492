//! Consistent inventory: the first item of every customer is assigned to the customer's first
//! service and is in the service inventory; all others are available and belong to no customer.

use serde_json::Value;

use super::Seeder;
use crate::schema::{Property, Record};

impl Seeder {
    /// A field whose value depends on whether an item is assigned.
    pub(super) fn inventory_field(
        &self,
        record: &Record,
        index: u64,
        property: &Property,
    ) -> Option<Value> {
        let assigned = index < self.size("ServiceInventoryItem").count;
        match (record.name.as_str(), property.name.as_str()) {
            ("ServiceInventoryItem", "status") => Some("ASSIGNED".into()),
            ("ServiceInventoryItem", "line_id") => Some(self.size("Service").id(index).into()),
            ("InventoryItem", "status") if assigned => Some("ASSIGNED".into()),
            ("InventoryItem", "status") => Some("AVAILABLE".into()),
            ("InventoryItem", "customer_id") if !assigned => Some(Value::Null),
            _ => None,
        }
    }
}
