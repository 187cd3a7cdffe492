//! Dates that follow from each other: a charge is for a month, a bill is due after it was made.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use serde_json::Value;

use super::Seeder;
use super::random::Random;
use super::value::Place;
use crate::schema::dates;

/// Days over which the seed data is spread, from 2021 on.
const SPREAD: u64 = 1_900;

impl Seeder {
    /// A date that depends on another one.
    pub(super) fn period(&self, place: &Place<'_>) -> Option<Value> {
        if place.is_body() || !place.parent.is_empty() {
            return None;
        }
        let day = || {
            let mut random = Random::at(self.seed, place.record, place.index, "period");
            day(&mut random, SPREAD)
        };
        let first = || day().with_day(1);
        let date = match (place.record, place.field) {
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

/// A day out of so many.
pub(super) fn day(random: &mut Random, spread: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 1, 1)
        .and_then(|first| first.checked_add_days(Days::new(random.below(spread))))
        .unwrap_or_default()
}

/// What the vendor writes where there is no date: null, or the year 1.
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
