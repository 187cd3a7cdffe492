//! One table: its initial records, and those that were created, changed or removed since.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value};

use super::Entry;
use super::index::Index;
use crate::schema::{Property, Record};
use crate::seed::{Seeder, Size};

/// The fields of one record.
pub(crate) type Fields = Map<String, Value>;

/// The state of an id, compared with the initial state.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Slot {
    /// As in the initial state.
    Untouched,
    /// Created or changed.
    Written(Fields),
    /// An initial record that was removed.
    Removed,
}

/// The records of one resource, by id.
pub(crate) struct Table {
    seeder: Arc<Seeder>,
    size: Size,
    /// Initial records that aren't computed. A table has either these or computed ones.
    known: BTreeMap<i64, Fields>,
    written: BTreeMap<i64, Fields>,
    removed: BTreeSet<i64>,
    index: Index,
    next: i64,
}

impl Table {
    pub(crate) fn new(seeder: Arc<Seeder>, record: &Record, known: Vec<(i64, Fields)>) -> Self {
        let size = seeder.size(&record.name);
        let mut table = Self {
            seeder,
            size,
            known: known.into_iter().collect(),
            written: BTreeMap::new(),
            removed: BTreeSet::new(),
            index: Index::new(record),
            next: 0,
        };
        table.next = table.first_next_id();
        table
    }

    /// A record.
    pub(crate) fn get(&self, record: &Record, id: i64) -> Option<Fields> {
        if let Some(written) = self.written.get(&id) {
            return Some(written.clone());
        }
        if self.removed.contains(&id) {
            return None;
        }
        self.initial(record, id)
    }

    /// A record in its initial state.
    fn initial(&self, record: &Record, id: i64) -> Option<Fields> {
        if let Some(known) = self.known.get(&id) {
            return Some(known.clone());
        }
        let index = self.size.index(id)?;
        Some(self.seeder.record(record, index))
    }

    /// One field of a record that exists.
    pub(crate) fn field(&self, record: &Record, id: i64, property: &Property) -> Value {
        let stored = self.written.get(&id).or_else(|| self.known.get(&id));
        if let Some(fields) = stored {
            return fields.get(&property.name).cloned().unwrap_or(Value::Null);
        }
        self.size.index(id).map_or(Value::Null, |index| {
            self.seeder.field(record, index, property)
        })
    }

    /// One field of an object in a record that exists.
    pub(crate) fn member(
        &self,
        record: &Record,
        id: i64,
        object: &Property,
        member: &Property,
    ) -> Value {
        let stored = self.written.get(&id).or_else(|| self.known.get(&id));
        if let Some(fields) = stored {
            let object = fields.get(&object.name);
            let value = object.and_then(|object| object.get(&member.name));
            return value.cloned().unwrap_or(Value::Null);
        }
        self.size.index(id).map_or(Value::Null, |index| {
            self.seeder.member(record, index, object, member)
        })
    }

    /// Whether a record exists.
    pub(crate) fn contains(&self, id: i64) -> bool {
        self.written.contains_key(&id) || (self.is_initial(id) && !self.removed.contains(&id))
    }

    fn is_initial(&self, id: i64) -> bool {
        self.size.index(id).is_some() || self.known.contains_key(&id)
    }

    /// All ids in ascending order, without the first `skip`. Skipping reads no records.
    pub(crate) fn ids(&self, skip: u64) -> impl Iterator<Item = i64> {
        let mut position = skip;
        for id in &self.removed {
            match self.size.index(*id) {
                Some(index) if index <= position => position += 1,
                _ => break,
            }
        }
        // A table has either known or computed records.
        let gone = self.removed.len() as u64;
        let there = self.size.count.saturating_sub(gone);
        let rest = usize::try_from(skip.saturating_sub(there)).unwrap_or(usize::MAX);
        let computed = (position..self.size.count)
            .map(|index| self.size.id(index))
            .filter(|id| !self.removed.contains(id));
        let known = self.known.keys().filter(|id| !self.removed.contains(id));
        // New ids are above all initial ids.
        let created = self.written.range(self.first_next_id()..).map(|(id, _)| id);
        computed.chain(known.chain(created).copied().skip(rest))
    }

    /// The records that may have one of these ids in a field, in ascending order: all that do, and
    /// possibly others. None where a scan is needed.
    pub(crate) fn with_id(
        &self,
        record: &Record,
        property: &Property,
        values: &[i64],
    ) -> Option<BTreeSet<i64>> {
        if property.own_id {
            return Some(values.iter().copied().collect());
        }
        let mut ids = BTreeSet::new();
        for value in values {
            ids.extend(self.index.records(&property.name, *value)?);
            if self.size.count > 0 {
                let positions = self.seeder.positions(record, property, *value)?;
                ids.extend(positions.map(|index| self.size.id(index)));
            }
        }
        ids.extend(self.known.keys());
        Some(ids)
    }

    /// The id that the next new record gets.
    pub(crate) fn next_id(&self) -> i64 {
        self.next
    }

    /// The id that the first new record gets.
    fn first_next_id(&self) -> i64 {
        let end = self.size.first + i64::try_from(self.size.count).unwrap_or(0);
        let last = self.known.last_key_value().map_or(0, |(id, _)| *id);
        end.max(last + 1)
    }

    /// A record that was created or changed.
    pub(super) fn written(&self, id: i64) -> Option<&Fields> {
        self.written.get(&id)
    }

    /// All differences from the initial state; a change that was reverted is none.
    pub(super) fn entries(&self, record: &Record, into: &mut Vec<Entry>) {
        let table = || record.name.clone();
        let next = self.first_next_id();
        if self.next != next {
            let id = self.next;
            into.push(Entry::Next { table: table(), id });
        }
        for (id, fields) in &self.written {
            if self.initial(record, *id).as_ref() != Some(fields) {
                into.push(Entry::Written {
                    table: table(),
                    id: *id,
                    fields: fields.clone(),
                });
            }
        }
        let removed = self.removed.iter();
        into.extend(removed.map(|id| Entry::Removed {
            table: table(),
            id: *id,
        }));
    }

    /// Sets the id that the next new record gets.
    pub(super) fn set_next_id(&mut self, next: i64) {
        self.next = next;
    }

    /// Sets the state of an id, and returns the state before.
    pub(super) fn set(&mut self, id: i64, slot: Slot) -> Slot {
        let mut before = Slot::Untouched;
        if let Some(fields) = self.written.remove(&id) {
            self.index.remove(id, &fields);
            before = Slot::Written(fields);
        } else if self.removed.remove(&id) {
            before = Slot::Removed;
        }
        match slot {
            Slot::Written(fields) => {
                self.use_up(id);
                self.index.add(id, &fields);
                self.written.insert(id, fields);
            }
            Slot::Removed => {
                self.use_up(id);
                if self.is_initial(id) {
                    self.removed.insert(id);
                }
            }
            Slot::Untouched => {}
        }
        before
    }

    fn use_up(&mut self, id: i64) {
        self.next = self.next.max(id.saturating_add(1));
    }
}
