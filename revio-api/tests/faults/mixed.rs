//! Many calls on a bad network.

use std::time::Duration;

use fastrand::Rng;
use revio_api::{Effect, Outcome};

use crate::calls::{EFFECTS, builder, call};
use crate::fault::{Fault, FaultServer, RetryAfter};

/// What a bad network and a busy server do, and time or another attempt mends.
const PASSING: [Fault; 11] = [
    Fault::CloseUnread,
    Fault::ReadThenClose,
    Fault::Reset,
    Fault::Hang,
    Fault::Drip,
    Fault::Truncated,
    Fault::Busy(RetryAfter::Seconds),
    Fault::Busy(RetryAfter::Date),
    Fault::Busy(RetryAfter::Missing),
    Fault::ServerError,
    Fault::HtmlBadGateway,
];

const LASTING: [Fault; 4] = [
    Fault::TooShortLength,
    Fault::ErrorInSuccess,
    Fault::Redirect,
    Fault::GzipBomb,
];

/// A fault of these with this chance, in percent.
fn some(rng: &mut Rng, percent: u32, faults: &[Fault]) -> Fault {
    if rng.u32(0..100) < percent {
        faults[rng.usize(0..faults.len())]
    } else {
        Fault::Nothing
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_survive_a_fault_in_five_sends() {
    const LANES: u64 = 8;
    const CALLS: u32 = 400;
    let lanes = (0..LANES).map(|seed| {
        tokio::spawn(async move {
            let server = FaultServer::start(seed, "http://127.0.0.1:9/v1").await;
            server.script(|rng| some(rng, 20, &PASSING));
            let client = builder(server.url("http"))
                .timeout(Duration::from_millis(300))
                .build()
                .expect("a client");
            let mut failed = 0;
            for number in 0..CALLS {
                let result = call(&client, Effect::Read, &number.to_string()).await;
                failed += u32::from(result.is_err());
            }
            (failed, server.sends())
        })
    });
    let (mut calls, mut failed, mut sends) = (0, 0, 0);
    for lane in lanes.collect::<Vec<_>>() {
        let (lane_failed, lane_sends) = lane.await.expect("a lane");
        calls += CALLS;
        failed += lane_failed;
        sends += u32::try_from(lane_sends).expect("a count");
    }
    assert!(failed * 1000 <= calls, "{failed} of {calls} failed");
    assert!(
        f64::from(sends) <= 1.30 * f64::from(calls),
        "{sends} sends for {calls} calls"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_comes_nothing_is_done_twice_or_denied() {
    const LANES: u64 = 4;
    const CALLS: u32 = 250;
    let faults: Vec<Fault> = PASSING.into_iter().chain(LASTING).collect();
    let mut lanes = Vec::new();
    for effect in EFFECTS {
        for seed in 0..LANES {
            let faults = faults.clone();
            lanes.push(tokio::spawn(async move {
                let server = FaultServer::start(seed, "http://127.0.0.1:9/v1").await;
                server.script(move |rng| some(rng, 50, &faults));
                let client = builder(server.url("http"))
                    .timeout(Duration::from_millis(300))
                    .build()
                    .expect("a client");
                for number in 0..CALLS {
                    let name = number.to_string();
                    let result = call(&client, effect, &name).await;
                    let effects = server.effects(&name);
                    let told = result.as_ref().map_err(revio_api::Error::outcome);
                    match told {
                        Ok(_) => assert!(effects > 0, "{effect:?} {name}"),
                        Err(Outcome::NotSent) => assert_eq!(effects, 0, "{effect:?} {name}"),
                        Err(_) => {}
                    }
                    if matches!(effect, Effect::Unsafe | Effect::Money) {
                        assert!(effects <= 1, "{effect:?} {name}: {result:?}");
                        let attempts = result.unwrap_or_else(|error| error.attempts());
                        assert_eq!(attempts, 1, "{effect:?} {name}");
                    }
                }
            }));
        }
    }
    for lane in lanes {
        lane.await.expect("a lane");
    }
}
