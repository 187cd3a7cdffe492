//! The quota against a model of it: same sends, same refusals, to the millisecond, whatever arrives, gives up or is
//! closed meanwhile.
//!
//! Times are spread over the four residues modulo 4 ms, so that no two sorts of events coincide: arrivals 0,
//! deadlines and closings 1, ends of closings 2, cancellations 3. Sends happen on 0 and 2.

use std::time::Duration;

use proptest::prelude::*;
use revio_test_server::cases;

use super::super::{Quota, QuotaError, QuotaStore};
use super::{MINUTE_MS, Watch, memory, simulate, worst_window};
use crate::clock::{Clock, TokioClock};

const WINDOW: u64 = MINUTE_MS + 1000;

#[derive(Debug, Clone)]
struct Caller {
    arrives: u64,
    deadline: Option<u64>,
    cancelled: Option<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Closing {
    at: u64,
    until: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Sent(u64),
    Refused { at: u64, free_in: u64 },
    Cancelled,
}

#[derive(Debug, Clone, Copy)]
enum Event {
    Arrival(usize),
    Closing(u64),
    Cancellation(usize),
}

fn timeline(callers: &[Caller], closings: &[Closing]) -> Vec<(u64, Event)> {
    let mut events = Vec::new();
    for (id, caller) in callers.iter().enumerate() {
        events.push((caller.arrives, Event::Arrival(id)));
        events.extend(caller.cancelled.map(|at| (at, Event::Cancellation(id))));
    }
    events.extend(
        closings
            .iter()
            .map(|closing| (closing.at, Event::Closing(closing.until))),
    );
    events.sort_by_key(|(at, _)| *at);
    events
}

/// The plainest form of the rules: a list of sends and a list of those who wait.
struct Model<'a> {
    limit: usize,
    callers: &'a [Caller],
    sends: Vec<u64>,
    queue: Vec<usize>,
    closed_until: u64,
    ends: Vec<Option<End>>,
}

impl Model<'_> {
    /// When the one at this place in line is served if nothing else happens.
    fn free_at(&self, place: usize, now: u64) -> u64 {
        let mut sends = self.sends.clone();
        let mut free = now.max(self.closed_until);
        for _ in 0..=place {
            if let Some(full) = sends.len().checked_sub(self.limit) {
                free = free.max(sends[full] + WINDOW);
            }
            sends.push(free);
        }
        free
    }

    /// Serves whoever is due before `end`.
    fn serve_before(&mut self, end: u64, mut now: u64) {
        while let Some(first) = self.queue.first().copied() {
            let free = self.free_at(0, now);
            if free >= end {
                break;
            }
            now = free;
            self.queue.remove(0);
            self.sends.push(now);
            self.ends[first] = Some(End::Sent(now));
        }
    }

    /// Sends away whoever can't be served in time any more.
    fn refuse(&mut self, at: u64) {
        let mut place = 0;
        while let Some(id) = self.queue.get(place).copied() {
            let free = self.free_at(place, at);
            if self.callers[id]
                .deadline
                .is_some_and(|deadline| free > deadline)
            {
                self.queue.remove(place);
                let free_in = free - at;
                self.ends[id] = Some(End::Refused { at, free_in });
            } else {
                place += 1;
            }
        }
    }
}

fn expected(limit: usize, callers: &[Caller], closings: &[Closing]) -> Vec<End> {
    let mut model = Model {
        limit,
        callers,
        sends: Vec::new(),
        queue: Vec::new(),
        closed_until: 0,
        ends: vec![None; callers.len()],
    };
    let mut now = 0;
    for (at, event) in timeline(callers, closings) {
        model.serve_before(at, now);
        now = at;
        match event {
            Event::Arrival(id) => model.queue.push(id),
            Event::Closing(until) => model.closed_until = model.closed_until.max(until),
            Event::Cancellation(id) => {
                if model.ends[id].is_none() {
                    model.queue.retain(|waiting| *waiting != id);
                    model.ends[id] = Some(End::Cancelled);
                }
            }
        }
        model.refuse(at);
    }
    model.serve_before(u64::MAX, now);
    model.ends.into_iter().map(Option::unwrap).collect()
}

fn actual(limit: u32, callers: &[Caller], closings: &[Closing]) -> Vec<End> {
    simulate(async {
        let quota = memory(&Quota::new().per_minute(limit));
        let watch = Watch::start();
        let mut tasks: Vec<Option<tokio::task::JoinHandle<End>>> = Vec::new();
        tasks.resize_with(callers.len(), || None);
        for (at, event) in timeline(callers, closings) {
            watch.reach(at).await;
            match event {
                Event::Arrival(id) => {
                    let quota = quota.clone();
                    let max_wait = callers[id].deadline.map(|deadline| deadline - at);
                    tasks[id] = Some(tokio::spawn(async move {
                        let answer = quota.acquire(max_wait.map(Duration::from_millis)).await;
                        match answer {
                            Ok(permit) => {
                                let waited = u64::try_from(permit.waited.as_millis()).unwrap();
                                assert_eq!(watch.read() - at, waited);
                                End::Sent(watch.read())
                            }
                            Err(QuotaError::Exhausted { free_in, .. }) => End::Refused {
                                at: watch.read(),
                                free_in: u64::try_from(free_in.as_millis()).unwrap(),
                            },
                            Err(other) => panic!("{other}"),
                        }
                    }));
                }
                Event::Closing(until) => {
                    quota.close_until(TokioClock.now() + Duration::from_millis(until - at));
                }
                Event::Cancellation(id) => tasks[id].as_ref().unwrap().abort(),
            }
        }
        let mut ends = Vec::new();
        for task in tasks {
            ends.push(task.unwrap().await.unwrap_or(End::Cancelled));
        }
        assert_eq!(quota.remaining().waiting, 0);
        ends
    })
}

fn callers() -> impl Strategy<Value = Vec<Caller>> {
    // Few distinct times, so that many arrive together.
    let time = prop_oneof![0_u64..4, 0_u64..75_000].prop_map(|at| at * 4);
    let wait = prop_oneof![0_u64..5, 0_u64..60_000].prop_map(|wait| wait * 4);
    let caller = (
        time,
        prop::option::weighted(0.3, wait.clone()),
        prop::option::weighted(0.3, wait),
    );
    let caller = caller.prop_map(|(arrives, deadline, cancelled)| Caller {
        arrives,
        deadline: deadline.map(|wait| arrives + wait + 1),
        cancelled: cancelled.map(|wait| arrives + wait + 3),
    });
    prop::collection::vec(caller, 1..60)
}

fn closings() -> impl Strategy<Value = Vec<Closing>> {
    let closing = (0_u64..75_000, 0_u64..50_000).prop_map(|(at, wait)| Closing {
        at: at * 4 + 1,
        until: (at + wait) * 4 + 2,
    });
    prop::collection::vec(closing, 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(1000)))]

    #[test]
    fn every_caller_ends_as_in_the_model(
        limit in 1_u32..8,
        callers in callers(),
        closings in closings(),
    ) {
        let ends = actual(limit, &callers, &closings);
        prop_assert_eq!(&ends, &expected(limit as usize, &callers, &closings));

        let mut sends: Vec<u64> = ends
            .iter()
            .filter_map(|end| match end {
                End::Sent(at) => Some(*at),
                _ => None,
            })
            .collect();
        sends.sort_unstable();
        prop_assert!(worst_window(&sends, MINUTE_MS) <= limit as usize);
        for Closing { at, until } in closings {
            prop_assert!(sends.iter().all(|send| *send < at || *send >= until));
        }
    }
}
