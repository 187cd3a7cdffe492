//! The report of what is left.

use std::fmt;
use std::time::Duration;

/// What is left of the quota at one moment.
///
/// ```
/// use std::sync::Arc;
///
/// use revio_api::clock::TokioClock;
/// use revio_api::quota::{MemoryQuota, Quota, QuotaStore};
///
/// let quota = MemoryQuota::new(&Quota::new(), Arc::new(TokioClock))?;
/// let left = quota.remaining();
/// assert_eq!((left.this_minute, left.today), (500, 150_000));
/// assert!(left.next_free_in.is_zero());
/// assert_eq!(
///     left.to_string(),
///     "500 of 500 calls left in this minute, 150000 of 150000 in this day"
/// );
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remaining {
    /// Calls left in the minute that ends now.
    pub this_minute: u32,
    /// Calls allowed in a minute.
    pub per_minute: u32,
    /// Calls left in the 24 hours that end now. Calls may count here for up to a minute more than those 24 hours.
    pub today: u32,
    /// Calls allowed in 24 hours.
    pub per_day: u32,
    /// How long a call that is made now has to wait, as far as can be known: behind those who wait already, and
    /// behind a closing. Zero if it can go out at once.
    pub next_free_in: Duration,
    /// How long the quota stays closed after the server has refused a call with a 429; `None` while it is open.
    pub closed_for: Option<Duration>,
    /// How many calls are waiting.
    pub waiting: usize,
}

impl Remaining {
    /// A quota that is open and untouched: where the report of a store of your own starts.
    ///
    /// ```
    /// use revio_api::quota::Remaining;
    ///
    /// let mut report = Remaining::of(500, 150_000);
    /// report.this_minute -= 1;
    /// assert_eq!(report.this_minute, 499);
    /// ```
    pub const fn of(per_minute: u32, per_day: u32) -> Self {
        Self {
            this_minute: per_minute,
            per_minute,
            today: per_day,
            per_day,
            next_free_in: Duration::ZERO,
            closed_for: None,
            waiting: 0,
        }
    }
}

impl fmt::Display for Remaining {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} of {} calls left in this minute, {} of {} in this day",
            self.this_minute, self.per_minute, self.today, self.per_day
        )?;
        if self.waiting > 0 {
            write!(f, "; {} waiting", self.waiting)?;
        }
        if !self.next_free_in.is_zero() {
            write!(f, "; the next one is free in {:?}", self.next_free_in)?;
        }
        if let Some(closed_for) = self.closed_for {
            write!(f, "; closed by the server for {closed_for:?}")?;
        }
        Ok(())
    }
}
