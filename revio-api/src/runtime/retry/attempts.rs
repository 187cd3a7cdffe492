//! The attempt loop: wait for the quota, try, look at what came, wait, try again.
//!
//! Every call goes through here, whatever it does, and one deadline covers all of it. Dropping the future at any await
//! ends a call; only an attempt that moves money and is under way finishes on its own (see [`crate::runtime::retry::detached`]).

use std::sync::Arc;
use std::time::{Duration, Instant};

use tracing::Instrument;

use crate::error::{Error, Outcome};
use crate::journal::Entry;
use crate::observe::{self, Attempt};
use crate::operation::Effect;
use crate::runtime::retry::backoff::backoff;
use crate::runtime::retry::classify::{Cause, cause_to_retry};
use crate::runtime::retry::deadline::Deadline;
use crate::runtime::transport::attempt::Call;
use crate::runtime::transport::core::Core;
use crate::runtime::transport::response::Received;

/// What is known of a call while it is under way.
struct Progress {
    attempts: u32,
    /// Spent on waiting for the quota.
    waited: Duration,
    /// Taken from the retry budget.
    taken: u32,
    /// Of all attempts so far.
    outcome: Outcome,
    last: Option<Error>,
}

impl Progress {
    const fn new() -> Self {
        Self {
            attempts: 0,
            waited: Duration::ZERO,
            taken: 0,
            outcome: Outcome::NotSent,
            last: None,
        }
    }

    /// There is no other attempt: the error of the last one, or why there wasn't even a first.
    fn give_up(self, reason: Error) -> Error {
        let error = self.last.unwrap_or(reason);
        error.after(self.attempts, self.outcome)
    }
}

impl Core {
    /// Makes a call, as often as its effect and the policy allow.
    pub(in crate::runtime) async fn call(
        self: Arc<Self>,
        call: Arc<Call>,
    ) -> Result<Received, Error> {
        let span = observe::span(call.operation, call.effect);
        async {
            let entry = match &self.journal {
                Some(journal) if call.effect == Effect::Money => {
                    let note = call.note.as_deref();
                    Some(journal.begin(call.operation, note, &self.clock).await?)
                }
                _ => None,
            };
            let result = self.attempts(&call, entry.as_ref()).await;
            let Some(entry) = entry else {
                return result;
            };
            result
                .map(|received| received.journaled(entry.id()))
                .map_err(|error| error.journaled(entry.id()))
        }
        .instrument(span)
        .await
    }

    async fn attempts(
        self: &Arc<Self>,
        call: &Arc<Call>,
        entry: Option<&Arc<Entry>>,
    ) -> Result<Received, Error> {
        let deadline = Deadline::new(call, self.clock.now());
        let mut progress = Progress::new();
        loop {
            let may_wait = deadline.may_wait(self.clock.now());
            match self.quota.acquire(Some(may_wait)).await {
                Ok(permit) => progress.waited += permit.waited,
                Err(error) => return Err(progress.give_up(Error::quota(call.operation, error))),
            }
            let started = self.clock.now();
            let limit = deadline.attempt_limit(started);
            if limit.is_zero() {
                return Err(progress.give_up(Error::too_late(call.operation)));
            }
            progress.attempts += 1;
            let result = match call.effect {
                Effect::Money => self.attempt_detached(call, entry, limit).await,
                Effect::Read | Effect::Idempotent | Effect::Unsafe => {
                    self.attempt(call, limit).await
                }
            };
            let now = self.clock.now();
            let mut attempt = Attempt::new(call.operation, progress.attempts, &result);
            attempt.elapsed = now.saturating_duration_since(started);
            attempt.waited = progress.waited;
            match result {
                Ok(mut received) => {
                    self.budget.put(progress.taken.max(1));
                    self.hooks.attempt(&attempt);
                    received.meta.attempts = progress.attempts;
                    received.meta.waited = progress.waited;
                    return Ok(received);
                }
                Err(error) => {
                    progress.outcome = progress.outcome.and(error.outcome());
                    let pause = self.pause(call, &deadline, &mut progress, &error, now);
                    attempt.again_after = pause;
                    self.hooks.attempt(&attempt);
                    let Some(pause) = pause else {
                        progress.last = Some(error);
                        return Err(progress.give_up(Error::too_late(call.operation)));
                    };
                    progress.last = Some(error);
                    self.clock.sleep(pause).await;
                }
            }
        }
    }

    /// How long to wait before another attempt; `None` if there must be none. A 429 closes the quota for everyone.
    fn pause(
        &self,
        call: &Call,
        deadline: &Deadline,
        progress: &mut Progress,
        error: &Error,
        now: Instant,
    ) -> Option<Duration> {
        let throttled = error.failed_with() == Some(429);
        let cause = cause_to_retry(call.effect, error);
        let pause = backoff(
            &call.retry,
            progress.attempts - 1,
            if throttled {
                Cause::Throttled
            } else {
                Cause::Transient
            },
            error.retry_after(),
            self.random.as_ref(),
        );
        if throttled {
            self.quota.close_until(later(now, pause));
        }
        let cost = cause?.cost();
        let affordable = progress.attempts < call.retry.max_attempts
            && pause < deadline.may_wait(now)
            && self.budget.take(cost);
        if affordable {
            progress.taken += cost;
        }
        affordable.then_some(pause)
    }
}

/// A moment too far off to be represented counts as a day from now: the quota closes for no longer.
fn later(now: Instant, wait: Duration) -> Instant {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    now.checked_add(wait).unwrap_or(now + DAY)
}
