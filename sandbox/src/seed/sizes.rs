//! The number of records in each table, and which record refers to which.
//!
//! Tables whose records refer to a customer, directly or through other records, have two records
//! for each customer, in rounds: the first round has one for every customer, then comes the second.
//! A reference points to the record at the same position of its table, so references agree with
//! each other: a service product and its service belong to the same customer. All other tables are
//! small and independent of customers.

use std::collections::BTreeMap;

use crate::schema::{Api, Kind, Property, Record};

/// Records in a table that is independent of customers.
const CATALOGUE: u64 = 12;

/// Records for each customer.
const ROUNDS: u64 = 2;

/// The first customer id.
const FIRST_CUSTOMER: i64 = 1001;

/// The type of customer ids.
const CUSTOMER: &str = "CustomerId";

/// Size and numbering of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) first: i64,
    pub(crate) count: u64,
    /// Whether the records refer to a customer.
    pub(crate) owned: bool,
}

impl Size {
    /// The id at a position.
    pub(crate) fn id(self, index: u64) -> i64 {
        self.first + i64::try_from(index).unwrap_or(0)
    }

    /// The position of an id.
    pub(crate) fn index(self, id: i64) -> Option<u64> {
        let index = u64::try_from(id.checked_sub(self.first)?).ok()?;
        (index < self.count).then_some(index)
    }
}

/// Sizes of all tables, by record name. `starts_empty` selects tables without records.
pub(crate) fn sizes(
    api: &Api,
    customers: u64,
    starts_empty: impl Fn(&Record) -> bool,
) -> BTreeMap<String, Size> {
    let owned = owned(api);
    api.records()
        .map(|record| {
            let is_customer = record.id_type.as_deref() == Some(CUSTOMER);
            let is_owned = owned.get(&record.name).copied().unwrap_or(false);
            // A record whose own id is that of another record is a view of that record.
            let id_type = record.id_type.as_deref();
            let is_view = id_type
                .and_then(|id_type| api.record_of_id(id_type))
                .is_some_and(|target| target.name != record.name);
            let size = Size {
                first: if is_customer { FIRST_CUSTOMER } else { 1 },
                count: if starts_empty(record) {
                    0
                } else if is_customer || (is_owned && is_view) {
                    customers
                } else if is_owned {
                    customers.saturating_mul(ROUNDS)
                } else {
                    CATALOGUE
                },
                owned: is_owned,
            };
            (record.name.clone(), size)
        })
        .collect()
}

/// Which records refer to a customer, directly or through other records. Records that customers
/// refer to (agents, users) are excluded, otherwise nearly all records would be included.
fn owned(api: &Api) -> BTreeMap<String, bool> {
    let above_customers: Vec<&str> = api
        .record_of_id(CUSTOMER)
        .map(|customer| references(&customer.properties).collect())
        .unwrap_or_default();
    let mut owned: BTreeMap<String, bool> = api
        .records()
        .map(|record| {
            (
                record.name.clone(),
                record.id_type.as_deref() == Some(CUSTOMER),
            )
        })
        .collect();
    loop {
        let more: Vec<String> = api
            .records()
            .filter(|record| owned.get(&record.name) == Some(&false))
            .filter(|record| {
                let id = record.id_type.as_deref();
                id.is_none_or(|id| !above_customers.contains(&id))
            })
            .filter(|record| {
                references(&record.properties).any(|id| {
                    api.record_of_id(id)
                        .is_some_and(|target| owned.get(&target.name) == Some(&true))
                })
            })
            .map(|record| record.name.clone())
            .collect();
        if more.is_empty() {
            return owned;
        }
        owned.extend(more.into_iter().map(|name| (name, true)));
    }
}

/// Id types of the references among the properties.
fn references(properties: &[Property]) -> impl Iterator<Item = &str> {
    properties
        .iter()
        .filter(|property| !property.own_id && property.kind == Kind::Integer)
        .filter_map(|property| property.id.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_depend_on_the_number_of_customers() {
        let api = Api::bundled().expect("the schema");
        let sizes = sizes(&api, 50, |record| record.name == "IntegrationKeyLink");
        let customer = sizes["Customer"];
        assert_eq!((customer.first, customer.count), (1001, 50));
        assert_eq!(customer.index(1015), Some(14));
        assert_eq!(customer.index(1051), None);
        assert_eq!(customer.index(i64::MIN), None);
        assert_eq!(sizes["Contact"].count, 100);
        assert_eq!(sizes["ServiceInventoryItem"].count, 50);
        // Journals name a ticket, and tickets name a customer.
        assert_eq!(sizes["TicketJournal"].count, 100);
        for catalogue in ["NoteType", "Agent", "User", "Product"] {
            assert_eq!(sizes[catalogue].count, CATALOGUE, "{catalogue}");
        }
        assert_eq!(sizes["IntegrationKeyLink"].count, 0);
    }
}
