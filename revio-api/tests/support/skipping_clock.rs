//! A clock on which waiting takes no time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use revio_api::clock::{BoxFuture, Clock};

/// Real time, and what was slept on top of it. A sleep is over at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct SkippingClock {
    slept: Arc<Mutex<Slept>>,
}

#[derive(Debug, Default)]
struct Slept {
    each: Vec<Duration>,
    total: Duration,
}

impl SkippingClock {
    /// Every sleep so far.
    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.lock().each.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Slept> {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for SkippingClock {
    fn now(&self) -> Instant {
        Instant::now() + self.lock().total
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now() + self.lock().total
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move {
            let mut slept = clock.lock();
            slept.each.push(duration);
            slept.total += duration;
        })
    }
}
