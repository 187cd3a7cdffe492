//! The sends of the last window, and when the next ones fit in.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// At most `limit` sends in any `window`: a ring of the times of those that still count.
///
/// With a grain of zero it is exact. With a larger one, sends that lie closer together than the grain share an entry
/// and count until the last of them could be a window old: never too short, at most a grain too long. That keeps a
/// day of 150,000 calls in 1,442 entries.
#[derive(Debug)]
pub(super) struct SlidingLog {
    limit: u32,
    window: Duration,
    grain: Duration,
    entries: VecDeque<Entry>,
    /// Sends in all entries; never above the limit.
    total: u32,
}

#[derive(Debug)]
struct Entry {
    /// The first of the sends.
    at: Instant,
    sends: u32,
}

impl SlidingLog {
    /// A log without sends. The limit is 1 or more.
    pub(super) fn new(limit: u32, window: Duration, grain: Duration) -> Self {
        Self {
            limit,
            window,
            grain,
            entries: VecDeque::new(),
            total: 0,
        }
    }

    /// How many sends are allowed in a window.
    pub(super) fn limit(&self) -> u32 {
        self.limit
    }

    /// How many sends are allowed now. Forgets those that count no longer.
    pub(super) fn left(&mut self, now: Instant) -> u32 {
        while let Some(oldest) = self.entries.front() {
            if self.leaves_at(oldest) > now {
                break;
            }
            self.total -= oldest.sends;
            self.entries.pop_front();
        }
        self.limit - self.total
    }

    /// Counts a send. Only for when [`left`](Self::left) is above zero at the same time.
    pub(super) fn record(&mut self, now: Instant) {
        debug_assert!(self.total < self.limit, "a send beyond the limit");
        self.total += 1;
        match self.entries.back_mut() {
            // Also if a clock went back: a longer count is the safe side.
            Some(entry) if now.saturating_duration_since(entry.at) <= self.grain => {
                entry.sends += 1;
            }
            _ => self.entries.push_back(Entry { at: now, sends: 1 }),
        }
    }

    /// When the send after `ahead` others is allowed, if they and it go out as early as they may, from `opening` on.
    ///
    /// Exact for an exact log. Otherwise it is exact while `ahead` is below the limit, and may be too early, never too
    /// late, from there on. What counts no longer must be forgotten.
    pub(super) fn free_at(&self, ahead: u32, opening: Instant) -> Instant {
        // Each full limit of sends ahead has to be a window old in its turn.
        let windows = ahead / self.limit;
        let place = ahead % self.limit;
        let must_leave =
            (u64::from(self.total) + u64::from(place) + 1).saturating_sub(self.limit.into());
        self.left_by(must_leave)
            .map_or(opening, |at| at.max(opening))
            + self.window * windows
    }

    /// When this many of the sends count no longer; `None` if that asks for none.
    fn left_by(&self, must_leave: u64) -> Option<Instant> {
        if must_leave == 0 {
            return None;
        }
        let mut gone = 0;
        let last = self.entries.iter().find(|entry| {
            gone += u64::from(entry.sends);
            gone >= must_leave
        });
        last.map(|entry| self.leaves_at(entry))
    }

    fn leaves_at(&self, entry: &Entry) -> Instant {
        entry.at + self.grain + self.window
    }
}
