//! Retry budget (token bucket), shared by all clones of a client.

use std::sync::atomic::{AtomicU32, Ordering};

const FULL: u32 = 500;

/// Tokens that retries take, so that an outage isn't made worse by everyone trying again.
#[derive(Debug)]
pub(in crate::runtime) struct RetryBudget(AtomicU32);

impl RetryBudget {
    pub(in crate::runtime) fn new() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Takes the cost of a retry, or nothing if there isn't enough left.
    pub(in crate::runtime) fn take(&self, cost: u32) -> bool {
        self.change(|left| left.checked_sub(cost))
    }

    /// Puts something back; what is above a full budget is lost.
    pub(in crate::runtime) fn put(&self, amount: u32) {
        self.change(|left| Some(left.saturating_add(amount).min(FULL)));
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::RetryBudget;

    #[test]
    fn an_outage_gets_35_retries_and_successes_earn_more() {
        let budget = RetryBudget::new();
        assert_eq!((0..1000).filter(|_| budget.take(14)).count(), 35);
        assert!(budget.take(5) && budget.take(5));
        assert!(!budget.take(1));
        for _ in 0..14 {
            assert!(!budget.take(14));
            budget.put(1);
        }
        assert!(budget.take(14));
        budget.put(u32::MAX);
        assert_eq!((0..1000).filter(|_| budget.take(5)).count(), 100);
    }
}
