//! The store: one table for every record schema, and the changes of the current request, which are
//! undone if it fails.

mod index;
mod record;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::schema::{Api, Record};
use crate::seed::{Seeder, known_records};
pub(crate) use index::whole;
pub(crate) use record::{blank, embedded, shaped};
pub(crate) use table::{Fields, Slot, Table};

/// All tables.
pub(crate) struct Store {
    api: Arc<Api>,
    tables: BTreeMap<String, Table>,
    changes: Vec<Change>,
}

/// A difference from the initial state.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Entry {
    /// The id that the next new record gets.
    Next { table: String, id: i64 },
    /// A record that was created or changed.
    Written {
        table: String,
        id: i64,
        fields: Fields,
    },
    /// A record that was removed.
    Removed { table: String, id: i64 },
}

/// One change, and how to undo it.
struct Change {
    table: String,
    id: i64,
    before: Slot,
    next_before: i64,
}

impl Store {
    pub(crate) fn new(api: Arc<Api>, seeder: &Arc<Seeder>) -> Self {
        let tables = api
            .records()
            .map(|record| {
                let known = known_records(&api, &record.name);
                let table = Table::new(Arc::clone(seeder), record, known);
                (record.name.clone(), table)
            })
            .collect();
        Self {
            api,
            tables,
            changes: Vec::new(),
        }
    }

    /// The table of a record schema.
    pub(crate) fn table(&self, record: &str) -> Option<&Table> {
        self.tables.get(record)
    }

    /// A record.
    pub(crate) fn get(&self, record: &Record, id: i64) -> Option<Fields> {
        self.table(&record.name)?.get(record, id)
    }

    /// A record by the name of its schema.
    pub(crate) fn find(&self, record: &str, id: i64) -> Option<Fields> {
        self.get(self.api.record(record)?, id)
    }

    /// The records with an id in a field, in ascending order.
    pub(crate) fn with_id(&self, record: &Record, field: &str, value: i64) -> Vec<i64> {
        let (Some(table), Some(property)) = (self.table(&record.name), record.property(field))
        else {
            return Vec::new();
        };
        let holds = |id: &i64| {
            table.contains(*id) && whole(&table.field(record, *id, property)) == Some(value)
        };
        match table.with_id(record, property, &[value]) {
            Some(ids) => ids.into_iter().filter(holds).collect(),
            None => table.ids(0).filter(holds).collect(),
        }
    }

    /// Whether a record exists.
    pub(crate) fn contains(&self, record: &str, id: i64) -> bool {
        self.table(record).is_some_and(|table| table.contains(id))
    }

    /// The id that the next new record gets.
    pub(crate) fn next_id(&self, record: &str) -> i64 {
        self.table(record).map_or(1, Table::next_id)
    }

    /// Stores a record.
    pub(crate) fn put(&mut self, record: &str, id: i64, fields: Fields) {
        self.change(record, id, Slot::Written(fields));
    }

    /// Removes a record; its id is not reused.
    pub(crate) fn remove(&mut self, record: &str, id: i64) {
        self.change(record, id, Slot::Removed);
    }

    fn change(&mut self, record: &str, id: i64, slot: Slot) {
        if let Some(table) = self.tables.get_mut(record) {
            let next_before = table.next_id();
            self.changes.push(Change {
                table: record.to_owned(),
                id,
                before: table.set(id, slot),
                next_before,
            });
        }
    }

    /// What was changed since the last commit, with its current state.
    pub(crate) fn changed(&self) -> Vec<Entry> {
        let records: BTreeSet<(&str, i64)> = self
            .changes
            .iter()
            .map(|change| (change.table.as_str(), change.id))
            .collect();
        let entries = records.into_iter().filter_map(|(name, id)| {
            let fields = self.tables.get(name)?.written(id).cloned();
            let table = name.to_owned();
            Some(match fields {
                Some(fields) => Entry::Written { table, id, fields },
                None => Entry::Removed { table, id },
            })
        });
        entries.collect()
    }

    /// Keeps all changes since the last commit.
    pub(crate) fn commit(&mut self) {
        self.changes.clear();
    }

