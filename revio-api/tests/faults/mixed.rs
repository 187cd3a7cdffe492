//! Many calls on a bad network.

use std::ops::Range;
use std::thread;
use std::time::Duration;

use fastrand::Rng;
use revio_api::{Effect, Outcome, RetryPolicy};
use tokio::time::Instant;

use crate::calls::{EFFECTS, builder, call};
use crate::fault::{Fault, FaultServer, RetryAfter};
use crate::time::standing_still;

/// What a bad network and a busy server do, and time or another attempt mends.
const PASSING: [Fault; 12] = [
    Fault::CloseUnread,
    Fault::ReadThenClose,
    Fault::Reset,
    Fault::Hang,
    Fault::Drip,
    Fault::Truncated,
    Fault::TooLongLength,
    Fault::Busy(RetryAfter::Seconds),
    Fault::Busy(RetryAfter::Date),
    Fault::Busy(RetryAfter::Missing),
    Fault::ServerError,
    Fault::HtmlBadGateway,
];

const LASTING: [Fault; 5] = [
    Fault::TooShortLength,
    Fault::ErrorInSuccess,
    Fault::HtmlInSuccess,
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

/// Runs something for every seed, on two threads.
fn for_each_seed<T: Send>(seeds: Range<u64>, run: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let half = |odd: u64| {
        let seeds = seeds.clone().filter(move |seed| seed % 2 == odd);
        seeds.map(&run).collect::<Vec<T>>()
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        let mut all = half(0);
        all.extend(other.join().expect("a thread"));
        all
    })
}

#[test]
fn reads_survive_a_fault_in_five_sends() {
    const CALLS: u32 = 200;
    let lanes = for_each_seed(0..50, |seed| {
        standing_still(async {
            let server = FaultServer::start(seed, "").await;
            server.script(|rng| some(rng, 20, &PASSING));
            let client = builder(server.url("http")).build().expect("a client");
            let mut failed = 0;
            for number in 0..CALLS {
                let result = call(&client, Effect::Read, &number.to_string()).await;
                failed += u32::from(result.is_err());
            }
            (failed, u32::try_from(server.sends()).expect("a count"))
        })
    });
    let calls = CALLS * u32::try_from(lanes.len()).expect("a count");
    let failed: u32 = lanes.iter().map(|(failed, _)| failed).sum();
    let sends: u32 = lanes.iter().map(|(_, sends)| sends).sum();
    println!("{failed} of {calls} reads failed; {sends} sends");
    assert!(failed * 1000 <= calls, "{failed} of {calls} failed");
    assert!(
        f64::from(sends) <= 1.30 * f64::from(calls),
        "{sends} sends for {calls} calls"
    );
}

#[test]
fn whatever_comes_nothing_is_done_twice_or_denied() {
    const CALLS: u32 = 25;
    let faults: Vec<Fault> = PASSING.into_iter().chain(LASTING).collect();
    for effect in EFFECTS {
        for_each_seed(0..100, |seed| {
            standing_still(async {
                let server = FaultServer::start(seed, "http://127.0.0.1:9/v1").await;
                let faults = faults.clone();
                server.script(move |rng| some(rng, 50, &faults));
                let client = builder(server.url("http")).build().expect("a client");
                for number in 0..CALLS {
                    let name = number.to_string();
                    let result = call(&client, effect, &name).await;
                    let effects = server.effects(&name);
                    let told = result.as_ref().map_err(revio_api::Error::outcome);
                    match told {
                        Ok(_) => assert!(effects > 0, "{effect:?} {seed} {name}"),
                        Err(Outcome::NotSent) => {
                            assert_eq!(effects, 0, "{effect:?} {seed} {name}");
                        }
                        Err(_) => {}
                    }
                    if matches!(effect, Effect::Unsafe | Effect::Money) {
                        assert!(effects <= 1, "{effect:?} {seed} {name}: {result:?}");
                        let attempts = result.unwrap_or_else(|error| error.attempts());
                        assert_eq!(attempts, 1, "{effect:?} {seed} {name}");
                    }
                }
            });
        });
    }
}

#[test]
fn no_call_outlasts_its_deadline() {
    const DEADLINE: Duration = Duration::from_secs(25);
    // The server lets time pass in steps, and a client needs some of them to hang up.
    const STEPS: Duration = Duration::from_secs(2);
    for effect in EFFECTS {
        let longest = for_each_seed(0..20, |seed| {
            standing_still(async {
                let server = FaultServer::start(seed, "").await;
                server.script(|rng| some(rng, 95, &PASSING));
                let client = builder(server.url("http"))
                    .retry(RetryPolicy::new().max_attempts(100).deadline(DEADLINE))
                    .build()
                    .expect("a client");
                let mut longest = Duration::ZERO;
                for number in 0..10 {
                    let started = Instant::now();
                    // Whatever it says.
                    let _ = call(&client, effect, &number.to_string()).await;
                    longest = longest.max(started.elapsed());
                }
                longest
            })
        });
        let longest = longest.into_iter().max().expect("a time");
        assert!(longest <= DEADLINE + STEPS, "{effect:?}: {longest:?}");
    }
}
