//! The data that a sandbox starts with.
//!
//! Nothing is stored: a [`Seeder`] computes any record, or one field of it, from the seed, the
//! schema and the record's position. Start-up is instant whatever the size, and the same seed
//! always gives the same bytes.

mod inventory;
mod known;
mod lifecycle;
mod money;
mod people;
mod periods;
mod random;
mod reference;
mod sizes;
mod text;
mod value;
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::schema::{Api, Kind, Property, Record};
pub(crate) use known::known_records;
pub(crate) use random::Random;
pub(crate) use sizes::Size;
use value::Place;

/// How much data, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seed {
    pub(crate) seed: u64,
    pub(crate) customers: u64,
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {} and {} customers", self.seed, self.customers)
    }
}

/// Computes records.
pub(crate) struct Seeder {
    api: Arc<Api>,
    seed: u64,
    sizes: BTreeMap<String, Size>,
    /// The dates that lists can be asked from, by record. Clients remember the latest one, so they
    /// are always there.
    asked_from: BTreeMap<String, Vec<String>>,
    /// Whether amounts can depend on each other.
    adds_up: bool,
}

impl Seeder {
    pub(crate) fn new(api: Arc<Api>, seed: Seed) -> Self {
        let sizes = sizes::sizes(&api, seed.customers, known::starts_without_seed);
        let asked_from = asked_from(&api);
        let adds_up = money::adds_up(&sizes);
        Self {
            api,
            seed: seed.seed,
            sizes,
            asked_from,
            adds_up,
        }
    }

    /// Size and numbering of a table.
    pub(crate) fn size(&self, record: &str) -> Size {
        self.sizes.get(record).copied().unwrap_or(Size {
            first: 1,
            count: 0,
            owned: false,
        })
    }

    /// A whole record.
    pub(crate) fn record(&self, record: &Record, index: u64) -> Map<String, Value> {
        record
            .readable()
            .map(|property| (property.name.clone(), self.field(record, index, property)))
            .collect()
    }

    /// One field of a record.
    pub(crate) fn field(&self, record: &Record, index: u64, property: &Property) -> Value {
        if property.own_id {
            return self.size(&record.name).id(index).into();
        }
        self.stock(record, index, property)
            .unwrap_or_else(|| self.value(&self.place(&record.name, index), property))
    }

    /// One field of an object in a record: the same as in the whole record, for less work.
    pub(crate) fn member(
        &self,
        record: &Record,
        index: u64,
        object: &Property,
        member: &Property,
    ) -> Value {
        let whole = self.place(&record.name, index);
        let place = whole.at(&object.name);
        if self.is_null(&place, object) {
            return Value::Null;
        }
        let part = object.part.as_deref();
        let part = part.and_then(|name| {
            let part = self.api.record(name)?;
            let index = self.part_index(&place, part)?;
            Some(self.field(part, index, part.property(&member.name)?))
        });
        part.unwrap_or_else(|| self.value(&place, member))
    }

    /// A plausible body for a request; `n` tells bodies apart. Fields that may be null or empty in
    /// records are filled, and references point at records that exist.
    pub(crate) fn body(&self, operation: &str, n: u64, shape: &Property) -> Value {
        self.value(&self.place_in_body(operation, n), shape)
    }

    fn members(&self, place: &Place<'_>, properties: &[Property]) -> Value {
        let members = properties
            .iter()
            .filter(|property| place.is_body() || !property.write_only)
            .map(|property| (property.name.clone(), self.value(place, property)));
        Value::Object(members.collect())
    }

    /// An object that is a record of another table, such as a customer's addresses: the same
    /// values stand in that table.
    fn part(&self, place: &Place<'_>, name: &str) -> Option<Value> {
        let record = self.api.record(name)?;
        let index = self.part_index(place, record)?;
        Some(Value::Object(self.record(record, index)))
    }

    fn value(&self, place: &Place<'_>, property: &Property) -> Value {
        let place = place.at(&property.name);
        let dependent = self.money(&place);
        let dependent = dependent.or_else(|| self.life(&place));
        if let Some(value) = dependent.or_else(|| self.period(&place)) {
            return value;
        }
        if self.is_null(&place, property) {
            return Value::Null;
        }
        match &property.kind {
            Kind::Object(properties) => {
                let part = property.part.as_deref().filter(|_| !place.is_body());
                part.and_then(|name| self.part(&place, name))
                    .unwrap_or_else(|| self.members(&place, properties))
            }
            Kind::Array(items) => self.items(&place, items),
            Kind::Integer | Kind::Either if property.id.is_some() => {
                self.reference(&place, property)
            }
            _ => self.plain(&place, property),
        }
    }

