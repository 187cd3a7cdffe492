//! Programs that send as fast as they may.

use std::time::Duration;

use proptest::prelude::*;
use revio_test_server::cases;

use super::super::{Quota, QuotaStore};
use super::{
    DAY_MS, HOUR_MS, MINUTE_MS, SECOND, Sends, Watch, memory, press, simulate, worst_window,
};

/// What eight clones send under full pressure, after some single calls at these times.
fn pressed(quota: &Quota, before: &[u64], from: u64, until: u64) -> Vec<u64> {
    simulate(async {
        let quota = memory(quota);
        let sends = Sends::default();
        let watch = Watch::start();
        for at in before {
            watch.reach(*at).await;
            quota.acquire(None).await.unwrap();
            sends.add(watch.read());
        }
        watch.reach(from).await;
        let tasks: Vec<_> = (0..8)
            .map(|_| tokio::spawn(press(quota.clone(), sends.clone(), watch)))
            .collect();
        watch.reach(until).await;
        for task in tasks {
            task.abort();
        }
        sends.times()
    })
}

#[test]
fn ten_minutes_use_the_whole_quota_and_never_more() {
    let sends = pressed(&Quota::new(), &[], 0, 10 * MINUTE_MS);
    assert_eq!(worst_window(&sends, MINUTE_MS), 500);
    assert_eq!(
        worst_window(&sends, MINUTE_MS + 999),
        500,
        "with the network's jitter too"
    );
    // 98% of 10 x 500.
    assert!(sends.len() >= 4900, "{} sends", sends.len());
}

#[test]
fn a_day_holds_no_more_than_its_limit() {
    let sends = pressed(&Quota::new(), &[], 0, 30 * HOUR_MS);
    assert_eq!(worst_window(&sends, MINUTE_MS), 500);
    assert_eq!(worst_window(&sends, DAY_MS), 150_000);
    // All of the first day's calls go out in its first hours; the next day begins 24 h after they began.
    assert_eq!(sends.iter().filter(|at| **at < DAY_MS).count(), 150_000);
    assert!(sends[149_999] < 305 * 61_000);
    assert!(sends[150_000] <= DAY_MS + 1000 + MINUTE_MS);
    assert_eq!(sends.len(), 300_000);
}

#[test]
fn the_margin_is_configurable() {
    let quota = Quota::new().per_minute(10).margin(Duration::ZERO);
    let sends = pressed(&quota, &[], 0, 10 * MINUTE_MS);
    assert_eq!(sends.len(), 100);
    assert_eq!(worst_window(&sends, MINUTE_MS), 10);
    assert_eq!(worst_window(&sends, MINUTE_MS + 1), 20, "nothing to spare");

    let sends = pressed(&quota.margin(5 * SECOND), &[], 0, 13 * 65_000);
    assert_eq!(sends.len(), 130);
    assert_eq!(worst_window(&sends, 65_000), 10);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(64)))]

    #[test]
    fn whatever_came_before_each_window_under_pressure_is_full(
        limit in 1_u32..60,
        mut before in prop::collection::vec(0_u64..61_000, 0..80),
    ) {
        before.sort_unstable();
        let from = 61_000;
        let sends = pressed(&Quota::new().per_minute(limit), &before, from, from + 11 * 61_000);
        let limit = limit as usize;
        prop_assert!(worst_window(&sends, MINUTE_MS) <= limit);
        for window in 0..10 {
            let begin = from + window * 61_000;
            let inside = sends.iter().filter(|at| (begin..begin + 61_000).contains(*at)).count();
            prop_assert_eq!(inside, limit);
        }
    }
}
