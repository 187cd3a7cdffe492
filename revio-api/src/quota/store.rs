//! What a keeper of the quota promises, wherever it keeps it.

use std::fmt;
use std::time::{Duration, Instant};

use super::Remaining;
use crate::clock::BoxFuture;

/// Keeps the count of an account's calls: in memory ([`MemoryQuota`](super::MemoryQuota)), or, written by you, in a
/// file or a database that several programs share.
///
/// # What every store promises
/// - **Sliding.** No window of 60 s, wherever it begins, holds more permits than the minute's limit, and no window of
///   24 h more than the day's. A permit counts from the moment when [`acquire`](QuotaStore::acquire) answers, which is
///   when its call is sent, not from when somebody began to wait for it.
/// - **Both limits or neither.** A permit is taken from the minute and from the day in one step that can't be seen or
///   interrupted half-way. A call that the day refuses costs the minute nothing.
/// - **Consumed, not leased.** A permit is never given back, since a call that was sent has counted at the server. So
///   a program that dies holding one loses nothing that was not used up anyway, and there is nothing to clean up.
/// - **First come, first served** among the callers of one store value and its clones. The order is that of the
///   first poll of each future. A caller that drops its future before the response has taken nothing, and the others
///   move up. A caller that is woken and isn't polled (a future kept aside in a stream that nobody polls now) keeps
///   its place and must not hold up those behind it for long.
/// - **Never open by mistake.** A store that can't reach its file or server, or can't make sense of what it finds
///   there, answers [`QuotaError::Unavailable`]. It never hands out a permit that it couldn't count.
/// - **Early failure.** If `max_wait` can't be kept as things stand, counting those ahead in the queue, the error comes at
///   once: when the caller arrives, or when a closing makes it so. At the latest it comes when `max_wait` is over.
/// - **Monotonic.** Setting the machine's clock neither frees nor blocks permits. A store shared by machines uses the
///   time of the shared server.
///
/// ```
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// use revio_api::clock::TokioClock;
/// use revio_api::quota::{MemoryQuota, Quota, QuotaError, QuotaStore};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
/// let store: Arc<dyn QuotaStore> =
///     Arc::new(MemoryQuota::new(&Quota::new().per_minute(1), Arc::new(TokioClock))?);
/// store.acquire(None).await?;
/// let refused = store.acquire(Some(Duration::from_secs(5))).await.unwrap_err();
/// assert!(matches!(refused, QuotaError::Exhausted { .. }));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub trait QuotaStore: fmt::Debug + Send + Sync {
    /// Waits for leave to make one call, and takes it. The call must be sent right away; every attempt of a call
    /// takes a permit of its own.
    ///
    /// `max_wait` limits the wait, beside the store's own setting: the shorter one holds.
    ///
    /// Dropping the future is always safe: it has taken a permit only if it has answered `Ok`.
    ///
    /// # Errors
    /// [`QuotaError::Exhausted`] when no call is free within `max_wait`; [`QuotaError::Unavailable`] when the store
    /// can't be asked.
    fn acquire(&self, max_wait: Option<Duration>) -> BoxFuture<'_, Result<Permit, QuotaError>>;

    /// Hands out nothing before `until`: what to do when the server has answered 429.
    ///
    /// It holds for everyone, for those that wait already too, and those who can't wait that long fail at once.
    /// A closing is never shortened by another one, and never lasts longer than the longest window from now, so that
    /// a nonsensical time from a server can't stop a program for good.
    ///
    /// It takes effect in this process before it returns. A shared store passes it on with its next exchange.
    fn close_until(&self, until: Instant);

    /// What is left, as far as this process knows without waiting for anything.
    fn remaining(&self) -> Remaining;
}

/// Leave to make one call, now.
///
/// ```
/// use std::time::Duration;
///
/// use revio_api::quota::Permit;
///
/// // What a store of your own answers.
/// let permit = Permit::new(Duration::ZERO);
/// assert!(permit.waited.is_zero());
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Permit {
    /// How long the caller waited in the queue.
    pub waited: Duration,
}

impl Permit {
    /// A permit that was waited for this long.
    pub const fn new(waited: Duration) -> Self {
        Self { waited }
    }
}

/// Why there is no permit. Nothing was sent.
///
/// ```
/// use std::time::Duration;
///
/// use revio_api::quota::QuotaError;
///
/// let error = QuotaError::Exhausted {
///     free_in: Duration::from_secs(42),
///     max_wait: Duration::from_secs(5),
/// };
/// assert_eq!(error.to_string(), "no call is free for 42s, and only 5s may be waited");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum QuotaError {
    /// No call is free in time.
    Exhausted {
        /// When a call would be free for this caller, as far as can be known.
        free_in: Duration,
        /// How long it was allowed to wait, counted from when it began.
        max_wait: Duration,
    },
    /// The store can't be reached, or what it holds makes no sense.
    Unavailable(
        /// Why. It is printed and logged: leave out addresses with credentials.
        Box<dyn std::error::Error + Send + Sync>,
    ),
}

impl fmt::Display for QuotaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exhausted { free_in, max_wait } => write!(
                f,
                "no call is free for {free_in:?}, and only {max_wait:?} may be waited"
            ),
            Self::Unavailable(_) => {
                f.write_str("the store of the quota can't be used, so no call may be made")
            }
        }
    }
}

impl std::error::Error for QuotaError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Exhausted { .. } => None,
            Self::Unavailable(source) => Some(source.as_ref()),
        }
    }
}