    /// Zero to three items; bodies have at least one.
    fn items(&self, place: &Place<'_>, items: &Property) -> Value {
        let fewest = u64::from(place.is_body());
        let count = fewest + place.random("#").below(3);
        (0..count)
            .map(|position| self.value(&place.item(position), items))
            .collect()
    }
}

/// The fields behind the documented `<date>_start` filters.
fn asked_from(api: &Api) -> BTreeMap<String, Vec<String>> {
    let mut asked_from: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for operation in api.operations() {
        let Some(record) = &operation.record else {
            continue;
        };
        let names = operation.filters.iter();
        let dates = names.filter_map(|filter| filter.name.strip_suffix("_start"));
        asked_from
            .entry(record.clone())
            .or_default()
            .extend(dates.map(str::to_owned));
    }
    asked_from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeder(seed: u64, customers: u64) -> (Arc<Api>, Seeder) {
        let api = Arc::new(Api::bundled().expect("the schema"));
        let seeder = Seeder::new(Arc::clone(&api), Seed { seed, customers });
        (api, seeder)
    }

    #[test]
    fn every_record_fits_its_schema() {
        let (api, seeder) = seeder(42, 60);
        for record in api.records() {
            let size = seeder.size(&record.name);
            for index in 0..size.count {
                let value = Value::Object(seeder.record(record, index));
                let problem = record.check.problem(&value).expect("a schema");
                assert_eq!(problem, None, "{} {index}: {value}", record.name);
            }
        }
    }

    #[test]
    fn one_field_is_the_same_as_in_the_whole_record() {
        let (api, seeder) = seeder(7, 20);
        let customer = api.record("Customer").expect("customers");
        let whole = seeder.record(customer, 3);
        for property in customer.readable() {
            assert_eq!(whole[&property.name], seeder.field(customer, 3, property));
        }
        for record in api.records() {
            for index in 0..seeder.size(&record.name).count.min(10) {
                let whole = seeder.record(record, index);
                for property in record.readable() {
                    let Kind::Object(members) = &property.kind else {
                        continue;
                    };
                    for member in members {
                        let expected = whole[&property.name].get(&member.name);
                        let found = seeder.member(record, index, property, member);
                        assert_eq!(found, expected.cloned().unwrap_or_default());
                    }
                }
            }
        }
    }

    #[test]
    fn references_lead_to_records_and_agree_with_each_other() {
        let (api, seeder) = seeder(42, 30);
        let field = |record: &str, index, name: &str| {
            let record = api.record(record).expect("a record");
            let property = record.property(name).expect("a property");
            seeder.field(record, index, property)
        };
        for index in 0..60 {
            let service = field("ServiceProduct", index, "service_id")
                .as_i64()
                .expect("an id");
            let position = seeder.size("Service").index(service).expect("a service");
            assert_eq!(
                field("ServiceProduct", index, "customer_id"),
                field("Service", position, "customer_id")
            );
        }
    }

    #[test]
    fn addresses_of_a_customer_are_records_of_their_own() {
        let (api, seeder) = seeder(42, 30);
        let customer = api.record("Customer").expect("customers");
        let address = api.record("Address").expect("addresses");
        for index in 0..30 {
            let billing = &seeder.record(customer, index)["billing_address"];
            let Some(id) = billing["address_id"].as_i64() else {
                continue;
            };
            let position = seeder.size("Address").index(id).expect("an address");
            assert_eq!(billing.as_object(), Some(&seeder.record(address, position)));
            assert_eq!(billing["customer_id"], seeder.size("Customer").id(index));
        }
    }

    #[test]
    fn data_has_the_oddities_of_the_real_thing() {
        let (api, seeder) = seeder(42, 200);
        let mut all = String::new();
        for record in api.records() {
            for index in 0..seeder.size(&record.name).count {
                all.push_str(&Value::Object(seeder.record(record, index)).to_string());
            }
        }
        for oddity in [
            "\"0001-01-01T00:00:00\"",
            "\"country_code\":235",
            "\"country_code\":\"235\"",
            "\"country_code\":\"USA\"",
            "<p>",
            ":null",
            ":\"\"",
            ":-",
            "\"customer_id\":1015",
        ] {
            assert!(all.contains(oddity), "{oddity}");
        }
        let four_decimals = regex_like(&all);
        assert!(four_decimals, "a rate with four decimals");
    }

    /// Whether some `"rate":` value has four digits behind the point.
    fn regex_like(text: &str) -> bool {
        text.split("\"rate\":").skip(1).any(|rest| {
            let number: String = rest
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == '.')
                .collect();
            number
                .split_once('.')
                .is_some_and(|(_, digits)| digits.len() == 4)
        })
    }
}
