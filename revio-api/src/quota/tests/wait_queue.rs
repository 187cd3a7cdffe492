//! First come, first served; and nobody is stuck behind one who has left or sleeps.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::wait_queue::{POLL_GRACE, WaitQueue};
use super::super::{MemoryQuota, Permit, Quota, QuotaError, QuotaStore};
use super::{MINUTE_MS, SECOND, Sends, Watch, memory, simulate, worst_window};
use crate::clock::{BoxFuture, Clock, TokioClock};

type Acquiring<'a> = BoxFuture<'a, Result<Permit, QuotaError>>;

/// Polls once, as a stream does that is then put aside.
async fn poll_once(future: &mut Acquiring<'_>) -> bool {
    poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context).is_ready())).await
}

/// A quota with nothing left for 61 seconds.
async fn used_up(per_minute: u32) -> MemoryQuota {
    let quota = memory(&Quota::new().per_minute(per_minute));
    for _ in 0..per_minute {
        quota.acquire(None).await.unwrap();
    }
    quota
}

#[test]
fn ten_thousand_calls_by_eight_clones_go_out_in_the_order_of_arrival() {
    let order = Arc::new(Mutex::new(Vec::new()));
    simulate(async {
        let quota = memory(&Quota::new().per_minute(97));
        let arrivals = Arc::new(Mutex::new(0_u32));
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (quota, order, arrivals) = (quota.clone(), order.clone(), arrivals.clone());
                tokio::spawn(async move {
                    for _ in 0..1250 {
                        let number = {
                            let mut arrivals = arrivals.lock().unwrap();
                            *arrivals += 1;
                            *arrivals
                        };
                        quota.acquire(None).await.unwrap();
                        order.lock().unwrap().push(number);
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    });
    let order = order.lock().unwrap();
    assert_eq!(order.len(), 10_000);
    assert!(order.is_sorted(), "somebody was overtaken");
}

#[test]
fn one_who_gives_up_takes_nothing_and_the_others_move_up() {
    simulate(async {
        let quota = used_up(2).await;
        let mut first = quota.acquire(None);
        let mut second = quota.acquire(None);
        let mut third = quota.acquire(None);
        for waiter in [&mut first, &mut second, &mut third] {
            assert!(!poll_once(waiter).await);
        }
        assert_eq!(quota.remaining().waiting, 3);
        drop(first);
        assert_eq!(quota.remaining().waiting, 2);
        // Both of the next minute's calls are still there.
        assert_eq!(second.await.unwrap().waited, 61 * SECOND);
        assert_eq!(third.await.unwrap().waited, 61 * SECOND);
        assert_eq!(quota.remaining().this_minute, 0);
    });
}

#[test]
fn one_who_gives_up_when_its_turn_has_come_passes_it_on() {
    simulate(async {
        let quota = used_up(1).await;
        let mut first = quota.acquire(None);
        assert!(!poll_once(&mut first).await);
        let second = tokio::spawn({
            let quota = quota.clone();
            async move { quota.acquire(None).await.unwrap().waited }
        });
        tokio::task::yield_now().await;
        // Its permit has been free for a while when it leaves.
        TokioClock
            .sleep(61 * SECOND + Duration::from_millis(10))
            .await;
        drop(first);
        assert_eq!(
            second.await.unwrap(),
            61 * SECOND + Duration::from_millis(10)
        );
    });
}

#[test]
fn those_who_are_not_polled_hold_up_nobody() {
    simulate(async {
        let quota = used_up(20).await;
        // Sixteen pages asked for ahead, in a stream whose consumer makes another call before it goes on reading.
        let mut ahead: Vec<_> = (0..16).map(|_| quota.acquire(None)).collect();
        for page in &mut ahead {
            assert!(!poll_once(page).await);
        }
        let watch = Watch::start();
        quota.acquire(None).await.unwrap();
        let waited = watch.read();
        assert!((61_000..61_200).contains(&waited), "{waited} ms");
        assert_eq!(
            quota.remaining().waiting,
            0,
            "those who were passed over aren't counted"
        );

        // The next one isn't held up at all, and those aside get theirs when they come back.
        assert!(quota.acquire(None).await.unwrap().waited.is_zero());
        for page in &mut ahead {
            assert!(poll_once(page).await);
        }
        assert_eq!(quota.remaining().this_minute, 2);
    });
}

#[test]
fn those_who_were_passed_over_keep_their_places() {
    simulate(async {
        let quota = used_up(1).await;
        let mut aside = quota.acquire(None);
        assert!(!poll_once(&mut aside).await);
        quota.acquire(None).await.unwrap();

        let mut later = quota.acquire(None);
        assert!(!poll_once(&mut later).await);
        // Back in time, so it is ahead of the one who came after it.
        assert!(!poll_once(&mut aside).await);
        let order = Arc::new(Mutex::new(Vec::new()));
        let finish = async |name: &'static str, waiter: Acquiring<'_>| {
            waiter.await.unwrap();
            order.lock().unwrap().push(name);
        };
        let mut later = pin!(finish("later", later));
        let mut aside = pin!(finish("aside", aside));
        let (mut later_done, mut aside_done) = (false, false);
        poll_fn(|context| {
            later_done = later_done || later.as_mut().poll(context).is_ready();
            aside_done = aside_done || aside.as_mut().poll(context).is_ready();
            if later_done && aside_done {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
        assert_eq!(*order.lock().unwrap(), ["aside", "later"]);
    });
}

#[test]
fn one_who_gives_up_after_it_was_passed_over_leaves_no_trace() {
    simulate(async {
        let quota = used_up(1).await;
        let mut aside = quota.acquire(None);
        assert!(!poll_once(&mut aside).await);
        quota.acquire(None).await.unwrap();
        drop(aside);
        assert_eq!(quota.remaining().waiting, 0);
        assert_eq!(quota.acquire(None).await.unwrap().waited, 61 * SECOND);
    });
}

#[test]
fn one_behind_those_who_sleep_fails_in_time() {
    simulate(async {
        let quota = used_up(2).await;
        let mut aside = quota.acquire(None);
        assert!(!poll_once(&mut aside).await);
        let watch = Watch::start();
        // Its turn would have come, but not before the one who sleeps is known to sleep.
        let refused = quota.acquire(Some(Duration::from_millis(61_020))).await;
        assert!(refused.is_err());
        assert_eq!(watch.read(), 61_020);
    });
}

#[test]
fn a_roll_call_asks_everyone_before_it_passes_over_those_who_are_silent() {
    let start = Instant::now();
    let mut line = WaitQueue::new();
    let mut join = || line.join(start);
    let ((silent, _), (awake, wake), (last, _)) = (join(), join(), join());

    let called = start + SECOND;
    assert_eq!(line.turn(last, called), Some(called + POLL_GRACE));
    let mut rung = pin!(wake.notified());
    let mut context = Context::from_waker(Waker::noop());
    assert!(rung.as_mut().poll(&mut context).is_ready());
    assert_eq!(line.mark_polled(awake, called + POLL_GRACE / 2), 1);

    let over = called + POLL_GRACE;
    assert_eq!(
        line.turn(last, over),
        Some(over + POLL_GRACE),
        "one ahead has answered"
    );
    assert_eq!(line.mark_polled(awake, over), 0);
    assert_eq!(line.turn(awake, over), None);
    assert_eq!(line.len(), 2);
    assert_eq!(line.mark_polled(silent, over), 0);
    assert_eq!(line.mark_polled(awake, over), 1);
    assert_eq!(line.len(), 3);
}

#[test]
fn the_present_are_served_in_order_behind_those_who_sleep() {
    simulate(async {
        let quota = used_up(3).await;
        let mut aside = [quota.acquire(None), quota.acquire(None)];
        for waiter in &mut aside {
            assert!(!poll_once(waiter).await);
        }
        let watch = Watch::start();
        let order = Arc::new(Mutex::new(Vec::new()));
        let tasks: Vec<_> = (0..9)
            .map(|number| {
                let (quota, order) = (quota.clone(), order.clone());
                tokio::spawn(async move {
                    quota.acquire(None).await.unwrap();
                    order
                        .lock()
                        .unwrap()
                        .push((number, watch.read() / MINUTE_MS));
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let expected: Vec<(u64, u64)> = (0..9).map(|number| (number, number / 3 + 1)).collect();
        assert_eq!(*order.lock().unwrap(), expected);
    });
}

#[test]
fn a_future_that_was_never_polled_has_no_place() {
    simulate(async {
        let quota = used_up(1).await;
        let never = quota.acquire(None);
        assert_eq!(quota.acquire(None).await.unwrap().waited, 61 * SECOND);
        drop(never);
    });
}

#[test]
fn one_behind_those_who_sleep_takes_their_turn_instead_of_its_own() {
    simulate(async {
        let quota = used_up(1).await;
        let mut aside = [(); 10].map(|()| quota.acquire(None));
        for waiter in &mut aside {
            assert!(!poll_once(waiter).await);
        }
        let watch = Watch::start();
        quota.acquire(None).await.unwrap();
        assert!(
            (61_000..62_200).contains(&watch.read()),
            "{} ms",
            watch.read()
        );
    });
}

proptest! {
    #[test]
    fn those_who_sleep_cost_others_little_and_get_their_permits_too(
        limit in 1_u32..6,
        // For how long each caller, in order of arrival, is put aside after its first look.
        asleep in prop::collection::vec(prop::option::weighted(0.4, 0_u64..400_000), 1..24),
    ) {
        let sends = Sends::default();
        let waits = simulate(async {
            let quota = memory(&Quota::new().per_minute(limit));
            let watch = Watch::start();
            let tasks: Vec<_> = asleep
                .iter()
                .map(|asleep| {
                    let (quota, sends, asleep) = (quota.clone(), sends.clone(), *asleep);
                    tokio::spawn(async move {
                        let mut acquiring = quota.acquire(None);
                        if asleep.is_none() || !poll_once(&mut acquiring).await {
                            watch.reach(asleep.unwrap_or(0)).await;
                            acquiring.await.unwrap();
                        }
                        sends.add(watch.read());
                        watch.read()
                    })
                })
                .collect();
            let mut waits = Vec::new();
            for task in tasks {
                waits.push(task.await.unwrap());
            }
            assert_eq!(quota.remaining().waiting, 0);
            waits
        });
        prop_assert!(worst_window(&sends.times(), MINUTE_MS) <= limit as usize);

        let awake: Vec<u64> = waits
            .iter()
            .zip(&asleep)
            .filter_map(|(at, asleep)| asleep.is_none().then_some(*at))
            .collect();
        prop_assert!(awake.is_sorted(), "among those who are there the order holds: {awake:?}");
        let sleepers = asleep.iter().flatten().count() as u64;
        for (place, (at, asleep)) in (0..).zip(waits.iter().zip(&asleep)) {
            if asleep.is_none() {
                let with_all_awake = place / u64::from(limit) * 61_000;
                prop_assert!(*at <= with_all_awake + sleepers * 1200, "{place} at {at}");
            }
        }
    }
}
