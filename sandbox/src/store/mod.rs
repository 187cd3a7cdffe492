//! What the sandbox remembers: one table for every record schema.

mod record;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::schema::{Api, Record};
use crate::seed::{Seeder, known_records};
pub(crate) use record::{blank, embedded, shaped};
pub(crate) use table::{Fields, Table};

/// All tables.
pub(crate) struct Store {
    api: Arc<Api>,
    tables: BTreeMap<String, Table>,
}

impl Store {
    pub(crate) fn new(api: Arc<Api>, seeder: &Arc<Seeder>) -> Self {
        let tables = api
            .records()
            .map(|record| {
                let known = known_records(&api, &record.name);
                let table = Table::new(Arc::clone(seeder), &record.name, known);
                (record.name.clone(), table)
            })
            .collect();
        Self { api, tables }
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
        if let Some(table) = self.tables.get_mut(record) {
            table.put(id, fields);
        }
    }

    /// Removes a record.
    pub(crate) fn remove(&mut self, record: &str, id: i64) {
        if let Some(table) = self.tables.get_mut(record) {
            table.remove(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    fn store() -> Store {
        let api = Arc::new(Api::bundled().expect("the schema"));
        let seed = Seed {
            seed: 1,
            customers: 4,
        };
        let seeder = Arc::new(Seeder::new(Arc::clone(&api), seed));
        Store::new(api, &seeder)
    }

    fn ids(store: &Store) -> Vec<i64> {
        store.table("Customer").expect("a table").ids().collect()
    }

    #[test]
    fn changes_lie_over_the_seed() {
        let mut store = store();
        assert_eq!(ids(&store), [1001, 1002, 1003, 1004]);
        store.remove("Customer", 1002);
        assert!(!store.contains("Customer", 1002));
        assert_eq!(store.next_id("Customer"), 1005);
        store.put("Customer", 1005, Fields::new());
        store.put("Customer", 1001, Fields::new());
        assert_eq!(ids(&store), [1001, 1003, 1004, 1005]);
        assert_eq!(store.find("Customer", 1001), Some(Fields::new()));
        store.remove("Customer", 1005);
        assert_eq!(ids(&store), [1001, 1003, 1004]);
        assert_eq!(store.next_id("Customer"), 1006, "ids are not reused");
    }

    #[test]
    fn known_tables_start_with_their_records() {
        let store = store();
        let system = store.find("IntegrationSystem", 4).expect("a system");
        assert_eq!(system["system_name"], "SALESFORCE");
        assert_eq!(store.next_id("IntegrationSystem"), 5);
        assert_eq!(store.next_id("IntegrationKeyLink"), 1);
    }
}
