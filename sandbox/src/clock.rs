//! The sandbox's own time: it starts at a fixed moment and moves one second with every write, so
//! the same calls always leave the same dates behind.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use crate::schema::dates;

/// A clock that only writes move.
pub(crate) struct Clock(NaiveDateTime);

impl Clock {
    /// The morning of 1 July 2026, after everything in the seed data has happened.
    pub(crate) fn new() -> Self {
        let day = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default();
        let time = NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
        Self(day.and_time(time))
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
    }
}
