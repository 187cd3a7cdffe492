//! FIFO queue of the calls that wait for a permit.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// How long a waiter may go without being polled after a wake-up before it is skipped.
pub(super) const POLL_GRACE: Duration = Duration::from_millis(50);

/// FIFO queue with a liveness check.
///
/// Only a future that is polled can take a permit, and some are not: a stream that prefetches pages holds calls that
/// nobody polls while its consumer waits for another call, which may be behind them in this queue. Without a check both
/// would wait for ever. So when a permit is free and the first waiter doesn't take it, a waiter behind it wakes all, and
/// those ahead that are not polled within [`POLL_GRACE`] are skipped. They keep their positions and are first again as
/// soon as they are polled.
#[derive(Debug)]
pub(super) struct WaitQueue {
    waiting: VecDeque<Waiter>,
    next: u64,
    skipped: usize,
    /// When all waiters were last woken because the first one didn't take a free permit.
    last_wake_up: Option<Instant>,
}

#[derive(Debug)]
struct Waiter {
    ticket: u64,
    wake: Arc<Notify>,
    /// When it was last polled.
    last_polled: Instant,
    skipped: bool,
}

/// A position in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

impl WaitQueue {
    pub(super) fn new() -> Self {
        Self {
            waiting: VecDeque::new(),
            next: 0,
            skipped: 0,
            last_wake_up: None,
        }
    }

    /// Joins at the end. The handle is notified when the waiter should look again.
    pub(super) fn join(&mut self, now: Instant) -> (Ticket, Arc<Notify>) {
        let ticket = self.next;
        self.next += 1;
        let wake = Arc::new(Notify::new());
        self.waiting.push_back(Waiter {
            ticket,
            wake: Arc::clone(&wake),
            last_polled: now,
            skipped: false,
        });
        (Ticket(ticket), wake)
    }

    /// How many wait, without those that were skipped.
    pub(super) fn len(&self) -> usize {
        self.waiting.len() - self.skipped
    }

    /// Records that a waiter was polled, and counts those ahead of it that aren't skipped.
    pub(super) fn mark_polled(&mut self, ticket: Ticket, now: Instant) -> usize {
        let Some(position) = self.position(ticket) else {
            return 0;
        };
        let waiter = &mut self.waiting[position];
        waiter.last_polled = now;
        if waiter.skipped {
            waiter.skipped = false;
            self.skipped -= 1;
        }
        self.polled_ahead(position)
    }

    /// Of a waiter that is polled while a permit is free: `None` if it is its turn, otherwise when to look again.
    pub(super) fn turn(&mut self, ticket: Ticket, now: Instant) -> Option<Instant> {
        let position = self.position(ticket)?;
        if self.polled_ahead(position) == 0 {
            return None;
        }
        if let Some(woken) = self.last_wake_up {
            if now < woken + POLL_GRACE {
                return Some(woken + POLL_GRACE);
            }
            self.skip_unpolled(position, woken);
            if self.polled_ahead(position) == 0 {
                return None;
            }
        }
        self.last_wake_up = Some(now);
        self.wake_all();
        Some(now + POLL_GRACE)
    }

    /// Removes a waiter that was served or gave up, if it is still here, and wakes the next one.
    pub(super) fn leave(&mut self, ticket: Ticket) {
        let Some(position) = self.position(ticket) else {
            return;
        };
        if self
            .waiting
            .remove(position)
            .is_some_and(|waiter| waiter.skipped)
        {
            self.skipped -= 1;
        }
        if let Some(first) = self.waiting.iter().find(|waiter| !waiter.skipped) {
            first.wake.notify_one();
        }
    }

    /// Wakes all waiters.
    pub(super) fn wake_all(&self) {
        for waiter in &self.waiting {
            waiter.wake.notify_one();
        }
    }

    fn position(&self, ticket: Ticket) -> Option<usize> {
        self.waiting
            .binary_search_by_key(&ticket.0, |waiter| waiter.ticket)
            .ok()
    }

    fn polled_ahead(&self, position: usize) -> usize {
        if self.skipped == 0 {
            return position;
        }
        let ahead = self.waiting.iter().take(position);
        ahead.filter(|waiter| !waiter.skipped).count()
    }

    fn skip_unpolled(&mut self, position: usize, woken: Instant) {
        for waiter in self.waiting.iter_mut().take(position) {
            if !waiter.skipped && waiter.last_polled < woken {
                waiter.skipped = true;
                self.skipped += 1;
            }
        }
    }
}
