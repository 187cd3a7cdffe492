//! The sliding log against a list of all sends, and against the token bucket that it replaces.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::sliding_log::SlidingLog;
use super::{MINUTE_MS, worst_window};

/// What most limiters are: tokens that come back evenly, up to a full bucket.
struct TokenBucket {
    capacity: u64,
    window: u64,
    /// In parts of a token, of which `window` make one.
    parts: u64,
    filled_at: u64,
}

impl TokenBucket {
    fn full(capacity: u64, window: u64) -> Self {
        Self {
            capacity,
            window,
            parts: capacity * window,
            filled_at: 0,
        }
    }

    fn take(&mut self, now: u64) -> bool {
        let refilled = self.parts + (now - self.filled_at) * self.capacity;
        self.parts = refilled.min(self.capacity * self.window);
        self.filled_at = now;
        let enough = self.parts >= self.window;
        if enough {
            self.parts -= self.window;
        }
        enough
    }
}

/// Takes whatever a limiter lets through in five minutes, looking every millisecond.
fn press(mut take: impl FnMut(u64) -> bool) -> Vec<u64> {
    let mut times = Vec::new();
    for now in 0..5 * MINUTE_MS {
        while take(now) {
            times.push(now);
        }
    }
    times
}

#[test]
fn a_token_bucket_lets_nearly_twice_the_limit_into_a_minute() {
    let mut bucket = TokenBucket::full(500, MINUTE_MS);
    let through_bucket = press(|now| bucket.take(now));
    assert_eq!(worst_window(&through_bucket, MINUTE_MS), 999);

    let start = Instant::now();
    let mut log = SlidingLog::new(500, Duration::from_secs(61), Duration::ZERO);
    let through_log = press(|now| {
        let now = start + Duration::from_millis(now);
        let room = log.left(now) > 0;
        if room {
            log.record(now);
        }
        room
    });
    assert_eq!(worst_window(&through_log, MINUTE_MS), 500);
    assert_eq!(worst_window(&through_log, MINUTE_MS + 999), 500);
    assert_eq!(
        through_log.len(),
        2500,
        "a burst at 0, 61, 122, 183 and 244 s"
    );
}

proptest! {
    #[test]
    fn an_exact_log_is_a_count_of_the_window(
        limit in 1_u32..20,
        window in 1_u64..100,
        steps in prop::collection::vec(0_u64..30, 1..200),
        ahead in 0_u32..60,
    ) {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut log = SlidingLog::new(limit, Duration::from_millis(window), Duration::ZERO);
        let mut sends: Vec<u64> = Vec::new();
        let mut now = 0;
        for step in steps {
            now += step;
            let counted = sends.iter().filter(|send| **send + window > now).count();
            let left = limit as usize - counted;
            prop_assert_eq!(log.left(at(now)) as usize, left);
            prop_assert_eq!(log.free_at(ahead, at(now)), at(free_at(&sends, limit, window, ahead, now)));
            if left > 0 {
                log.record(at(now));
                sends.push(now);
            }
        }
    }

    #[test]
    fn a_coarse_log_counts_no_send_too_short_or_a_grain_too_long(
        limit in 1_u32..20,
        grain in 1_u64..20,
        steps in prop::collection::vec(0_u64..30, 1..200),
    ) {
        let window = 100;
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut log =
            SlidingLog::new(limit, Duration::from_millis(window), Duration::from_millis(grain));
        let mut sends: Vec<u64> = Vec::new();
        let mut now = 0;
        for step in steps {
            now += step;
            let younger = |age| sends.iter().filter(|send| **send + age > now).count();
            let left = log.left(at(now)) as usize;
            prop_assert!(left <= limit as usize - younger(window));
            prop_assert!(left >= (limit as usize).saturating_sub(younger(window + grain)));
            if left > 0 {
                log.record(at(now));
                sends.push(now);
            } else {
                let free = log.free_at(0, at(now));
                prop_assert!(free > at(now));
                now = u64::try_from((free - start).as_millis()).unwrap();
                prop_assert_eq!(log.left(at(now - 1)), 0);
                prop_assert!(log.left(free) > 0);
            }
        }
        prop_assert!(worst_window(&sends, window) <= limit as usize);
    }
}

/// The same, by sending all those ahead one after the other.
fn free_at(sends: &[u64], limit: u32, window: u64, ahead: u32, now: u64) -> u64 {
    let mut sends = sends.to_vec();
    let mut free = now;
    for _ in 0..=ahead {
        if let Some(full) = sends.len().checked_sub(limit as usize) {
            free = free.max(sends[full] + window);
        }
        sends.push(free);
    }
    free
}
