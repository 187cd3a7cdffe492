//! Seed data: the records that a sandbox starts with.
//!
//! Nothing is stored: a [`Seeder`] computes any record, or one field of it, from the seed, the
//! schema and the position of the record. Start-up takes the same time for any size, and the same
//! seed always gives the same bytes.

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
use value::Location;

/// Seed and size of the data.
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
    /// Fields with a documented `<date>_start` filter, by record. Clients remember the latest date,
    /// so these fields are never null.
    start_filters: BTreeMap<String, Vec<String>>,
    /// Whether all tables of consistent amounts exist.
    adds_up: bool,
}

impl Seeder {
    pub(crate) fn new(api: Arc<Api>, seed: Seed) -> Self {
        let sizes = sizes::sizes(&api, seed.customers, known::starts_without_seed);
        let start_filters = start_filters(&api);
        let adds_up = money::adds_up(&sizes);
        Self {
            api,
            seed: seed.seed,
            sizes,
            start_filters,
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
        self.inventory_field(record, index, property)
            .unwrap_or_else(|| self.value(&self.location(&record.name, index), property))
    }

    /// One field of an object in a record, without computing the whole record.
    pub(crate) fn member(
        &self,
        record: &Record,
        index: u64,
        object: &Property,
        member: &Property,
    ) -> Value {
        let whole = self.location(&record.name, index);
        let location = whole.at(&object.name);
        if self.is_null(&location, object) {
            return Value::Null;
        }
        let part = object.part.as_deref();
        let part = part.and_then(|name| {
            let part = self.api.record(name)?;
            let index = self.part_index(&location, part)?;
            Some(self.field(part, index, part.property(&member.name)?))
        });
        part.unwrap_or_else(|| self.value(&location, member))
    }

    /// A plausible request body; different `n` give different bodies. Fields that may be null or
    /// empty in records are filled in, and references point to existing records.
    pub(crate) fn body(&self, operation: &str, n: u64, shape: &Property) -> Value {
        self.value(&self.location_in_body(operation, n), shape)
    }

    fn members(&self, location: &Location<'_>, properties: &[Property]) -> Value {
        let members = properties
            .iter()
            .filter(|property| location.is_body() || !property.write_only)
            .map(|property| (property.name.clone(), self.value(location, property)));
        Value::Object(members.collect())
    }

    /// An object that is a record of another table, such as a customer's address, with the values of
    /// that table.
    fn part(&self, location: &Location<'_>, name: &str) -> Option<Value> {
        let record = self.api.record(name)?;
        let index = self.part_index(location, record)?;
        Some(Value::Object(self.record(record, index)))
    }

    fn value(&self, location: &Location<'_>, property: &Property) -> Value {
        let location = location.at(&property.name);
        let dependent = self.money(&location);
        let dependent = dependent.or_else(|| self.lifecycle_field(&location));
        if let Some(value) = dependent.or_else(|| self.period(&location)) {
            return value;
        }
        if self.is_null(&location, property) {
            return Value::Null;
        }
        match &property.kind {
            Kind::Object(properties) => {
                let part = property.part.as_deref().filter(|_| !location.is_body());
                part.and_then(|name| self.part(&location, name))
                    .unwrap_or_else(|| self.members(&location, properties))
            }
            Kind::Array(items) => self.items(&location, items),
            Kind::Integer | Kind::Either if property.id.is_some() => {
                self.reference(&location, property)
            }
            _ => self.plain(&location, property),
        }
    }

    /// Zero to two items; in bodies one to three.
    fn items(&self, location: &Location<'_>, items: &Property) -> Value {
        let fewest = u64::from(location.is_body());
        let count = fewest + location.random("#").below(3);
        (0..count)
            .map(|position| self.value(&location.item(position), items))
            .collect()
    }
}

/// The fields of the documented `<date>_start` filters, by record.
fn start_filters(api: &Api) -> BTreeMap<String, Vec<String>> {
    let mut start_filters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for operation in api.operations() {
        let Some(record) = &operation.record else {
            continue;
        };
        let names = operation.filters.iter();
        let dates = names.filter_map(|filter| filter.name.strip_suffix("_start"));
        start_filters
            .entry(record.clone())
            .or_default()
            .extend(dates.map(str::to_owned));
    }
    start_filters
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
    fn references_exist_and_agree_with_each_other() {
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
    fn data_has_the_peculiarities_of_the_vendor() {
        let (api, seeder) = seeder(42, 200);
        let mut all = String::new();
        for record in api.records() {
            for index in 0..seeder.size(&record.name).count {
                all.push_str(&Value::Object(seeder.record(record, index)).to_string());
            }
        }
        for peculiarity in [
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
            assert!(all.contains(peculiarity), "{peculiarity}");
        }
        let four_decimals = has_rate_with_four_decimals(&all);
        assert!(four_decimals, "a rate with four decimals");
    }

    /// Whether a value of `"rate":` has four decimal places.
    fn has_rate_with_four_decimals(text: &str) -> bool {
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
