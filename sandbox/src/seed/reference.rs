//! Ids of other records.

use serde_json::Value;

use super::Seeder;
use super::value::Location;
use crate::schema::{Property, Record};

impl Seeder {
    /// The id of an existing record of the type that the property refers to.
    pub(super) fn reference(&self, location: &Location<'_>, property: &Property) -> Value {
        let target = property
            .id
            .as_deref()
            .and_then(|id| self.api.record_of_id(id));
        let Some(target) = target else {
            return (1 + location.random("id").below(50)).into();
        };
        let size = self.size(&target.name);
        if size.count == 0 {
            return property.minimum.unwrap_or(0).max(0).into();
        }
        // A reference to the same table: mostly none, which the vendor writes as 0.
        if target.name == location.record && property.nullable {
            let mut random = location.random("self");
            if !random.once_in(4) || location.index == 0 {
                return 0.into();
            }
            return size.id(random.below(location.index.min(size.count))).into();
        }
        let index = if size.owned && self.size(location.record).owned {
            location.index % size.count
        } else {
            location.random("id").below(size.count)
        };
        size.id(index).into()
    }

    /// The positions of the computed records that have an id in a field, and possibly others. None
    /// where the ids of that field are random, so that a scan is needed.
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

    /// The position of an embedded record in its own table: in the same round as its record; the
    /// next embedded record of the same table is in the next round.
    pub(super) fn part_index(&self, location: &Location<'_>, target: &Record) -> Option<u64> {
        let size = self.size(&target.name);
        let own = self.size(location.record);
        if size.count == 0 || own.count == 0 {
            return None;
        }
        if !(size.owned && own.owned) {
            return Some(location.random("part").below(size.count));
        }
        let record = self.api.record(location.record)?;
        let slot = record
            .properties
            .iter()
            .filter(|property| property.part.as_ref() == Some(&target.name))
            .position(|property| property.name == location.field)
            .unwrap_or(0);
        let index = location.index + own.count * u64::try_from(slot).ok()?;
        Some(index % size.count)
    }
}
