//! The sandbox's own time: it starts at a fixed moment, unless told otherwise, and moves one second
//! with every write, so the same calls always leave the same dates behind.

use std::time::SystemTime;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::schema::dates;

/// A clock that only writes move.
#[derive(Debug, Clone)]
pub(crate) struct Clock(NaiveDateTime);

impl Clock {
    /// The morning of 1 July 2026, after everything in the seed data has happened.
    pub(crate) fn new() -> Self {
        let day = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default();
        let time = NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
        Self(day.and_time(time))
    }

    /// The machine's time, in UTC.
    pub(crate) fn at(time: SystemTime) -> Self {
        Self(DateTime::<Utc>::from(time).naive_utc())
    }

    /// Moves on and says what time it is.
    pub(crate) fn tick(&mut self) -> String {
        self.0 = self
            .0
            .checked_add_signed(Duration::seconds(1))
            .unwrap_or(self.0);
        dates::text(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_with_every_tick() {
        let mut clock = Clock::new();
        assert_eq!(clock.tick(), "2026-07-01T08:00:01");
        assert_eq!(clock.tick(), "2026-07-01T08:00:02");
        let mut clock = Clock::at(SystemTime::UNIX_EPOCH);
        assert_eq!(clock.tick(), "1970-01-01T00:00:01");
    }
}
