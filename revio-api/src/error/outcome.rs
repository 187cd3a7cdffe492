//! Whether a failed call may have happened.

use crate::meta::Meta;
use crate::operation::Effect;

/// Whether the server may have acted on a call that failed.
///
/// An error speaks for all attempts of its call: one that may have been carried out makes it `Unknown`, and `NotSent`
/// means that none was sent.
///
/// ```
/// use revio_api::{Client, Credentials, Outcome};
///
/// let error = Client::builder(Credentials::new("", "client_code", "password")).build().unwrap_err();
/// assert_eq!(error.outcome(), Outcome::NotSent);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Certainly not: nothing was sent.
    NotSent,
    /// No: the server, or the gateway before it, refused the call.
    Rejected,
    /// Yes: the server carried the call out, and only the details of its response, such as the id of what was created,
    /// couldn't be read. Don't send it again.
    Executed,
    /// Perhaps: the call was sent and no response says what happened. That holds for time limits and broken connections, for every
    /// 5xx status, for a redirect, for a success whose response can't be read, and, if the call moves money, for a 429.
    Unknown,
}

impl Outcome {
    /// Of a 2xx response that can't be read. Only the documented status proves anything: a gateway's login page comes
    /// with a 200 as well.
    pub(super) fn of_success(status: u16) -> Self {
        if status == Meta::CREATED {
            Self::Executed
        } else {
            Self::Unknown
        }
    }

    /// Of two attempts.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Executed, _) | (_, Self::Executed) => Self::Executed,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Rejected, _) | (_, Self::Rejected) => Self::Rejected,
            (Self::NotSent, Self::NotSent) => Self::NotSent,
        }
    }

    /// What a status of 300 or above says.
    ///
    /// Gateways count calls before they pass them on, so a 429 is taken for a refusal. The vendor doesn't say so,
    /// though, and where money is at stake a guess isn't enough. A 408 may come from a gateway that gave up waiting
    /// for a server which had the request, and a 5xx from a server that failed halfway.
    pub(super) fn of_status(effect: Effect, status: u16) -> Self {
        match status {
            408 => Self::Unknown,
            429 if effect == Effect::Money => Self::Unknown,
            400..=499 => Self::Rejected,
            _ => Self::Unknown,
        }
    }
}
