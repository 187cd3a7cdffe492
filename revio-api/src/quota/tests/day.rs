//! Minute and day together.

use proptest::prelude::*;
use revio_test_server::cases;

use super::super::{Quota, QuotaStore};
use super::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND, Sends, Watch, memory, simulate, worst_window};

/// How much longer than a window a call may count: the margin, and for the day the minute that shares one count.
const MINUTE_COUNTED: u64 = MINUTE_MS + 1000;
const DAY_COUNTED: u64 = DAY_MS + 1000 + MINUTE_MS;

#[test]
fn a_call_that_the_day_refuses_costs_the_minute_nothing() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(5).per_day(2));
        for _ in 0..2 {
            quota.acquire(None).await.unwrap();
        }
        for _ in 0..10 {
            quota.acquire(Some(SECOND)).await.unwrap_err();
        }
        assert_eq!(quota.remaining().this_minute, 3);
        assert_eq!(quota.remaining().today, 0);
    });
}

#[test]
fn a_call_that_the_minute_refuses_costs_the_day_nothing() {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(2).per_day(5));
        for _ in 0..2 {
            quota.acquire(None).await.unwrap();
        }
        for _ in 0..10 {
            quota.acquire(Some(SECOND)).await.unwrap_err();
        }
        assert_eq!(quota.remaining().this_minute, 0);
        assert_eq!(quota.remaining().today, 3);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(200)))]

    #[test]
    fn both_limits_hold_and_nobody_waits_without_a_cause(
        per_minute in 1_u32..5,
        per_day in 1_u32..15,
        clones in prop::collection::vec(
            prop::collection::vec(
                prop_oneof![0_u64..3, 0..2 * MINUTE_MS, 0..8 * HOUR_MS], 1..30),
            1..4),
    ) {
        let calls: usize = clones.iter().map(Vec::len).sum();
        let sends = Sends::default();
        let waited = Sends::default();
        simulate(async {
            let quota = memory(&Quota::new().per_minute(per_minute).per_day(per_day));
            let watch = Watch::start();
            let tasks: Vec<_> = clones
                .into_iter()
                .map(|gaps| {
                    let (quota, sends, waited) = (quota.clone(), sends.clone(), waited.clone());
                    tokio::spawn(async move {
                        for gap in gaps {
                            watch.reach(watch.read() + gap).await;
                            let permit = quota.acquire(None).await.unwrap();
                            sends.add(watch.read());
                            if !permit.waited.is_zero() {
                                waited.add(watch.read());
                            }
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
        });
        let sends = sends.times();
        prop_assert_eq!(sends.len(), calls);
        prop_assert!(worst_window(&sends, MINUTE_MS) <= per_minute as usize);
        prop_assert!(worst_window(&sends, DAY_MS) <= per_day as usize);
        for at in waited.times() {
            // A moment before it went out, one of the limits was used up.
            let before = at - 1;
            let counted =
                |window| sends.iter().filter(|send| **send < at && **send + window > before).count();
            prop_assert!(
                counted(MINUTE_COUNTED) >= per_minute as usize
                    || counted(DAY_COUNTED) >= per_day as usize
            );
        }
    }
}
