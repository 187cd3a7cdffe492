//! Payments without double charges.
//!
//! The API has no idempotency key: a payment whose response is lost can't simply be sent again.
//! [`Payments::create_checked`] sends it once, and after a lost response looks whether the payment is there.
//!
//! # What the look-up goes by
//! It reads the payments that were created since the send and rules out a record by positive proof only: it names
//! another customer or another amount (the sign aside), or was created before. A reference number that differs or is
//! missing rules nothing out: the vendor documents that the gateway overwrites it when a payment is processed
//! digitally, and a server may shorten it or turn it into capitals. Nor does a customer, an amount or a date that is
//! missing.
//!
//! Dates are compared with the server's clock, which its `Date` header shows, as well as with the machine's, whichever
//! is earlier, less 26 hours since the vendor doesn't name its time zone. If no response shows the server's clock, the
//! second look goes back a year.
//!
//! ```no_run
//! use revio_api::payments::Checked;
//! use revio_api::prelude::*;
//! use revio_api::resources::payments::PaymentCreate;
//!
//! async fn record(client: &Client, customer: CustomerId) -> Result<(), revio_api::Error> {
//!     let payment = PaymentCreate::new()
//!         .customer_id(customer)
//!         .amount("120.50".parse().expect("an amount"))
//!         // One of its own for every payment: by this it is found again.
//!         .reference_number("acme-2024-0731");
//!     match client.payments().create_checked(payment).await? {
//!         Checked::Created(id) => println!("recorded as {id}"),
//!         Checked::Found(payment) => println!("recorded as {}; only the response was lost", payment.payment_id),
//!         Checked::Executed(candidates, _) => println!("recorded, perhaps as one of these {}", candidates.len()),
//!         Checked::NotSeen(_) => println!("not there a few seconds later; look again before sending it again"),
//!         Checked::Ambiguous(candidates, _) => println!("one of these {}? ask a human", candidates.len()),
//!         _ => {}
//!     }
//!     Ok(())
//! }
//! # let _ = record;
//! ```

mod lookup;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

use self::lookup::Lookup;
use crate::error::{Error, Outcome};
use crate::ids::PaymentId;
use crate::request::Request;
use crate::resources::payments::{Payment, PaymentCreate, Payments, PaymentsCreate};
use crate::runtime::{Handle, Sending};

const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// What became of a payment.
///
/// ```
/// use revio_api::payments::Checked;
///
/// /// Whether the payment is certainly recorded.
/// fn is_recorded(checked: &Checked) -> bool {
///     matches!(checked, Checked::Created(_) | Checked::Found(_))
/// }
/// # let _ = is_recorded;
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Checked {
    /// The server recorded it under this id and said so.
    Created(PaymentId),
    /// The response was lost, and this is the payment: it was created since the send, customer, amount and reference
    /// number are those that were sent, and in the whole list no other payment has all of these.
    Found(Box<Payment>),
    /// The server recorded it and its id couldn't be found out: these payments could be it, the most similar first.
    /// There may be none. The error is what became of the call; don't send the payment again.
    Executed(Vec<Payment>, Error),
    /// The response was lost, and nothing that could be the payment is there, at once and after a pause; both times the
    /// whole list was read. That is no proof: the server may still be at it. The error is what became of the call.
    NotSeen(Error),
    /// The response was lost, and these payments could be it, the most similar first. There may be none: if the list
    /// can't be relied on, or if the status of the response was that of a success. The error is what became of the call.
    Ambiguous(Vec<Payment>, Error),
}

impl Payments {
    /// Records a payment once, and looks whether it is there if the response leaves that open. It is never sent again.
    ///
    /// The [look-up](crate::payments#what-the-look-up-goes-by) says [`Found`](Checked::Found) only by the reference
    /// number, so give each payment one of its own: without it, a payment with the same customer and amount could as
    /// well be an older one, and the best that can be said is [`Ambiguous`](Checked::Ambiguous).
    ///
    /// If the client has a [journal](crate::journal), a payment that was refused, carried out or found is settled in it;
    /// otherwise the call stays unresolved.
    ///
    /// # Errors
    /// When the payment certainly wasn't recorded (the [outcome](Error::outcome) is `NotSent` or `Rejected`), or when
    /// it couldn't be looked up (`Unknown`) and nothing that was read by then could be it. Before anything is sent,
    /// when the body has no customer or no amount.
    pub fn create_checked(&self, body: PaymentCreate) -> CreateChecked {
        CreateChecked {
            payments: self.clone(),
            request: self.create(body.clone()),
            body,
            look_again_after: LOOK_AGAIN_AFTER,
        }
    }
}

