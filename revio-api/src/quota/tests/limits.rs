//! Settings, the limit of the wait, and many threads.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::super::{MemoryQuota, Quota, QuotaError, QuotaStore};
use super::{SECOND, Watch, memory, simulate};
use crate::clock::{BoxFuture, Clock, TokioClock};

/// Time that stands still.
#[derive(Debug)]
struct Stopped(Instant);

impl Clock for Stopped {
    fn now(&self) -> Instant {
        self.0
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let refusal = |quota: Quota| {
        let error = MemoryQuota::new(&quota, Arc::new(TokioClock)).unwrap_err();
        error.to_string()
    };
    assert!(refusal(Quota::new().per_minute(0)).contains("per_minute"));
    assert!(refusal(Quota::new().per_day(0)).contains("per_day"));
    assert!(refusal(Quota::new().margin(61 * SECOND)).contains("margin"));
}

#[test]
fn a_wait_that_is_too_long_is_refused_before_it_begins() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(2));
        for _ in 0..2 {
            quota.acquire(None).await.unwrap();
        }
        let watch = Watch::start();
        let refused = quota.acquire(Some(60 * SECOND)).await.unwrap_err();
        assert_eq!(watch.read(), 0);
        assert_eq!(
            refused.to_string(),
            "no call is free for 61s, and only 60s may be waited"
        );
        assert_eq!(quota.remaining().waiting, 0);
        assert_eq!(
            quota.acquire(Some(61 * SECOND)).await.unwrap().waited,
            61 * SECOND
        );
    });
}

#[test]
fn those_in_line_count_for_the_wait() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(2));
        let waiters: Vec<_> = (0..6)
            .map(|_| {
                let quota = quota.clone();
                tokio::spawn(async move { quota.acquire(None).await.unwrap() })
            })
            .collect();
        tokio::task::yield_now().await;
        assert_eq!(quota.remaining().waiting, 4);
        // Two have gone, two go after 61 s, two after 122 s, and this one would go after 183 s.
        let refused = quota.acquire(Some(182 * SECOND)).await.unwrap_err();
        let QuotaError::Exhausted { free_in, .. } = refused else {
            panic!("the store is in memory");
        };
        assert_eq!(free_in, 183 * SECOND);
        for waiter in waiters {
            let _ = waiter.await.unwrap();
        }
    });
}

#[test]
fn the_shorter_limit_of_the_wait_holds() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(1).max_wait(10 * SECOND));
        quota.acquire(None).await.unwrap();
        for (asked, holds) in [(None, 10), (Some(20), 10), (Some(5), 5)] {
            let refused = quota.acquire(asked.map(|seconds| seconds * SECOND)).await;
            let Err(QuotaError::Exhausted { max_wait, .. }) = refused else {
                panic!("refused");
            };
            assert_eq!(max_wait, holds * SECOND);
        }
    });
}

#[test]
fn an_endless_limit_of_the_wait_is_none() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(1).max_wait(Duration::MAX));
        quota.acquire(None).await.unwrap();
        let permit = quota.acquire(Some(Duration::MAX)).await.unwrap();
        assert_eq!(permit.waited, 61 * SECOND);
    });
}

#[test]
fn threads_that_race_share_out_exactly_the_limit() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .build()
        .unwrap();
    let clock = Arc::new(Stopped(Instant::now()));
    let quota = MemoryQuota::new(&Quota::new(), clock).unwrap();
    let granted = runtime.block_on(async {
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let quota = quota.clone();
                tokio::spawn(async move {
                    let mut granted = 0;
                    for _ in 0..100 {
                        granted += u32::from(quota.acquire(Some(Duration::ZERO)).await.is_ok());
                        tokio::task::yield_now().await;
                    }
                    granted
                })
            })
            .collect();
        let mut granted = 0;
        for task in tasks {
            granted += task.await.unwrap();
        }
        granted
    });
    assert_eq!(granted, 500);
    assert_eq!(quota.remaining().this_minute, 0);
}
