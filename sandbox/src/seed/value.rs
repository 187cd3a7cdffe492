//! Plain values, by type, format and name.

use serde_json::{Number, Value};

use super::Seeder;
use super::random::{PathHash, Random};
use crate::schema::{Kind, Property};

/// The location of a value: record and field.
#[derive(Clone, Copy)]
pub(super) struct Location<'a> {
    pub(super) record: &'a str,
    pub(super) index: u64,
    /// The field's name; empty for an item of a list.
    pub(super) field: &'a str,
    /// The name of the object around the field; empty for fields of the record itself.
    pub(super) parent: &'a str,
    /// Position in the innermost list.
    pub(super) position: u64,
    key: u64,
    path: PathHash,
    body: bool,
}

impl<'a> Location<'a> {
    fn new(seed: u64, record: &'a str, index: u64, body: bool) -> Self {
        Self {
            record,
            index,
            field: "",
            parent: "",
            position: 0,
            key: Random::key(seed, record, index),
            path: PathHash::START,
            body,
        }
    }

    pub(super) fn is_body(&self) -> bool {
        self.body
    }

    /// The random numbers of a location, different for each purpose.
    pub(super) fn random(&self, purpose: &str) -> Random {
        Random::keyed(self.key, self.path.then(purpose))
    }

    pub(super) fn at(&self, name: &'a str) -> Self {
        Self {
            field: name,
            parent: self.field,
            path: self.path.then("/").then(name),
            ..*self
        }
    }

    pub(super) fn item(&self, position: u64) -> Self {
        Self {
            field: "",
            path: self.path.then("/").then(&position.to_string()),
            position,
            ..*self
        }
    }
}

impl Seeder {
    /// The location of a record.
    pub(super) fn location<'a>(&self, record: &'a str, index: u64) -> Location<'a> {
        Location::new(self.seed, record, index, false)
    }

    /// The location of a request body.
    pub(super) fn location_in_body<'a>(&self, operation: &'a str, n: u64) -> Location<'a> {
        Location::new(self.seed, operation, n, true)
    }

    /// Whether a nullable field is null: sometimes, but never labels, references and statuses.
    pub(super) fn is_null(&self, location: &Location<'_>, property: &Property) -> bool {
        let keeps = property.label
            || property.required
            || property.own_id
            || property.id.is_some()
            || !property.values.is_empty()
            || matches!(
                property.name.as_str(),
                "created_date" | "field_id" | "label" | "finance"
            );
        property.nullable
            && !keeps
            && !location.is_body()
            && !self.has_start_filter(location)
            && location.random("?").once_in(9)
    }

    /// Whether a field has a documented `<date>_start` filter.
    fn has_start_filter(&self, location: &Location<'_>) -> bool {
        let dates = self.start_filters.get(location.record);
        location.parent.is_empty()
            && dates.is_some_and(|dates| dates.iter().any(|date| date == location.field))
    }

    /// A value that is no object, list or reference.
    pub(super) fn plain(&self, location: &Location<'_>, property: &Property) -> Value {
        let mut random = location.random("");
        match property.kind {
            Kind::Integer => integer(&mut random, location, property).into(),
            Kind::Decimal => decimal(&mut random, location, property),
            Kind::Boolean => flag(&mut random, &property.name).into(),
            Kind::DateTime | Kind::Date => {
                let certain = location.is_body() || self.has_start_filter(location);
                let time = property.kind == Kind::DateTime;
                date(&mut random, property, certain, time).into()
            }
            // A country is a number, the same number as a string, or three letters.
            Kind::Either => match random.below(3) {
                0 => 235.into(),
                1 => "235".into(),
                _ => "USA".into(),
            },
            Kind::Text => self.text(location, property).into(),
            Kind::Object(_) | Kind::Array(_) | Kind::Free => Value::Object(serde_json::Map::new()),
        }
    }
}

