//! Where the crate takes the time from.
//!
//! Nothing else in the crate reads a clock or sleeps, so that a test can let hours pass in no time.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A clock that can be waited on.
///
/// [`now`](Clock::now) and [`sleep`](Clock::sleep) must agree: after `sleep(d)`, `now` has moved on by at least `d`.
///
/// ```
/// use std::sync::Arc;
/// use std::time::{Duration, Instant, SystemTime};
///
/// use revio_api::clock::{BoxFuture, Clock};
/// use revio_api::quota::{MemoryQuota, Quota, QuotaStore};
///
/// /// Time that stands still.
/// #[derive(Debug)]
/// struct Stopped(Instant);
///
/// impl Clock for Stopped {
///     fn now(&self) -> Instant {
///         self.0
///     }
///
///     fn system_time(&self) -> SystemTime {
///         SystemTime::UNIX_EPOCH
///     }
///
///     fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
///         Box::pin(std::future::pending())
///     }
/// }
///
/// let clock = Arc::new(Stopped(Instant::now()));
/// let quota = MemoryQuota::new(&Quota::new(), clock)?;
/// quota.close_until(Instant::now() + Duration::from_secs(3600));
/// assert!(quota.remaining().closed_for.is_some());
/// # Ok::<_, revio_api::Error>(())
/// ```
pub trait Clock: Debug + Send + Sync {
    /// The time for measuring spans. It never goes back.
    fn now(&self) -> Instant;

    /// The time of day, for comparing with dates that a server sends. It may jump when somebody sets it.
    fn system_time(&self) -> SystemTime;

    /// Ready once `duration` has passed, never earlier. It belongs to nobody, so it can outlive the clock's borrow.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// Tokio's time, which is the default.
///
/// In a test with Tokio's time paused, [`now`](Clock::now) and [`sleep`](Clock::sleep) follow the paused time;
/// [`system_time`](Clock::system_time) is always that of the machine.
///
/// ```
/// use std::time::Duration;
///
/// use revio_api::clock::{Clock, TokioClock};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
/// let before = TokioClock.now();
/// TokioClock.sleep(Duration::from_millis(1)).await;
/// assert!(TokioClock.now() - before >= Duration::from_millis(1));
/// # });
/// # Ok::<_, std::io::Error>(())
/// ```
///
/// # Panics
/// [`sleep`](Clock::sleep) panics outside of a Tokio runtime with its timer enabled.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn now_and_sleep_follow_paused_time() {
        let clock: &dyn Clock = &TokioClock;
        let before = clock.now();
        clock.sleep(Duration::from_secs(86_400)).await;
        assert_eq!(clock.now() - before, Duration::from_secs(86_400));
    }

    #[tokio::test(start_paused = true)]
    async fn a_sleep_does_not_borrow_its_clock() {
        let sleep = {
            let clock: Box<dyn Clock> = Box::new(TokioClock);
            clock.sleep(Duration::from_secs(5))
        };
        let before = TokioClock.now();
        tokio::spawn(sleep).await.unwrap();
        assert_eq!(TokioClock.now() - before, Duration::from_secs(5));
    }

    #[tokio::test(start_paused = true)]
    async fn the_time_of_day_is_the_machines() {
        let before = SystemTime::now();
        let told = TokioClock.system_time();
        assert!(before <= told && told <= SystemTime::now());
    }
}
