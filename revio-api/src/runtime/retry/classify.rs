//! Whether a failed attempt may be followed by another one: the retry matrix.

use crate::error::{Error, ErrorKind, Outcome};
use crate::operation::Effect;

/// Why another attempt makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::runtime) enum Cause {
    /// Something broke that may work the next time.
    Transient,
    /// The account's quota is used up.
    Throttled,
}

impl Cause {
    /// What a retry takes from the budget.
    pub(in crate::runtime) const fn cost(self) -> u32 {
        match self {
            Self::Transient => 14,
            Self::Throttled => 5,
        }
    }
}

/// Why another attempt makes sense and can do no harm; `None` if there must be none.
///
/// [`RetryPolicy`](crate::RetryPolicy) has this as a table, with the reasons.
pub(in crate::runtime) fn cause_to_retry(effect: Effect, error: &Error) -> Option<Cause> {
    if error.outcome() == Outcome::Executed {
        return None;
    }
    let may_have_been_sent = error.outcome() != Outcome::NotSent;
    if may_have_been_sent && matches!(effect, Effect::Unsafe | Effect::Money) {
        return None;
    }
    match error.kind() {
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => Some(Cause::Transient),
        ErrorKind::Api => match error.failed_with()? {
            429 => Some(Cause::Throttled),
            408 | 502..=504 => Some(Cause::Transient),
            // A SOAP fault can come with a 500 and put the blame on the request all the same.
            500 if effect == Effect::Read && error.outcome() != Outcome::Rejected => {
                Some(Cause::Transient)
            }
            _ => None,
        },
        _ => None,
    }
}