    /// All differences from the initial state.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for record in self.api.records() {
            if let Some(table) = self.tables.get(&record.name) {
                table.entries(record, &mut entries);
            }
        }
        entries
    }

    /// Applies a difference.
    pub(crate) fn apply(&mut self, entry: Entry) {
        match entry {
            Entry::Next { table, id } => {
                if let Some(table) = self.tables.get_mut(&table) {
                    table.set_next_id(id);
                }
            }
            Entry::Written { table, id, fields } => self.put(&table, id, fields),
            Entry::Removed { table, id } => self.remove(&table, id),
        }
    }

    /// Undoes all changes since the last commit.
    pub(crate) fn undo(&mut self) {
        while let Some(change) = self.changes.pop() {
            if let Some(table) = self.tables.get_mut(&change.table) {
                table.set(change.id, change.before);
                table.set_next_id(change.next_before);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use serde_json::json;

    fn store() -> Store {
        let api = Arc::new(Api::bundled().expect("the schema"));
        let seed = Seed {
            seed: 1,
            customers: 4,
        };
        let seeder = Arc::new(Seeder::new(Arc::clone(&api), seed));
        Store::new(api, &seeder)
    }

    fn ids(store: &Store, record: &str) -> Vec<i64> {
        let table = store.table(record).expect("a table");
        let all: Vec<i64> = table.ids(0).collect();
        for skip in 0..=all.len() + 1 {
            let rest: Vec<i64> = table.ids(skip as u64).collect();
            assert_eq!(rest, all[skip.min(all.len())..], "without the first {skip}");
        }
        all
    }

    #[test]
    fn changes_override_the_seed() {
        let mut store = store();
        assert_eq!(ids(&store, "Customer"), [1001, 1002, 1003, 1004]);
        store.remove("Customer", 1002);
        assert!(!store.contains("Customer", 1002));
        assert_eq!(store.next_id("Customer"), 1005);
        store.put("Customer", 1005, Fields::new());
        store.put("Customer", 1001, Fields::new());
        assert_eq!(ids(&store, "Customer"), [1001, 1003, 1004, 1005]);
        assert_eq!(store.find("Customer", 1001), Some(Fields::new()));
        store.remove("Customer", 1001);
        store.remove("Customer", 1005);
        assert_eq!(ids(&store, "Customer"), [1003, 1004]);
        assert_eq!(store.next_id("Customer"), 1006, "ids are not reused");
    }

    #[test]
    fn known_tables_start_with_their_records() {
        let mut store = store();
        let system = store.find("IntegrationSystem", 4).expect("a system");
        assert_eq!(system["system_name"], "SALESFORCE");
        assert_eq!(store.next_id("IntegrationSystem"), 5);
        assert_eq!(store.next_id("IntegrationKeyLink"), 1);
        store.remove("IntegrationSystem", 2);
        store.put("IntegrationSystem", 3, Fields::new());
        store.put("IntegrationSystem", 5, Fields::new());
        assert_eq!(ids(&store, "IntegrationSystem"), [1, 3, 4, 5]);
    }

    #[test]
    fn undo_restores_the_last_commit() {
        let mut store = store();
        store.put("Customer", 1005, Fields::new());
        store.remove("Customer", 1002);
        let table = || "Customer".to_owned();
        let removed = Entry::Removed {
            table: table(),
            id: 1002,
        };
        let written = Entry::Written {
            table: table(),
            id: 1005,
            fields: Fields::new(),
        };
        assert_eq!(store.changed(), [removed, written]);
        store.commit();
        assert_eq!(store.changed(), []);
        store.put(
            "Customer",
            1005,
            [("x".to_owned(), json!(1))].into_iter().collect(),
        );
        store.put("Customer", 1006, Fields::new());
        store.put("Customer", 1002, Fields::new());
        store.remove("Customer", 1001);
        store.undo();
        assert_eq!(ids(&store, "Customer"), [1001, 1003, 1004, 1005]);
        assert_eq!(store.find("Customer", 1005), Some(Fields::new()));
        assert_eq!(store.next_id("Customer"), 1006);
    }

    #[test]
    fn records_are_found_by_the_ids_in_their_fields() {
        let mut store = store();
        let api = Arc::clone(&store.api);
        let contact = api.record("Contact").expect("contacts");
        for id in [1, 20] {
            let moved = [("contact_id", id), ("customer_id", 1003)];
            let fields = moved.map(|(name, value)| (name.to_owned(), json!(value)));
            store.put("Contact", id, fields.into_iter().collect());
        }
        store.remove("Contact", 7);
        assert_eq!(store.with_id(contact, "customer_id", 1003), [1, 3, 20]);
        assert_eq!(store.with_id(contact, "customer_id", 1001), [5]);
        assert_eq!(store.with_id(contact, "contact_id", 20), [20]);
        assert!(store.with_id(contact, "contact_id", 7).is_empty());
        for record in api.records() {
            let table = store.table(&record.name).expect("a table");
            for property in record.properties.iter().filter(|one| one.id.is_some()) {
                for id in table.ids(0).collect::<Vec<_>>() {
                    let value = table.field(record, id, property);
                    let Some(value) = whole(&value) else { continue };
                    let found = store.with_id(record, &property.name, value);
                    assert!(
                        found.contains(&id),
                        "{} {id} {}",
                        record.name,
                        property.name
                    );
                }
            }
        }
    }
}
