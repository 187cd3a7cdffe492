//! What `remaining` says.

use super::super::{MemoryQuota, Permit, Quota, QuotaError, QuotaStore, Remaining};
use super::{SECOND, memory, simulate};
use crate::clock::{Clock, TokioClock};

#[test]
fn a_quota_that_nobody_has_used() {
    simulate(async {
        let quota = memory(&Quota::new());
        assert_eq!(quota.remaining(), Remaining::of(500, 150_000));
    });
}

#[test]
fn calls_come_back_one_by_one() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(3).per_day(10));
        for _ in 0..3 {
            quota.acquire(None).await.unwrap();
            TokioClock.sleep(10 * SECOND).await;
        }
        let left = quota.remaining();
        assert_eq!((left.this_minute, left.today), (0, 7));
        assert_eq!(left.next_free_in, 31 * SECOND);
        for (wait, this_minute) in [(31, 1), (10, 2), (10, 3)] {
            TokioClock.sleep(wait * SECOND).await;
            let left = quota.remaining();
            assert_eq!((left.this_minute, left.today), (this_minute, 7));
            assert!(left.next_free_in.is_zero());
        }
        TokioClock.sleep(24 * 3600 * SECOND).await;
        assert_eq!(quota.remaining(), Remaining::of(3, 10));
    });
}

#[test]
fn the_day_can_be_what_the_next_call_waits_for() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(3).per_day(2));
        for _ in 0..2 {
            quota.acquire(None).await.unwrap();
        }
        let left = quota.remaining();
        assert_eq!((left.this_minute, left.today), (1, 0));
        // A day, the margin, and the minute that shares one count.
        assert_eq!(left.next_free_in, (24 * 3600 + 1 + 60) * SECOND);
    });
}

#[test]
fn the_line_and_a_closing_are_told() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(2));
        let tasks: Vec<_> = (0..5)
            .map(|_| {
                let quota = quota.clone();
                tokio::spawn(async move { quota.acquire(None).await.unwrap() })
            })
            .collect();
        tokio::task::yield_now().await;
        let left = quota.remaining();
        assert_eq!(
            (left.this_minute, left.today, left.waiting),
            (0, 149_998, 3)
        );
        assert_eq!(left.next_free_in, 122 * SECOND);

        quota.close_until(TokioClock.now() + 90 * SECOND);
        let left = quota.remaining();
        assert_eq!(left.closed_for, Some(90 * SECOND));
        assert_eq!(left.next_free_in, 151 * SECOND);
        assert_eq!(
            left.to_string(),
            "0 of 2 calls left in this minute, 149998 of 150000 in this day; 3 waiting; \
             the next one is free in 151s; closed by the server for 90s"
        );
        assert!(format!("{quota:?}").contains("waiting: 3"));
        for task in tasks {
            let _ = task.await.unwrap();
        }
    });
}

#[test]
fn what_others_hold_can_move_between_threads() {
    fn movable<T: Send + Sync + 'static>() {}
    movable::<MemoryQuota>();
    movable::<std::sync::Arc<dyn QuotaStore>>();
    movable::<Permit>();
    movable::<QuotaError>();
}

#[test]
fn an_unreachable_store_says_why() {
    use std::error::Error as _;

    let error = QuotaError::Unavailable("the file is locked".into());
    assert!(error.to_string().contains("no call may be made"));
    assert_eq!(error.source().unwrap().to_string(), "the file is locked");
}
