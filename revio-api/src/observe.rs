//! What a program can see of its calls: spans and events, and the two hooks of a client.
//!
//! Each call is a `tracing` span named `revio.call`, each attempt an event in it. They hold the operation, the
//! template of its path, and what came of it; never a value of the path or the query, a header, or a body.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Outcome};
use crate::operation::{Effect, Operation};
use crate::runtime::Received;

/// One attempt of a call, as [`ClientBuilder::on_attempt`](crate::ClientBuilder::on_attempt) sees it.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicU32, Ordering};
///
/// use revio_api::{Client, Credentials};
///
/// let again = Arc::new(AtomicU32::new(0));
/// let count = Arc::clone(&again);
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password"))
///     .on_attempt(move |attempt| {
///         if attempt.again_after.is_some() {
///             count.fetch_add(1, Ordering::Relaxed);
///         }
///     })
///     .build()?;
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt {
    /// What was called.
    pub operation: &'static Operation,
    /// Counted from 1.
    pub number: u32,
    /// The HTTP status, if a response came.
    pub status: Option<u16>,
    /// What went wrong; `None` after a success.
    pub kind: Option<ErrorKind>,
    /// Whether the server may have acted on a failed attempt; `None` after a success.
    pub outcome: Option<Outcome>,
    /// From the first connection to the last byte.
    pub elapsed: Duration,
    /// What the whole call has waited for the quota so far.
    pub waited: Duration,
    /// How long the client waits before it tries again; `None` if this was the last attempt.
    pub again_after: Option<Duration>,
}

impl Attempt {
    pub(crate) fn new(
        operation: &'static Operation,
        number: u32,
        result: &Result<Received, Error>,
    ) -> Self {
        let error = result.as_ref().err();
        Self {
            operation,
            number,
            status: match result {
                Ok(received) => Some(received.meta.status),
                Err(error) => error.status(),
            },
            kind: error.map(Error::kind),
            outcome: error.map(Error::outcome),
            elapsed: Duration::ZERO,
            waited: Duration::ZERO,
            again_after: None,
        }
    }
}

/// A call that moved money, or tried to, and ended after its caller had stopped waiting for it.
///
/// `Debug` shows what happened, neither the note nor what the server said.
///
/// ```
/// use revio_api::{Client, Credentials};
///
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password"))
///     .on_detached(|detached| match detached.result() {
///         Ok(_) => println!("{} went through: {:?}", detached.operation(), detached.created_id()),
///         Err(error) => println!("{error}, outcome {:?}", error.outcome()),
///     })
///     .build()?;
/// # Ok::<_, revio_api::Error>(())
/// ```
pub struct Detached<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) note: Option<&'a str>,
    pub(crate) journal_id: Option<&'a str>,
    pub(crate) result: &'a Result<Received, Error>,
}

impl<'a> Detached<'a> {
    /// What was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The caller's own note, if the request had [one](crate::Request::with_note).
    pub fn note(&self) -> Option<&str> {
        self.note
    }

    /// The call's name in the client's [journal](crate::journal), if it has one.
    pub fn journal_id(&self) -> Option<&str> {
        self.journal_id
    }

    /// The HTTP status of the success, or what went wrong.
    ///
    /// # Errors
    /// The error that the caller would have got. Its [outcome](Error::outcome) says whether money may have moved.
    pub fn result(&self) -> Result<u16, &'a Error> {
        match self.result {
            Ok(received) => Ok(received.meta.status),
            Err(error) => Err(error),
        }
    }

    /// The response to a call that went through. It may hold personal data.
    pub fn body(&self) -> Option<&[u8]> {
        self.result.as_ref().ok().map(|received| &received.body[..])
    }

    /// The id of what was created, if the call created something and the response says so.
    pub fn created_id(&self) -> Option<i64> {
        let received = self.result.as_ref().ok()?;
        let created = received
            .created
            .or_else(|| received.find_id(self.operation));
        Some(created?.id.into())
    }
}

impl fmt::Debug for Detached<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Detached")
            .field("operation", &self.operation.id())
            .field("result", &self.result())
            .finish_non_exhaustive()
    }
}

type AttemptHook = Arc<dyn Fn(&Attempt) + Send + Sync>;
type DetachedHook = Arc<dyn Fn(&Detached<'_>) + Send + Sync>;

/// What the program wants to hear of.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) on_attempt: Option<AttemptHook>,
    pub(crate) on_detached: Option<DetachedHook>,
}

impl Hooks {
    /// Reports an attempt that has ended.
    pub(crate) fn attempt(&self, attempt: &Attempt) {
        tracing::debug!(
            attempt = attempt.number,
            status = attempt.status,
            kind = attempt.kind.map(tracing::field::debug),
            outcome = attempt.outcome.map(tracing::field::debug),
            elapsed_ms = milliseconds(attempt.elapsed),
            again_after_ms = attempt.again_after.map(milliseconds),
            "attempt",
        );
        if let Some(hook) = &self.on_attempt {
            hook(attempt);
        }
    }

    /// Reports a call that ended without anybody waiting for it.
    pub(crate) fn detached(&self, detached: &Detached<'_>) {
        tracing::warn!(
            operation = detached.operation.id(),
            status = detached.result().ok(),
            outcome = detached
                .result()
                .err()
                .map(|error| tracing::field::debug(error.outcome())),
            "nobody waited for the end of this call",
        );
        if let Some(hook) = &self.on_detached {
            hook(detached);
        }
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooks")
            .field("on_attempt", &self.on_attempt.is_some())
            .field("on_detached", &self.on_detached.is_some())
            .finish()
    }
}

/// The span of a call.
pub(crate) fn span(operation: &'static Operation, effect: Effect) -> tracing::Span {
    tracing::info_span!(
        "revio.call",
        operation = operation.id(),
        method = operation.method().as_str(),
        path = operation.path(),
        effect = effect.as_str(),
    )
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
