//! Whether a failed call may have happened.

/// Whether the server may have acted on a call that failed.
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
    /// Perhaps: the call was sent and no reply tells. That holds for time limits and broken connections, for every
    /// 5xx status, for a redirect, and for a success whose reply can't be read.
    Unknown,
}

impl Outcome {
    /// What a status of 300 or above says.
    ///
    /// A 429 is taken as given by the gateway before anything ran; the vendor doesn't say. A 408 may come from a
    /// gateway that gave up waiting for a server which had the request, and a 5xx from a server that failed halfway.
    pub(super) fn of_status(status: u16) -> Self {
        match status {
            408 => Self::Unknown,
            400..=499 => Self::Rejected,
            _ => Self::Unknown,
        }
    }
}
