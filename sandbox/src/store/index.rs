//! An index of the ids in changed records, so that filters by id need no scan.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Fields;
use crate::schema::Record;

/// Changed records by the ids in their plain fields.
pub(super) struct Index {
    /// The fields with ids.
    names: Vec<String>,
    /// Position of the field's name, the id in the field, and the id of the record.
    entries: BTreeSet<(usize, i64, i64)>,
}

impl Index {
    pub(super) fn new(record: &Record) -> Self {
        let names = record
            .properties
            .iter()
            .filter(|property| property.id.is_some() && property.kind.is_scalar())
            .map(|property| property.name.clone())
            .collect();
        Self {
            names,
            entries: BTreeSet::new(),
        }
    }

    pub(super) fn add(&mut self, id: i64, fields: &Fields) {
        for (position, name) in self.names.iter().enumerate() {
            if let Some(value) = fields.get(name).and_then(whole) {
                self.entries.insert((position, value, id));
            }
        }
    }

    pub(super) fn remove(&mut self, id: i64, fields: &Fields) {
        for (position, name) in self.names.iter().enumerate() {
            if let Some(value) = fields.get(name).and_then(whole) {
                self.entries.remove(&(position, value, id));
            }
        }
    }

    /// The changed records with an id in a field, in ascending order; none where the field isn't
    /// indexed.
    pub(super) fn records(&self, field: &str, value: i64) -> Option<impl Iterator<Item = i64>> {
        let position = self.names.iter().position(|name| name == field)?;
        let range = (position, value, i64::MIN)..=(position, value, i64::MAX);
        Some(self.entries.range(range).map(|(_, _, id)| *id))
    }
}

/// A whole number, which some records have as a string.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}
