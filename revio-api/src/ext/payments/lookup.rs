//! Whether a payment is there.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::error::Error;
use crate::ids::CustomerId;
use crate::lists::Paged;
use crate::resources::payments::{Payment, PaymentCreate, Payments};
use crate::types::{Money, RevioDateTime};

/// How far the server's clock, in a zone that the vendor doesn't name, may be behind ours.
const BEHIND: Duration = Duration::from_secs(26 * 60 * 60);
/// More pages than this of one day's payments aren't read: 20,000 payments.
const MOST_PAGES: u32 = 40;

/// What to look for.
pub(super) struct Lookup {
    customer: CustomerId,
    amount: Money,
    reference: Option<String>,
    since: NaiveDateTime,
}

/// What there is.
pub(super) enum Seen {
    /// The payment itself.
    One(Box<Payment>),
    /// Payments that could be it.
    Candidates(Vec<Payment>),
    None,
}

impl Lookup {
    /// What tells this payment from others; `None` if the body doesn't say.
    pub(super) fn new(body: &PaymentCreate, now: SystemTime) -> Option<Self> {
        let reference = body.reference_number.as_deref().map(str::trim);
        Some(Self {
            customer: body.customer_id?,
            amount: body.amount?,
            reference: reference.filter(|text| !text.is_empty()).map(str::to_owned),
            since: DateTime::<Utc>::from(now - BEHIND).naive_utc(),
        })
    }

    /// Reads the payments of the last day and sorts out those that could be it.
    pub(super) async fn look(&self, payments: &Payments) -> Result<Seen, Error> {
        let mut candidates = Vec::new();
        let list = payments.list().created_date_start(self.since.date());
        let mut records = list.stream().max_pages(MOST_PAGES);
        while let Some(payment) = records.try_next().await? {
            if self.could_be(&payment) {
                candidates.push(payment);
            }
        }
        Ok(self.judge(candidates))
    }

    fn judge(&self, mut candidates: Vec<Payment>) -> Seen {
        let by_reference = |payment: &Payment| {
            self.reference.is_some() && reference(payment) == self.reference.as_deref()
        };
        if candidates.iter().any(by_reference) {
            candidates.retain(by_reference);
            if candidates.len() == 1 {
                return Seen::One(Box::new(candidates.remove(0)));
            }
        }
        if candidates.is_empty() {
            Seen::None
        } else {
            Seen::Candidates(candidates)
        }
    }

    /// Whether nothing tells against it.
    fn could_be(&self, payment: &Payment) -> bool {
        let too_old = payment
            .created_date
            .as_ref()
            .and_then(RevioDateTime::naive)
            .is_some_and(|created| created < self.since);
        let other_reference = self.reference.is_some()
            && reference(payment).is_some_and(|its| Some(its) != self.reference.as_deref());
        payment.customer_id == Some(self.customer)
            && payment.amount == Some(self.amount)
            && !too_old
            && !other_reference
    }
}

fn reference(payment: &Payment) -> Option<&str> {
    let text = payment.reference_number.as_deref()?.trim();
    (!text.is_empty()).then_some(text)
}
