//! Whether a payment is there.
//!
//! A record is ruled out by positive proof only: it names another customer or another amount, or was created before the
//! payment was sent. Nothing else rules it out: the vendor documents that the gateway overwrites the reference
//! number of a payment that is processed digitally, and what else the server makes of it isn't known.

use std::sync::Arc;
use std::time::{Instant, SystemTime};

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::clock::Clock;
use crate::error::Error;
use crate::ids::CustomerId;
use crate::lists::Paged;
use crate::resources::payments::{Payment, PaymentCreate, Payments};
use crate::types::{Money, RevioDateTime};

/// How far dates of the server, in a zone that the vendor doesn't name, may be behind UTC.
const ZONE: TimeDelta = TimeDelta::hours(26);
/// How far the clock of a server that never says what time it is may be behind the machine's.
const UNKNOWN_CLOCK: Days = Days::new(366);
/// More pages than this aren't read: 20,000 payments.
const MOST_PAGES: u32 = 40;

/// What to look for, and since when.
pub(super) struct Lookup {
    customer: CustomerId,
    amount: Money,
    reference: Option<String>,
    /// The date of creation that the body asks for. The server may keep it.
    dated: Option<RevioDateTime>,
    clock: Arc<dyn Clock>,
    sent: DateTime<Utc>,
    sent_at: Instant,
    /// The earliest time that the server's own clock may have shown then.
    sent_there: Option<DateTime<Utc>>,
    looks: u32,
}

/// What one reading of the list showed.
pub(super) struct Looked {
    /// The payment itself.
    pub(super) found: Option<Payment>,
    /// Payments that could be it, the most similar first.
    pub(super) candidates: Vec<Payment>,
    /// Why the list could not be read to its end.
    pub(super) failed: Option<Error>,
    /// Whether every payment that could be it was among those that were read.
    pub(super) complete: bool,
}

impl Lookup {
    /// What identifies this payment, which is about to be sent; `None` if the body doesn't say.
    pub(super) fn new(body: &PaymentCreate, clock: &Arc<dyn Clock>) -> Option<Self> {
        let reference = body.reference_number.as_deref().map(str::trim);
        Some(Self {
            customer: body.customer_id?,
            amount: body.amount?,
            reference: reference.filter(|text| !text.is_empty()).map(str::to_owned),
            dated: body.created_date.clone(),
            clock: Arc::clone(clock),
            sent: clock.system_time().into(),
            sent_at: clock.now(),
            sent_there: None,
            looks: 0,
        })
    }

    /// Takes into account what time it is for the server, said after the payment was sent.
    pub(super) fn learn(&mut self, date: Option<SystemTime>) {
        let passed = self.clock.now().saturating_duration_since(self.sent_at);
        let passed = TimeDelta::from_std(passed).ok();
        let sent = date
            .zip(passed)
            .and_then(|(date, passed)| DateTime::<Utc>::from(date).checked_sub_signed(passed));
        self.sent_there = sent.into_iter().chain(self.sent_there).min();
    }

    /// Reads the payments since the send and sorts out those that could be it.
    pub(super) async fn look(&mut self, payments: &Payments) -> Looked {
        self.looks += 1;
        let since = self.earliest();
        let looked = self.read(payments, since).await;
        // Its responses may have shown that the server's clock is behind: what it created is then older than was asked
        // for. A server that changes its mind again isn't followed for ever.
        let since_then = self.earliest();
        if day(since_then) >= day(since) || looked.failed.is_some() {
            return looked;
        }
        let mut again = self.read(payments, since_then).await;
        again.complete &= looked.complete && day(self.earliest()) >= day(since_then);
        // What was there a moment ago is a candidate, also if the list doesn't show it any more.
        for payment in looked.found.into_iter().chain(looked.candidates) {
            let id = payment.payment_id;
            if again.candidates.iter().all(|other| other.payment_id != id) {
                again.candidates.push(payment);
            }
        }
        again
    }

