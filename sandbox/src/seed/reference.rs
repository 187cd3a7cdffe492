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
            return (1 + place.random("id").below(50)).into();
        };
        let size = self.size(&target.name);
        if size.count == 0 {
            return property.minimum.unwrap_or(0).max(0).into();
        }
        // A record that names another of its kind: mostly none, which the vendor writes as 0.
        if target.name == place.record && property.nullable {
            let mut random = place.random("self");
            if !random.once_in(4) || place.index == 0 {
                return 0.into();
            }
            return size.id(random.below(place.index.min(size.count))).into();
        }
        let index = if size.owned && self.size(place.record).owned {
            place.index % size.count
        } else {
            place.random("id").below(size.count)
        };
        size.id(index).into()
    }

    /// The positions of the computed records that hold an id in a field: all of them, and perhaps
    /// others. None where the ids of that field are drawn, so that only a look can tell.
    pub(crate) fn positions(
        &self,
        record: &Record,
        property: &Property,
        id: i64,
    ) -> Option<impl Iterator<Item = u64>> {
        let target = self.api.record_of_id(property.id.as_deref()?)?;
        let (own, size) = (self.size(&record.name), self.size(&target.name));
        let in_rounds = own.owned && size.owned && size.count > 0 && target.name != record.name;
        let first = size.index(id).unwrap_or(own.count);
        let step = usize::try_from(size.count).ok()?;
        in_rounds.then(|| (first..own.count).step_by(step))
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
            return Some(place.random("part").below(size.count));
        }
        let record = self.api.record(place.record)?;
        let slot = record
            .properties
            .iter()
            .filter(|property| property.part.as_ref() == Some(&target.name))
            .position(|property| property.name == place.field)
            .unwrap_or(0);
        let index = place.index + own.count * u64::try_from(slot).ok()?;
        Some(index % size.count)
    }
}
