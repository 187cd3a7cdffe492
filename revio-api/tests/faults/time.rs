//! Time that stands still but for what is let pass: a server that never answers costs no time to wait for, and a busy
//! machine makes no call late.

use std::future::Future;
use std::time::{Duration, Instant, SystemTime};

use revio_api::clock::{BoxFuture, Clock};

/// Runs something to its end, on one thread and in such a time.
pub(crate) fn standing_still<T>(run: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        // Paused time jumps to the next limit whenever all wait, be it for bytes that are on their way. It doesn't
        // while something blocking is under way.
        let (release, held) = std::sync::mpsc::channel::<()>();
        let holding = tokio::task::spawn_blocking(move || held.recv());
        let result = run.await;
        drop(release);
        let _ = holding.await;
        result
    })
}

/// Lets this much time pass, and those whose limit that was find out.
pub(crate) async fn pass(duration: Duration) {
    tokio::time::advance(duration).await;
    for _ in 0..8 {
        tokio::task::yield_now().await;
    }
}

/// A clock that goes on by what is slept.
#[derive(Debug)]
pub(crate) struct Standing;

impl Clock for Standing {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::advance(duration))
    }
}
