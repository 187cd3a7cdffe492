//! After the server has refused a call.

use std::time::Duration;

use super::super::{Quota, QuotaError, QuotaStore};
use super::{SECOND, Watch, memory, simulate};
use crate::clock::{Clock, TokioClock};

#[test]
fn nobody_goes_before_the_end_of_a_closing() {
    simulate(async {
        let quota = memory(&Quota::new());
        quota.acquire(None).await.unwrap();
        quota.close_until(TokioClock.now() + 30 * SECOND);
        let other = quota.clone();
        assert_eq!(other.acquire(None).await.unwrap().waited, 30 * SECOND);
        assert!(quota.acquire(None).await.unwrap().waited.is_zero());
    });
}

#[test]
fn those_in_line_already_are_held_back_too() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(1));
        quota.acquire(None).await.unwrap();
        let watch = Watch::start();
        let waiter = tokio::spawn({
            let quota = quota.clone();
            async move {
                quota.acquire(None).await.unwrap();
                watch.read()
            }
        });
        watch.reach(60_999).await;
        quota.close_until(TokioClock.now() + 10 * SECOND);
        assert_eq!(waiter.await.unwrap(), 70_999);
    });
}

#[test]
fn those_who_cannot_wait_for_the_end_fail_at_once() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(1));
        quota.acquire(None).await.unwrap();
        let watch = Watch::start();
        let [impatient, patient] = [65, 120].map(|seconds| {
            let quota = quota.clone();
            tokio::spawn(async move {
                let answer = quota.acquire(Some(seconds * SECOND)).await;
                (answer.map(|permit| permit.waited), watch.read())
            })
        });
        watch.reach(1000).await;
        quota.close_until(TokioClock.now() + 100 * SECOND);
        let (answer, at) = impatient.await.unwrap();
        assert_eq!(at, 1000);
        let QuotaError::Exhausted { free_in, max_wait } = answer.unwrap_err() else {
            panic!("the store is in memory");
        };
        assert_eq!((free_in, max_wait), (100 * SECOND, 65 * SECOND));
        // It was second in line, and would have waited for 122 s.
        assert!(patient.await.unwrap().0.is_err());
    });
}

#[test]
fn a_closing_is_never_shortened() {
    simulate(async {
        let quota = memory(&Quota::new());
        quota.close_until(TokioClock.now() + 30 * SECOND);
        quota.close_until(TokioClock.now() + 5 * SECOND);
        assert_eq!(quota.remaining().closed_for, Some(30 * SECOND));
        quota.close_until(TokioClock.now() + 40 * SECOND);
        assert_eq!(quota.acquire(None).await.unwrap().waited, 40 * SECOND);
    });
}

#[test]
fn a_closing_in_the_past_closes_nothing() {
    simulate(async {
        let before = TokioClock.now();
        TokioClock.sleep(SECOND).await;
        let quota = memory(&Quota::new());
        quota.close_until(TokioClock.now());
        quota.close_until(before);
        assert_eq!(quota.remaining().closed_for, None);
        assert!(quota.acquire(Some(Duration::ZERO)).await.is_ok());
    });
}

#[test]
fn a_nonsensical_closing_ends_after_a_day() {
    simulate(async {
        let quota = memory(&Quota::new());
        quota.close_until(TokioClock.now() + Duration::from_secs(10 * 365 * 86_400));
        assert_eq!(
            quota.acquire(None).await.unwrap().waited,
            Duration::from_secs(86_401)
        );
    });
}

#[test]
fn the_limits_hold_after_a_closing() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(2));
        quota.close_until(TokioClock.now() + 30 * SECOND);
        let mut waits = Vec::new();
        for _ in 0..4 {
            waits.push(quota.acquire(None).await.unwrap().waited.as_secs());
        }
        assert_eq!(waits, [30, 0, 61, 0]);
    });
}
