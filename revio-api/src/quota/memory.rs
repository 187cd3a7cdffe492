//! The quota of one process.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::sliding_log::SlidingLog;
use super::store::{Permit, QuotaError, QuotaStore};
use super::wait_queue::{POLL_GRACE, Ticket, WaitQueue};
use super::{DAY, MINUTE, Quota, Remaining};
use crate::clock::{BoxFuture, Clock};
use crate::error::Error;

/// Sends within this time count as one in the day's log, which costs 0.07% of the day's calls and saves 99% of its
/// memory.
const DAY_GRAIN: Duration = Duration::from_secs(60);

/// How often, at most, a waiter checks whether those ahead of it are polled.
const LOOK_ROUND: Duration = Duration::from_secs(1);

/// A quota for all that happens in this process. Clones share it.
///
/// It takes 60 KB at most: the times of the calls of the last minute, and a count for each minute of the last day.
/// The minute is exact. Of the day, a call may count for up to a minute longer than it has to.
///
/// ```
/// use std::sync::Arc;
///
/// use revio_api::clock::TokioClock;
/// use revio_api::quota::{MemoryQuota, Quota, QuotaStore};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
/// let quota = MemoryQuota::new(&Quota::new(), Arc::new(TokioClock))?;
/// let same = quota.clone();
/// let permit = same.acquire(None).await?;
/// assert!(permit.waited.is_zero());
/// assert_eq!(quota.remaining().this_minute, 499);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct MemoryQuota {
    shared: Arc<Shared>,
}

struct Shared {
    clock: Arc<dyn Clock>,
    max_wait: Option<Duration>,
    longest: Duration,
    state: Mutex<State>,
}

struct State {
    minute: SlidingLog,
    day: SlidingLog,
    closed_until: Option<Instant>,
    queue: WaitQueue,
}

/// What a waiter finds when it is polled.
enum Turn {
    /// It has its permit, taken at this time.
    Taken(Instant),
    /// It can't have one in time.
    TooLate { free_in: Duration },
    /// It should look again after this long.
    Later(Duration),
}

impl MemoryQuota {
    /// A quota of which nothing is used yet.
    ///
    /// # Errors
    /// When a limit is zero or the margin is longer than a minute.
    pub fn new(quota: &Quota, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        if let Some(problem) = quota.problem() {
            return Err(Error::config(problem));
        }
        let minute = MINUTE + quota.margin;
        let day = DAY + quota.margin;
        let state = State {
            minute: SlidingLog::new(quota.per_minute, minute, Duration::ZERO),
            day: SlidingLog::new(quota.per_day, day, DAY_GRAIN),
            closed_until: None,
            queue: WaitQueue::new(),
        };
        Ok(Self {
            shared: Arc::new(Shared {
                clock,
                max_wait: quota.max_wait,
                longest: day,
                state: Mutex::new(state),
            }),
        })
    }
}

impl QuotaStore for MemoryQuota {
    fn acquire(&self, max_wait: Option<Duration>) -> BoxFuture<'_, Result<Permit, QuotaError>> {
        Box::pin(self.shared.wait(max_wait))
    }

    fn close_until(&self, until: Instant) {
        let mut state = self.shared.lock();
        let until = until.min(self.shared.clock.now() + self.shared.longest);
        state.closed_until = state.closed_until.max(Some(until));
        state.queue.wake_all();
    }

    fn remaining(&self) -> Remaining {
        let mut state = self.shared.lock();
        let now = self.shared.clock.now();
        state.remaining(now)
    }
}

impl fmt::Debug for MemoryQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MemoryQuota")
            .field(&self.remaining())
            .finish()
    }
}

impl Shared {
    async fn wait(&self, max_wait: Option<Duration>) -> Result<Permit, QuotaError> {
        let max_wait = match (max_wait, self.max_wait) {
            (Some(asked), Some(set)) => Some(asked.min(set)),
            (asked, set) => asked.or(set),
        };
        let (place, mut turn) = self.join(max_wait);
        loop {
            match turn {
                Turn::Taken(now) => return Ok(Permit::new(now - place.since)),
                Turn::TooLate { free_in } => {
                    let max_wait = max_wait.unwrap_or_default();
                    return Err(QuotaError::Exhausted { free_in, max_wait });
                }
                Turn::Later(wait) => either(place.wake.notified(), self.clock.sleep(wait)).await,
            }
            turn = place.look();
        }
    }

