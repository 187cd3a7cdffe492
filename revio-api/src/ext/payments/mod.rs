//! Payments without double charges.
//!
//! The API has no idempotency key: a payment whose reply is lost can't simply be sent again.
//! [`Payments::create_checked`] sends it once, and after a lost reply looks whether the payment is there.
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
//!         Checked::Found(payment) => println!("recorded as {}; only the reply was lost", payment.payment_id),
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

use self::lookup::{Lookup, Seen};
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
    /// The reply was lost, and this is the payment: customer, amount and reference number are those that were sent.
    Found(Box<Payment>),
    /// The reply was lost, and there is no such payment, at once and after a pause. That is no proof: the server may
    /// still be at it. The error is what became of the call.
    NotSeen(Error),
    /// The reply was lost, and these payments could be it. The error is what became of the call.
    Ambiguous(Vec<Payment>, Error),
}

impl Payments {
    /// Records a payment once, and looks whether it is there if the reply leaves that open. It is never sent again.
    ///
    /// The look-up reads the payments since the day before and compares customer, amount and reference number. It says
    /// [`Found`](Checked::Found) only by the reference number, so give each payment one of its own: without it,
    /// a payment with the same customer and amount could as well be an older one, and the best answer is
    /// [`Ambiguous`](Checked::Ambiguous).
    ///
    /// If the client has a [journal](crate::journal), a payment that is found is settled in it; otherwise the call
    /// stays unresolved.
    ///
    /// # Errors
    /// When the payment certainly wasn't recorded (the [outcome](Error::outcome) is `NotSent` or `Rejected`), or when
    /// it couldn't be looked up (`Unknown`). Before anything is sent, when the body has no customer or no amount.
    pub fn create_checked(&self, body: PaymentCreate) -> CreateChecked {
        CreateChecked {
            payments: self.clone(),
            request: self.create(body.clone()),
            body,
            look_again_after: LOOK_AGAIN_AFTER,
        }
    }
}

/// A payment that is looked up if its reply is lost. Made by [`Payments::create_checked`].
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
        let Some(lookup) = Lookup::new(&self.body, core.clock().system_time()) else {
            return Err(Error::request(
                PaymentsCreate::OPERATION,
                "a payment that is to be looked up needs a customer and an amount",
            ));
        };
        let error = match self.request.await {
            Ok(created) => return Ok(Checked::Created(created.id)),
            Err(error) if error.outcome() == Outcome::Unknown => error,
            Err(error) => return Err(error),
        };
        let untold = core.untold(PaymentsCreate::OPERATION, note.as_deref(), error);
        for look in 0..2 {
            if look > 0 {
                core.clock().sleep(self.look_again_after).await;
            }
            match lookup.look(&self.payments).await {
                Ok(Seen::One(payment)) => {
                    let error = untold.tell();
                    if let (Some(journal), Some(id)) = (core.journal(), error.journal_id()) {
                        // If this can't be written, the call stays unresolved, which is the safe side.
                        let _ = journal.resolve(id);
                    }
                    return Ok(Checked::Found(payment));
                }
                Ok(Seen::Candidates(payments)) => {
                    return Ok(Checked::Ambiguous(payments, untold.tell()));
                }
                Ok(Seen::None) => {}
                Err(failed) => return Err(untold.tell().not_looked_up(failed)),
            }
        }
        Ok(Checked::NotSeen(untold.tell()))
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
