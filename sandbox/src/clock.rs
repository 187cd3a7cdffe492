//! The sandbox's clock. It starts at a fixed moment by default and advances by one second with every
//! write, so the same calls always give the same dates. It can be advanced, and it can run.

use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::schema::dates;

/// A clock that advances with every write.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    time: NaiveDateTime,
    /// When it started to run, if it runs.
    running: Option<Instant>,
    /// The offset of written dates from UTC.
    zone: TimeDelta,
}

impl Clock {
    /// The morning of 1 July 2026, after everything in the seed data has happened.
    pub(crate) fn new() -> Self {
        let day = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default();
        let time = NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
        Self::stopped_at(day.and_time(time))
    }

    /// A clock that starts at a time of the machine.
    pub(crate) fn at(time: SystemTime) -> Self {
        Self::stopped_at(DateTime::<Utc>::from(time).naive_utc())
    }

    fn stopped_at(time: NaiveDateTime) -> Self {
        Self {
            time,
            running: None,
            zone: TimeDelta::zero(),
        }
    }

    /// Starts to run.
    pub(crate) fn run(&mut self) {
        self.running = Some(Instant::now());
    }

    /// Sets the zone of written dates, in hours ahead of UTC.
    pub(crate) fn in_zone(&mut self, hours: i8) {
        self.zone = TimeDelta::hours(hours.into());
    }

    /// The current time in UTC.
    pub(crate) fn now(&self) -> NaiveDateTime {
        let passed = self.running.map(|since| since.elapsed());
        later(self.time, passed.unwrap_or_default())
    }

    /// The current time in UTC, as a string.
    pub(crate) fn text(&self) -> String {
        dates::text(self.now())
    }

    /// Advances.
    pub(crate) fn advance(&mut self, by: Duration) {
        self.time = later(self.time, by);
    }

    /// Sets the time.
    pub(crate) fn set(&mut self, time: NaiveDateTime) {
        self.time = time;
        if self.running.is_some() {
            self.run();
        }
    }

    /// Advances by one second and returns the time as records have it: in the zone.
    pub(crate) fn tick(&mut self) -> String {
        self.advance(Duration::from_secs(1));
        let now = self.now();
        dates::text(now.checked_add_signed(self.zone).unwrap_or(now))
    }

    /// The current time in the format of the `Date` header.
    pub(crate) fn http_date(&self) -> String {
        self.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}

/// Saturates at the last moment.
fn later(time: NaiveDateTime, by: Duration) -> NaiveDateTime {
    TimeDelta::from_std(by)
        .ok()
        .and_then(|by| time.checked_add_signed(by))
        .unwrap_or(NaiveDateTime::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advances_with_every_tick() {
        let mut clock = Clock::new();
        assert_eq!(clock.tick(), "2026-07-01T08:00:01");
        assert_eq!(clock.tick(), "2026-07-01T08:00:02");
        assert_eq!(
            clock.text(),
            "2026-07-01T08:00:02",
            "reading advances nothing"
        );
        let mut clock = Clock::at(SystemTime::UNIX_EPOCH);
        assert_eq!(clock.tick(), "1970-01-01T00:00:01");
    }

    #[test]
    fn only_ticks_are_in_the_zone() {
        let mut clock = Clock::new();
        clock.in_zone(-9);
        assert_eq!(clock.tick(), "2026-06-30T23:00:01");
        assert_eq!(clock.text(), "2026-07-01T08:00:01");
        assert_eq!(clock.http_date(), "Wed, 01 Jul 2026 08:00:01 GMT");
    }

    #[test]
    fn can_be_advanced_and_set_and_run() {
        let mut clock = Clock::new();
        clock.advance(Duration::from_secs(86_400));
        assert_eq!(clock.text(), "2026-07-02T08:00:00");
        clock.run();
        let first = clock.now();
        while clock.now() == first {}
        clock.set(NaiveDateTime::default());
        assert!(clock.now() < first);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), NaiveDateTime::MAX);
    }
}
