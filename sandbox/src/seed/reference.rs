//! Ids of other records.

use serde_json::Value;

use super::Seeder;
use super::value::Place;
use crate::schema::{Property, Record};

impl Seeder {
    /// The id of an existing record of the type that the property names.
    pub(super) fn reference(&self, place: &Place<'_>, property: &Property) -> Value {
        let target = property
            .id
            .as_deref()
            .and_then(|id| self.api.record_of_id(id));
        let Some(target) = target else {
            return (1 + self.random(place, "id").below(50)).into();
        };
        let size = self.size(&target.name);
        if size.count == 0 {
            return property.minimum.unwrap_or(0).max(0).into();
        }
        // A record that names another of its kind: mostly none, which the vendor writes as 0.
        if target.name == place.record && property.nullable {
            let mut random = self.random(place, "self");
            if !random.once_in(4) || place.index == 0 {
                return 0.into();
            }
            return size.id(random.below(place.index.min(size.count))).into();
        }
        let index = if size.owned && self.size(place.record).owned {
            place.index % size.count
        } else {
            self.random(place, "id").below(size.count)
        };
        size.id(index).into()
    }

    /// The position of an embedded record in its own table: one in the same round as the record
    /// that it is part of, the next part of the same kind in the next round.
    pub(super) fn part_index(&self, place: &Place<'_>, target: &Record) -> Option<u64> {
        let size = self.size(&target.name);
        let own = self.size(place.record);
        if size.count == 0 || own.count == 0 {
            return None;
        }
        if !(size.owned && own.owned) {
            return Some(self.random(place, "part").below(size.count));
        }
        let record = self.api.record(place.record)?;
        let slot = record
            .properties
            .iter()
            .filter(|property| property.part.as_ref() == Some(&target.name))
            .position(|property| property.name == place.field())
            .unwrap_or(0);
        let index = place.index + own.count * u64::try_from(slot).ok()?;
        Some(index % size.count)
    }
}
