//! The account's quota of calls, kept on this side so that the server never has to refuse.
//!
//! Rev.io lets an account make 500 calls in a minute and 150,000 in a day, all programs together, and answers 429
//! beyond that. A client holds itself to both: a call takes a [`Permit`] right before it is sent, and waits in a queue
//! for one if need be. Clones of a client share the quota.
//!
//! # Why not a token bucket
//! A bucket of 500 tokens that refills with 500 a minute lets nearly 1,000 calls into one minute: 500 that were saved
//! up, and 499 more while it refills. A smaller bucket is safe and gives up either bursts or a part of the quota. Here
//! the time of every send is kept, and call `n` goes out when call `n - 500` is a full window old. That is exact, lets
//! 500 calls out at once, and loses nothing under pressure but the [`margin`](Quota::margin).
//!
//! # What it can't know
//! [`MemoryQuota`] knows the calls of this process since it started. Calls by other programs on the account, or by
//! this program before a restart, show only in a 429, which closes the quota for all clones until the server's time is
//! up. Where several programs share an account, give each one its part with [`Quota::per_minute`] and
//! [`Quota::per_day`], or write a [`QuotaStore`] that they share.
//!
//! ```
//! use std::sync::Arc;
//!
//! use revio_api::clock::TokioClock;
//! use revio_api::quota::{MemoryQuota, Quota, QuotaStore};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let quota = MemoryQuota::new(&Quota::new().per_minute(250), Arc::new(TokioClock))?;
//! quota.acquire(None).await?;
//! println!("{}", quota.remaining());
//! assert_eq!(quota.remaining().this_minute, 249);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod memory;
mod remaining;
mod sliding_log;
mod store;
#[cfg(test)]
mod tests;
mod wait_queue;

use std::time::Duration;

pub use self::memory::MemoryQuota;
pub use self::remaining::Remaining;
pub use self::store::{Permit, QuotaError, QuotaStore};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How many calls may be made, and how long one may wait for its turn.
///
/// ```
/// use std::time::Duration;
///
/// use revio_api::Quota;
///
/// // Half of the account's calls; the other half is for another program.
/// let quota = Quota::new()
///     .per_minute(250)
///     .per_day(75_000)
///     .max_wait(Duration::from_secs(30));
/// assert_ne!(quota, Quota::new());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    per_minute: u32,
    per_day: u32,
    margin: Duration,
    max_wait: Option<Duration>,
}

impl Quota {
    /// The vendor's quota for an account: 500 calls in any minute and 150,000 in any 24 hours, with a margin of one
    /// second and no limit of its own to the wait.
    pub const fn new() -> Self {
        Self {
            per_minute: 500,
            per_day: 150_000,
            margin: Duration::from_secs(1),
            max_wait: None,
        }
    }

    /// Calls in any 60 seconds. Default: 500.
    pub const fn per_minute(mut self, calls: u32) -> Self {
        self.per_minute = calls;
        self
    }

    /// Calls in any 24 hours. Default: 150,000.
    pub const fn per_day(mut self, calls: u32) -> Self {
        self.per_day = calls;
        self
    }

    /// How much longer a call counts here than at the server. Default: one second, at most a minute.
    ///
    /// Calls that leave here 60 s apart may reach the server closer to each other than that. With a margin of one
    /// second the network may shift them by as much, and the server still never counts one too many. It costs 1.6% of
    /// the minute's calls.
    pub const fn margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// How long a call may wait for its turn. Default: as long as the call's own time limit allows.
    ///
    /// A call that would have to wait longer fails, and fails at once when that is known beforehand. Nothing of it was
    /// sent then.
    pub const fn max_wait(mut self, max_wait: Duration) -> Self {
        self.max_wait = Some(max_wait);
        self
    }

    /// What is wrong with these settings, for an error's text.
    fn problem(&self) -> Option<&'static str> {
        if self.per_minute == 0 {
            Some("the quota allows no call in a minute; set per_minute to 1 or more")
        } else if self.per_day == 0 {
            Some("the quota allows no call in a day; set per_day to 1 or more")
        } else if self.margin > MINUTE {
            Some("the quota's margin is longer than a minute; a few seconds are enough")
        } else {
            None
        }
    }
}

impl Default for Quota {
    fn default() -> Self {
        Self::new()
    }
}