/// A payment that is looked up if its response is lost. Made by [`Payments::create_checked`].
///
/// ```no_run
/// # use revio_api::{prelude::*, resources::payments::*};
/// # async fn example(client: Client, body: PaymentCreate) -> Result<(), revio_api::Error> {
/// use std::time::Duration;
///
/// let checked = client
///     .payments()
///     .create_checked(body)
///     .with_note("invoice 4711")
///     .look_again_after(Duration::from_secs(30))
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a request does nothing until it is awaited"]
pub struct CreateChecked {
    payments: Payments,
    request: PaymentsCreate,
    body: PaymentCreate,
    look_again_after: Duration,
}

impl CreateChecked {
    /// Limits the time of the attempt to record it. See [`Request::with_timeout`].
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.request = self.request.with_timeout(timeout);
        self
    }

    /// A note for the client's journal. See [`Request::with_note`].
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.request = self.request.with_note(note);
        self
    }

    /// The pause before the second look, if the first one finds nothing. Default: 10 seconds.
    pub fn look_again_after(mut self, pause: Duration) -> Self {
        self.look_again_after = pause;
        self
    }

    async fn run(mut self) -> Result<Checked, Error> {
        let note = self.request.options_mut().note.clone();
        let core = self.payments.transport().core();
        let Some(mut lookup) = Lookup::new(&self.body, core.clock()) else {
            return Err(Error::request(
                PaymentsCreate::OPERATION,
                "a payment that is to be looked up needs a customer and an amount",
            ));
        };
        let error = match self.request.await {
            Ok(created) => return Ok(Checked::Created(created.id)),
            Err(error) if matches!(error.outcome(), Outcome::Executed | Outcome::Unknown) => error,
            Err(error) => return Err(error),
        };
        lookup.learn(error.server_date());
        let ending = Ending::after(&error);
        let guard = core.guard_error(PaymentsCreate::OPERATION, note.as_deref(), error);
        let mut complete = true;
        for look in 0..2 {
            if look > 0 {
                core.clock().sleep(self.look_again_after).await;
            }
            let looked = lookup.look(&self.payments).await;
            if let Some(payment) = looked.found {
                let error = guard.release();
                if let (Some(journal), Some(id)) = (core.journal(), error.journal_id()) {
                    // If this can't be written, the call stays unresolved, which is the safe side.
                    let _ = journal.resolve(id);
                }
                return Ok(Checked::Found(Box::new(payment)));
            }
            if let Some(failed) = looked.failed {
                let error = guard.release().not_looked_up(failed);
                return ending.not_looked_up(looked.candidates, error);
            }
            if !looked.candidates.is_empty() {
                return Ok(ending.unsettled(looked.candidates, guard.release()));
            }
            complete &= looked.complete;
        }
        let error = guard.release();
        Ok(match ending {
            Ending::Lost if complete => Checked::NotSeen(error),
            _ => ending.unsettled(Vec::new(), error),
        })
    }
}

/// What the end of the call says by itself, before anything is looked up.
#[derive(Clone, Copy)]
enum Ending {
    /// The server carried it out.
    Executed,
    /// Something said that it went well, which may have been something in front of the server.
    Success,
    /// Nothing.
    Lost,
}

impl Ending {
    fn after(error: &Error) -> Self {
        match (error.outcome(), error.status()) {
            (Outcome::Executed, _) => Self::Executed,
            (_, Some(200..300)) => Self::Success,
            _ => Self::Lost,
        }
    }

    /// None of these payments, if there are any, is certain to be the one.
    fn unsettled(self, candidates: Vec<Payment>, error: Error) -> Checked {
        match self {
            Self::Executed => Checked::Executed(candidates, error),
            Self::Success | Self::Lost => Checked::Ambiguous(candidates, error),
        }
    }

    /// The list couldn't be read to its end.
    fn not_looked_up(self, candidates: Vec<Payment>, error: Error) -> Result<Checked, Error> {
        match self {
            Self::Success | Self::Lost if candidates.is_empty() => Err(error),
            _ => Ok(self.unsettled(candidates, error)),
        }
    }
}

impl IntoFuture for CreateChecked {
    type Output = Result<Checked, Error>;
    type IntoFuture = Sending<Checked>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for CreateChecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateChecked").finish_non_exhaustive()
    }
}
