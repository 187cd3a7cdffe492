//! The time of one call: what is left of it, and how long the next attempt may be put off.

use std::time::{Duration, Instant};

use crate::operation::Effect;
use crate::runtime::transport::attempt::Call;

/// How much longer a call may take than one attempt, if nothing else is set.
const ATTEMPTS_WORTH: u32 = 4;

/// And how long it may take at least: time for the quota's next minute to come.
const LEAST: Duration = Duration::from_secs(120);

/// The time of one call.
pub(in crate::runtime) struct Deadline {
    started: Instant,
    total: Duration,
    /// What one attempt may take.
    attempt: Duration,
    /// What must be left when an attempt starts.
    reserve: Duration,
}

impl Deadline {
    pub(in crate::runtime) fn new(call: &Call, started: Instant) -> Self {
        let total = call
            .retry
            .deadline
            .unwrap_or_else(|| call.timeout.saturating_mul(ATTEMPTS_WORTH).max(LEAST));
        let reserve = match call.effect {
            Effect::Read => Duration::ZERO,
            // To send something in the last moment is to never learn what became of it.
            Effect::Idempotent | Effect::Unsafe | Effect::Money => call.timeout.min(total / 2),
        };
        Self {
            started,
            total,
            attempt: call.timeout,
            reserve,
        }
    }

    /// How long the next attempt may be put off.
    pub(in crate::runtime) fn may_wait(&self, now: Instant) -> Duration {
        self.left(now).saturating_sub(self.reserve)
    }

    /// How long an attempt that starts now may take; zero if it may not start.
    pub(in crate::runtime) fn attempt_limit(&self, now: Instant) -> Duration {
        self.attempt.min(self.left(now))
    }

    fn left(&self, now: Instant) -> Duration {
        self.total
            .saturating_sub(now.saturating_duration_since(self.started))
    }
}
