//! Dates that depend on each other: a charge is for a month, a bill is due 30 days after it was made.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use serde_json::Value;

use super::Seeder;
use super::random::Random;
use super::value::Location;
use crate::schema::dates;

/// Number of days with seed data, from 2021 on.
const SPREAD: u64 = 1_900;

impl Seeder {
    /// A date that depends on another date.
    pub(super) fn period(&self, location: &Location<'_>) -> Option<Value> {
        if location.is_body() || !location.parent.is_empty() {
            return None;
        }
        let day = || {
            let mut random = Random::at(self.seed, location.record, location.index, "period");
            day(&mut random, SPREAD)
        };
        let first = || day().with_day(1);
        let date = match (location.record, location.field) {
            ("Charge" | "Credit", "start_date") | ("Bill", "cycle_date") => first()?,
            ("Charge" | "Credit", "end_date") => first()?
                .checked_add_months(Months::new(1))?
                .checked_sub_days(Days::new(1))?,
            ("Bill", "created_date") => day(),
            ("Bill", "due_date") => day().checked_add_days(Days::new(30))?,
            _ => return None,
        };
        Some(text(date))
    }
}

/// A random day from 2021 on.
pub(super) fn day(random: &mut Random, spread: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 1, 1)
        .and_then(|first| first.checked_add_days(Days::new(random.below(spread))))
        .unwrap_or_default()
}

/// No date, as the vendor writes it: null, or the year 1.
pub(super) fn never(random: &mut Random) -> Value {
    if random.once_in(2) {
        Value::Null
    } else {
        "0001-01-01T00:00:00".into()
    }
}

/// A day as the value of a field.
pub(super) fn text(day: NaiveDate) -> Value {
    dates::text(day.and_time(NaiveTime::MIN)).into()
}
