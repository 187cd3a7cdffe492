//! The quota under simulated time: hours pass in no time, and every send is written down.

mod closing;
mod day;
mod limits;
mod log;
mod model;
mod pressure;
mod reports;
mod wait_queue;

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{MemoryQuota, Quota, QuotaStore};
use crate::clock::{Clock, TokioClock};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;

/// Runs on one thread with paused time, which moves on whenever nobody has anything to do.
fn simulate<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(future)
}

fn memory(quota: &Quota) -> MemoryQuota {
    MemoryQuota::new(quota, Arc::new(TokioClock)).unwrap()
}

/// The simulated time since the beginning, in milliseconds.
#[derive(Clone, Copy)]
struct Watch(Instant);

impl Watch {
    fn start() -> Self {
        Self(TokioClock.now())
    }

    fn read(self) -> u64 {
        u64::try_from((TokioClock.now() - self.0).as_millis()).unwrap()
    }

    async fn reach(self, at: u64) {
        let wait = Duration::from_millis(at.saturating_sub(self.read()));
        TokioClock.sleep(wait).await;
    }
}

/// When calls were sent, in order.
#[derive(Clone, Default)]
struct Sends(Arc<Mutex<Vec<u64>>>);

impl Sends {
    fn add(&self, at: u64) {
        self.0.lock().unwrap().push(at);
    }

    fn times(&self) -> Vec<u64> {
        self.0.lock().unwrap().clone()
    }
}

/// Sends one call after the other, as fast as the quota allows, for ever.
async fn press(quota: MemoryQuota, sends: Sends, watch: Watch) {
    loop {
        quota.acquire(None).await.unwrap();
        sends.add(watch.read());
    }
}

/// The most sends in any window of this length.
fn worst_window(times: &[u64], window: u64) -> usize {
    let mut first = 0;
    let mut worst = 0;
    for (last, at) in times.iter().enumerate() {
        while at - times[first] >= window {
            first += 1;
        }
        worst = worst.max(last - first + 1);
    }
    worst
}

#[test]
fn the_worst_window_is_found() {
    assert_eq!(worst_window(&[], 60), 0);
    assert_eq!(worst_window(&[0, 10, 59, 60, 69, 70], 60), 4);
    assert_eq!(worst_window(&[5, 5, 5, 65], 60), 3);
}
