//! How often a call may be tried, and for how long.

use std::time::Duration;

/// How often a call may be tried, and for how long altogether.
///
/// Another attempt is made only where it can do no harm, which depends on the operation's [`Effect`](crate::Effect):
///
/// | after | `Read` | `Idempotent` | `Unsafe`, `Money` |
/// |---|---|---|---|
/// | no connection: name lookup, TCP or TLS failed | again | again | again |
/// | time limit, broken connection, response cut short | again | again | never |
/// | 408, 502, 503, 504 | again | again | never |
/// | 429 | again | again | never |
/// | 500 | again | never | never |
/// | any other status, a redirect, `ok: false`, a response that can't be read | never | never | never |
///
/// A 2xx response whose body states one of these statuses in place of a result counts like that status.
///
/// What may change something twice is sent again only with proof that nothing was sent before. The vendor doesn't say
/// whether a 429 comes before anything is carried out, so it is no such proof. A 500 is this API's response to bodies
/// that it can't use, too, and a write that fails so may still have set other things going; so it is tried again for
/// reads only.
///
/// The wait before another attempt is random between zero and a ceiling that starts at
/// [`base_delay`](Self::base_delay) (one second after a 429) and doubles up to [`max_delay`](Self::max_delay). If the
/// server asks for a longer one in `Retry-After`, that is kept. A wait that would go beyond the
/// [`deadline`](Self::deadline) isn't begun: the call fails at once, and
/// [`Error::retry_after`](crate::Error::retry_after) says when to come back.
///
/// All clones of a client share a retry budget of 500: a retry takes 14, one after a 429 takes 5. A call that succeeds in
/// the end puts back what it took, one that succeeds at once adds 1. So in a total outage no more than 35 retries go
/// out, and then every call fails after its first attempt until calls succeed again.
///
/// ```
/// use std::time::Duration;
///
/// use revio_api::{Client, Credentials, RetryPolicy};
///
/// let patient = RetryPolicy::new()
///     .max_attempts(8)
///     .deadline(Duration::from_secs(300));
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password"))
///     .retry(patient)
///     .build()?;
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(crate) max_attempts: u32,
    pub(crate) base_delay: Duration,
    pub(crate) max_delay: Duration,
    pub(crate) deadline: Option<Duration>,
}

impl RetryPolicy {
    /// Up to five attempts, delays from 50 milliseconds to 20 seconds, and a deadline of two minutes or four times the
    /// time limit of one attempt, whichever is longer.
    pub const fn new() -> Self {
        Self {
            max_attempts: 5,
            base_delay: Duration::from_millis(50),
            max_delay: Duration::from_secs(20),
            deadline: None,
        }
    }

    /// One attempt, whatever happens.
    ///
    /// ```
    /// use revio_api::RetryPolicy;
    ///
    /// assert_eq!(RetryPolicy::never(), RetryPolicy::new().max_attempts(1));
    /// ```
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// Attempts altogether, the first one among them. Default: 5; 0 counts as 1.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The ceiling of the delay before the second attempt. Default: 50 milliseconds.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The ceiling that no delay goes above, but for one that the server asks for. Default: 20 seconds.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Limits a call from its start to its end: the wait for the quota, all attempts, and the delays between them.
    /// Default: two minutes, or four times the time limit of one attempt if that is longer. Under two minutes a call
    /// may fail because the quota's minute isn't over yet.
    ///
    /// A call that changes something isn't begun in the last moment: an attempt starts only while there is time for
    /// it, a full time limit or half of this deadline if that is shorter.
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}