    async fn read(&mut self, payments: &Payments, since: Option<NaiveDateTime>) -> Looked {
        let mut list = payments.list();
        if let Some(since) = since {
            list = list.created_date_start(since.date());
        }
        // One page after the other: while the list grows at its beginning, pages asked for at once could miss a record.
        let mut records = list.stream().max_pages(MOST_PAGES).prefetch(1);
        let mut read = Vec::new();
        let failed = loop {
            match records.try_next().await {
                Ok(Some(payment)) if self.is_other(&payment) => {}
                Ok(Some(payment)) => read.push(payment),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        self.learn(records.server_date());
        let report = records.report();
        // A record that came twice may have pushed another one out of the pages that were read.
        let complete = failed.is_none() && report.complete && report.duplicates == 0;
        self.classify(read, complete, failed)
    }

    fn classify(
        &self,
        mut candidates: Vec<Payment>,
        complete: bool,
        failed: Option<Error>,
    ) -> Looked {
        candidates.retain(|payment| !self.is_too_old(payment));
        // The sort is stable.
        candidates.sort_by_key(|payment| (!self.is_it(payment), !self.has_reference(payment)));
        let certain = candidates
            .iter()
            .filter(|payment| self.is_it(payment))
            .count();
        // What wasn't read could be a second one.
        let found = (certain == 1 && complete).then(|| candidates.remove(0));
        Looked {
            found,
            candidates,
            failed,
            complete,
        }
    }

    /// Whether it names another customer or another amount.
    fn is_other(&self, payment: &Payment) -> bool {
        // No customer has an id of 0 or below.
        let customer = payment.customer_id.filter(|customer| customer.0 > 0);
        let other_customer = customer.is_some_and(|its| its != self.customer);
        other_customer || payment.amount.is_some_and(|its| self.is_other_amount(its))
    }

    /// Whether it can't be what became of the amount that was sent: a ledger shows payments as negative, and may have no
    /// place for more than cents.
    fn is_other_amount(&self, amount: Money) -> bool {
        let (sent, its) = (self.amount.decimal().abs(), amount.decimal().abs());
        let is_rounded = sent.round_dp(2) != sent && (sent - its).abs() < Decimal::new(1, 2);
        its != sent && !is_rounded
    }

    fn is_too_old(&self, payment: &Payment) -> bool {
        latest(payment)
            .zip(self.earliest())
            .is_some_and(|(created, earliest)| created < earliest)
    }

    /// Whether this is the payment for certain, provided that no other one has its reference number.
    fn is_it(&self, payment: &Payment) -> bool {
        let created = latest(payment);
        let sent = self.since(self.sent_there.unwrap_or(self.sent));
        self.has_reference(payment)
            && payment.customer_id == Some(self.customer)
            && payment.amount == Some(self.amount)
            && created
                .zip(sent)
                .is_some_and(|(created, sent)| created >= sent)
    }

    fn has_reference(&self, payment: &Payment) -> bool {
        let its = payment.reference_number.as_deref().map(str::trim);
        self.reference.is_some() && its == self.reference.as_deref()
    }

    /// What was created before this is another payment; `None` if no date says so.
    fn earliest(&self) -> Option<NaiveDateTime> {
        let sent = match self.sent_there {
            Some(there) => there.min(self.sent),
            // At first the clocks are taken to agree, which the response will show or not.
            None if self.looks < 2 => self.sent,
            None => self.sent.checked_sub_days(UNKNOWN_CLOCK)?,
        };
        self.since(sent)
    }

    /// The earliest date that the server can have given to what it created at this time.
    fn since(&self, sent: DateTime<Utc>) -> Option<NaiveDateTime> {
        let since = sent.naive_utc();
        let since = match &self.dated {
            Some(dated) => since.min(dated.naive()?),
            None => since,
        };
        since.checked_sub_signed(ZONE)
    }
}

/// The latest moment at which a payment can have been created: where no time of day is kept, any of its day.
fn latest(payment: &Payment) -> Option<NaiveDateTime> {
    let created = payment.created_date.as_ref()?.naive()?;
    if created.time() == NaiveTime::MIN {
        return created.checked_add_days(Days::new(1));
    }
    Some(created)
}

/// What a list is asked for. No date at all asks for the most.
fn day(since: Option<NaiveDateTime>) -> Option<NaiveDate> {
    since.map(|since| since.date())
}
