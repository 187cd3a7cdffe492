//! Who waits for a permit, in the order of arrival.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// How long somebody whose turn it is may take to come forward before the line looks for who is there.
pub(super) const PATIENCE: Duration = Duration::from_millis(50);

/// The waiting line.
///
/// Only futures that are polled can come forward, and some are not: a stream that was asked for pages ahead holds
/// calls that nobody polls while its consumer waits for another call, which may stand in this same line behind them.
/// To hold up the consumer would be to hold up both for good. So when there is room and nobody comes forward, someone
/// behind calls the roll: all are rung, and those ahead of the caller who don't answer in time are passed over. They
/// keep their places and are first again as soon as they show up.
#[derive(Debug)]
pub(super) struct Line {
    waiting: VecDeque<Waiter>,
    next: u64,
    absent: usize,
    /// When the roll was last called.
    roll_call: Option<Instant>,
}

#[derive(Debug)]
struct Waiter {
    ticket: u64,
    bell: Arc<Notify>,
    /// When it was last polled.
    seen: Instant,
    absent: bool,
}

/// A place in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

impl Line {
    pub(super) fn new() -> Self {
        Self {
            waiting: VecDeque::new(),
            next: 0,
            absent: 0,
            roll_call: None,
        }
    }

    /// Takes the last place. The bell rings when it is worth while to look again.
    pub(super) fn join(&mut self, now: Instant) -> (Ticket, Arc<Notify>) {
        let ticket = self.next;
        self.next += 1;
        let bell = Arc::new(Notify::new());
        self.waiting.push_back(Waiter {
            ticket,
            bell: Arc::clone(&bell),
            seen: now,
            absent: false,
        });
        (Ticket(ticket), bell)
    }

    /// How many are waiting, without those who were passed over.
    pub(super) fn len(&self) -> usize {
        self.waiting.len() - self.absent
    }

    /// Notes that this one is there, and counts those ahead of it who are.
    pub(super) fn show_up(&mut self, ticket: Ticket, now: Instant) -> usize {
        let Some(place) = self.place(ticket) else {
            return 0;
        };
        let waiter = &mut self.waiting[place];
        waiter.seen = now;
        if waiter.absent {
            waiter.absent = false;
            self.absent -= 1;
        }
        self.present_ahead(place)
    }

    /// There is room, and this one is there: `None` if it is its turn, otherwise when to look again.
    pub(super) fn turn(&mut self, ticket: Ticket, now: Instant) -> Option<Instant> {
        let place = self.place(ticket)?;
        if self.present_ahead(place) == 0 {
            return None;
        }
        if let Some(called) = self.roll_call {
            if now < called + PATIENCE {
                return Some(called + PATIENCE);
            }
            self.pass_over(place, called);
            if self.present_ahead(place) == 0 {
                return None;
            }
        }
        self.roll_call = Some(now);
        self.ring_all();
        Some(now + PATIENCE)
    }

    /// Takes out one who was served or gave up, if it is still here, and rings the next.
    pub(super) fn leave(&mut self, ticket: Ticket) {
        let Some(place) = self.place(ticket) else {
            return;
        };
        if self
            .waiting
            .remove(place)
            .is_some_and(|waiter| waiter.absent)
        {
            self.absent -= 1;
        }
        if let Some(first) = self.waiting.iter().find(|waiter| !waiter.absent) {
            first.bell.notify_one();
        }
    }

    /// Has everyone look again.
    pub(super) fn ring_all(&self) {
        for waiter in &self.waiting {
            waiter.bell.notify_one();
        }
    }

    fn place(&self, ticket: Ticket) -> Option<usize> {
        self.waiting
            .binary_search_by_key(&ticket.0, |waiter| waiter.ticket)
            .ok()
    }

    fn present_ahead(&self, place: usize) -> usize {
        if self.absent == 0 {
            return place;
        }
        let ahead = self.waiting.iter().take(place);
        ahead.filter(|waiter| !waiter.absent).count()
    }

    fn pass_over(&mut self, place: usize, called: Instant) {
        for waiter in self.waiting.iter_mut().take(place) {
            if !waiter.absent && waiter.seen < called {
                waiter.absent = true;
                self.absent += 1;
            }
        }
    }
}