    /// Takes a place and looks at once, before anyone else can.
    fn join(&self, max_wait: Option<Duration>) -> (Place<'_>, Turn) {
        let mut state = self.lock();
        let since = self.clock.now();
        let deadline = max_wait.and_then(|wait| since.checked_add(wait));
        let (ticket, wake) = state.queue.join(since);
        let turn = state.turn(ticket, since, deadline);
        let place = Place {
            shared: self,
            ticket,
            wake,
            since,
            deadline,
        };
        (place, turn)
    }

    /// The state is whole between any two statements that change it, so a panic elsewhere doesn't spoil it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes a permit if it is this one's turn and there is room.
    fn turn(&mut self, ticket: Ticket, now: Instant, deadline: Option<Instant>) -> Turn {
        let ahead = self.queue.mark_polled(ticket, now);
        let room = self.has_room(now);
        let look_again = if room {
            let Some(look_again) = self.queue.turn(ticket, now) else {
                self.minute.record(now);
                self.day.record(now);
                self.queue.leave(ticket);
                return Turn::Taken(now);
            };
            look_again
        } else if ahead == 0 {
            self.free_at(0, now)
        } else {
            // The wake rings before that, unless nobody ahead comes forward.
            let due = self.free_at(ahead, now) + POLL_GRACE;
            let first_due = self.free_at(0, now) + POLL_GRACE;
            due.min(first_due.max(now + LOOK_ROUND))
        };
        let Some(deadline) = deadline else {
            return Turn::Later(look_again - now);
        };
        let free = self.free_at(ahead, now);
        if free > deadline || now >= deadline {
            return Turn::TooLate {
                free_in: free - now,
            };
        }
        Turn::Later(look_again.min(deadline) - now)
    }

    /// Whether both limits and the server allow a call now. Forgets what counts no longer.
    fn has_room(&mut self, now: Instant) -> bool {
        self.closed_until = self.closed_until.filter(|until| *until > now);
        let (minute, day) = (self.minute.left(now), self.day.left(now));
        self.closed_until.is_none() && minute > 0 && day > 0
    }

    /// When a call behind this many others can go out, at the earliest.
    fn free_at(&self, ahead: usize, now: Instant) -> Instant {
        let ahead = u32::try_from(ahead).unwrap_or(u32::MAX);
        let opening = self.closed_until.map_or(now, |until| until.max(now));
        let minute = self.minute.free_at(ahead, opening);
        minute.max(self.day.free_at(ahead, opening))
    }

    fn remaining(&mut self, now: Instant) -> Remaining {
        self.has_room(now);
        let waiting = self.queue.len();
        Remaining {
            this_minute: self.minute.left(now),
            today: self.day.left(now),
            next_free_in: self.free_at(waiting, now) - now,
            closed_for: self.closed_until.map(|until| until - now),
            waiting,
            ..Remaining::of(self.minute.limit(), self.day.limit())
        }
    }
}

/// A position in the queue, given up when its future is dropped.
struct Place<'a> {
    shared: &'a Shared,
    ticket: Ticket,
    wake: Arc<Notify>,
    since: Instant,
    deadline: Option<Instant>,
}

impl Place<'_> {
    fn look(&self) -> Turn {
        // The time is read under the lock, so that permits are recorded in the order of their times.
        let mut state = self.shared.lock();
        let now = self.shared.clock.now();
        state.turn(self.ticket, now, self.deadline)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.shared.lock().queue.leave(self.ticket);
    }
}

/// Waits for the first of the two.
async fn either(a: impl Future<Output = ()>, b: impl Future<Output = ()>) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|context| {
        if a.as_mut().poll(context).is_ready() || b.as_mut().poll(context).is_ready() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}
