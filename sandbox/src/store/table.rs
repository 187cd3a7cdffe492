//! One table: computed seed records, and whatever was created, changed or removed since.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::schema::{Property, Record};
use crate::seed::{Seeder, Size};

/// The fields of one record.
pub(crate) type Fields = Map<String, Value>;

/// The records of one resource, by id.
pub(crate) struct Table {
    seeder: Arc<Seeder>,
    size: Size,
    /// Created and changed records; `None` marks a seed record that was removed.
    changed: BTreeMap<i64, Option<Fields>>,
    next: i64,
}

impl Table {
    pub(crate) fn new(seeder: Arc<Seeder>, record: &str, known: Vec<(i64, Fields)>) -> Self {
        let size = seeder.size(record);
        let end = size.first + i64::try_from(size.count).unwrap_or(0);
        let last_known = known.iter().map(|(id, _)| id + 1).max().unwrap_or(1);
        Self {
            seeder,
            size,
            next: end.max(last_known),
            changed: known
                .into_iter()
                .map(|(id, fields)| (id, Some(fields)))
                .collect(),
        }
    }

    /// A record.
    pub(crate) fn get(&self, record: &Record, id: i64) -> Option<Fields> {
        if let Some(changed) = self.changed.get(&id) {
            return changed.clone();
        }
        let index = self.size.index(id)?;
        Some(self.seeder.record(record, index))
    }

    /// One field of a record that exists.
    pub(crate) fn field(&self, record: &Record, id: i64, property: &Property) -> Value {
        match self.changed.get(&id) {
            Some(Some(fields)) => fields.get(&property.name).cloned().unwrap_or(Value::Null),
            Some(None) => Value::Null,
            None => self.size.index(id).map_or(Value::Null, |index| {
                self.seeder.field(record, index, property)
            }),
        }
    }

    /// Whether a record exists.
    pub(crate) fn contains(&self, id: i64) -> bool {
        match self.changed.get(&id) {
            Some(changed) => changed.is_some(),
            None => self.size.index(id).is_some(),
        }
    }

    /// All ids in ascending order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = i64> {
        let seeded = (0..self.size.count).map(|index| self.size.id(index));
        let end = self.size.first + i64::try_from(self.size.count).unwrap_or(0);
        let created = self.changed.range(end..);
        seeded
            .filter(|id| !matches!(self.changed.get(id), Some(None)))
            .chain(
                created
                    .filter(|(_, fields)| fields.is_some())
                    .map(|(id, _)| *id),
            )
    }

    /// The id that the next new record gets.
    pub(crate) fn next_id(&self) -> i64 {
        self.next
    }

    /// Stores a record, new or changed.
    pub(crate) fn put(&mut self, id: i64, fields: Fields) {
        self.next = self.next.max(id.saturating_add(1));
        self.changed.insert(id, Some(fields));
    }

    /// Removes a record; its id is not given out again.
    pub(crate) fn remove(&mut self, id: i64) {
        if self.size.index(id).is_some() {
            self.changed.insert(id, None);
        } else {
            self.changed.remove(&id);
        }
    }
}