/// Flags such as `active` are mostly true; flags that end an account or a payment are mostly false.
fn flag(random: &mut Random, name: &str) -> bool {
    match name {
        "active" | "enabled" => !random.once_in(8),
        "suspended" | "canceled" | "bounced" | "refund_flag" | "is_bad_debt" | "is_parent" => {
            random.once_in(8)
        }
        _ => random.once_in(2),
    }
}

fn integer(random: &mut Random, location: &Location<'_>, property: &Property) -> i64 {
    let name = property.name.as_str();
    let value = if name == "order_index" {
        i64::try_from(location.index).unwrap_or(0)
    } else if name.ends_with("_days") {
        [0, 15, 30, 45][small(random.below(4))]
    } else if name.ends_with("_months") {
        [0, 1, 3, 12, 24][small(random.below(5))]
    } else if name == "field_id" {
        i64::try_from(101 + location.position).unwrap_or(101)
    } else {
        1 + i64::try_from(random.below(50)).unwrap_or(0)
    };
    let lowest = property.minimum.unwrap_or(i64::MIN);
    value.clamp(lowest, property.maximum.unwrap_or(i64::MAX).max(lowest))
}

fn small(n: u64) -> usize {
    usize::try_from(n).unwrap_or(0)
}

/// Money with two decimal places, rates and costs with up to four, counts, and days of a month.
/// Credits are negative, and some balances.
fn decimal(random: &mut Random, location: &Location<'_>, property: &Property) -> Value {
    let name = property.name.as_str();
    if name == "day" {
        return (1 + random.below(28)).into();
    }
    if property.counts {
        return number(&match random.below(6) {
            0 => "1.5".to_owned(),
            _ => (1 + random.below(10)).to_string(),
        });
    }
    let fine = ["rate", "cost", "proration"]
        .iter()
        .any(|part| name.contains(part));
    let text = match (fine, random.below(4)) {
        (true, 0) => format!("{}.{:04}", random.below(3), random.below(10_000)),
        (true, 1) => format!("{}.{:03}", random.below(90), random.below(1_000)),
        (false, 0) if name != "amount" => "0".to_owned(),
        _ => format!("{}.{:02}", random.below(900), random.below(100)),
    };
    let may_be_negative = property.minimum.is_none_or(|minimum| minimum < 0) && !location.is_body();
    let negative = may_be_negative
        && match name {
            "amount" => location.record == "Credit",
            "credit_memo_amount" => true,
            "balance" => random.once_in(5),
            _ => false,
        };
    let nothing = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    number(&if negative && !nothing {
        format!("-{text}")
    } else {
        text
    })
}

/// A JSON number with exactly these digits.
pub(super) fn number(text: &str) -> Value {
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// Dates from 2021 to 2025, ends of contracts later; other end dates are mostly missing. A missing
/// date is the year 1 or null.
fn date(random: &mut Random, property: &Property, certain: bool, time: bool) -> String {
    let name = property.name.as_str();
    let over = [
        "disconnected",
        "canceled",
        "close",
        "suspended",
        "completed",
        "printed",
        "sent",
    ];
    let is_over = over.iter().any(|part| name.contains(part));
    let certain = certain || name == "created_date" || !property.nullable;
    let missing = !certain
        && if is_over {
            !random.once_in(4)
        } else {
            random.once_in(14)
        };
    let year = match name {
        "date_of_birth" => 1950 + random.below(50),
        _ if name.contains("contract_end") || name.contains("due") => 2026 + random.below(3),
        _ => 2021 + random.below(5),
    };
    let day = format!(
        "{year}-{:02}-{:02}",
        1 + random.below(12),
        1 + random.below(28)
    );
    let day = if missing {
        "0001-01-01".to_owned()
    } else {
        day
    };
    if !time {
        return day;
    }
    // Most dates carry no time of day.
    if missing || random.once_in(2) {
        return format!("{day}T00:00:00");
    }
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    format!("{day}T{hour:02}:{minute:02}:{second:02}")
}
