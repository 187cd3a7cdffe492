//! The one error type: what went wrong, where, and whether the server may have acted.

mod exchange;
mod kind;
mod legacy;
mod make;
mod message;
mod outcome;
mod unsent;

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

pub use self::kind::ErrorKind;
use self::legacy::LoginRefused;
pub(crate) use self::legacy::Said;
pub(crate) use self::make::BODY_KEPT;
pub use self::outcome::Outcome;
use crate::lists::cursor::Cursor;
use crate::meta::Meta;
use crate::operation::Operation;

/// What went wrong with a call, or with building a client.
///
/// The first question after a failed call that changes something is whether it happened all the same:
/// [`outcome`](Error::outcome) answers it. `Display` and `Debug` never hold what the server said or what was sent,
/// since both may be personal data; [`api_message`](Error::api_message) and [`body`](Error::body) do. Ids are shown.
///
/// ```
/// use revio_api::{Error, Outcome};
///
/// fn report(error: &Error) {
///     eprintln!("{error}");
///     match error.outcome() {
///         Outcome::NotSent => eprintln!("nothing was sent"),
///         Outcome::Rejected => eprintln!("the server refused: {}", error.api_message().unwrap_or("no reason given")),
///         Outcome::Executed => eprintln!("it happened, but the response can't be read: look for its id"),
///         Outcome::Unknown => eprintln!("it may have happened: look before sending it again"),
///         _ => {}
///     }
/// }
/// # let _ = report;
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    outcome: Outcome,
    operation: Option<&'static Operation>,
    /// One lower-case sentence without any value that was sent or received.
    detail: Cow<'static, str>,
    field_path: Option<String>,
    meta: Option<Meta>,
    /// The status of a failure that the body of a 2xx response states.
    stated_status: Option<u16>,
    attempts: u32,
    /// When the quota has a call free.
    free_in: Option<Duration>,
    journal_id: Option<Box<str>>,
    api_message: Option<String>,
    api_code: Option<Box<str>>,
    body: Option<Bytes>,
    resume: Option<Cursor>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// What a layer above single calls found, in its own terms.
    problem: Option<Box<dyn Any + Send + Sync>>,
}

impl Error {
    /// What sort of error this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the server may have acted on the call, in any of its attempts.
    ///
    /// # Troubleshooting
    /// After `Unknown` on a call that creates something or moves money, look the record up before sending it again. A
    /// call that deletes and answers `Unknown` with a 404 may well have deleted in an earlier attempt.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// How many attempts were made, those that found no connection among them; 0 if it didn't come to one.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The operation that failed; `None` while a client is being built.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The HTTP status, if the server's response got that far.
    pub fn status(&self) -> Option<u16> {
        self.0.meta.as_ref().map(|meta| meta.status)
    }

    /// The status that says what went wrong: the response's own, or the one in the body of a 200.
    pub(crate) fn failed_with(&self) -> Option<u16> {
        self.0.stated_status.or_else(|| self.status())
    }

    /// What time it is for the server, as far as its response says so.
    pub(crate) fn server_date(&self) -> Option<SystemTime> {
        self.0.meta.as_ref()?.date
    }

    /// What the server says is wrong, in its own words, whether it said so in an object, an array, text or HTML.
    ///
    /// The server may repeat personal data here: mind where you log it.
    pub fn api_message(&self) -> Option<&str> {
        self.0.api_message.as_deref()
    }

    /// The code that a legacy operation gives for its refusal, or that of a SOAP fault.
    ///
    /// The vendor's list of codes isn't published: compare, but expect others.
    pub fn api_code(&self) -> Option<&str> {
        self.0.api_code.as_deref()
    }

    /// The server's name for this exchange, if it gave one. Quote it to the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.meta.as_ref()?.request_id.as_deref()
    }

    /// How long to wait before the next call: what the server asked for, in seconds or as a date, or when the client's
    /// own quota has a call free.
    ///
    /// # Troubleshooting
    /// If this is longer than the [deadline](crate::RetryPolicy::deadline) of a call, the call fails at once instead of
    /// waiting in vain. The vendor doesn't say whether it sends the header: after a 429 without one, wait a minute.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.free_in.or_else(|| self.0.meta.as_ref()?.retry_after)
    }

    /// The call's name in the client's [journal](crate::journal), if it has one and the call moves money.
    ///
    /// # Troubleshooting
    /// An [outcome](Error::outcome) of `Unknown` leaves the call unresolved in the journal. Once it is known what
    /// happened, say so with [`Journal::resolve`](crate::journal::Journal::resolve).
    pub fn journal_id(&self) -> Option<&str> {
        self.0.journal_id.as_deref()
    }

    /// The field of the response that couldn't be decoded, such as `records[3].balance`, or the one of a legacy request that
    /// is missing or can't be sent, such as `Zip`.
    pub fn field_path(&self) -> Option<&str> {
        self.0.field_path.as_deref()
    }

    /// The first 64 KiB of the response, as it came. It may hold personal data.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.body.as_deref()
    }

    /// Where to go on when a list broke off: before the page that failed. Everything before it was handed out.
    ///
    /// ```
    /// use revio_api::lists::Pages;
    /// use revio_api::prelude::*;
    /// use revio_api::resources::customers::CustomersList;
    ///
    /// fn again(client: &Client, error: &revio_api::Error) -> Option<Pages<CustomersList>> {
    ///     client.customers().list().pages_from(error.resume()?).ok()
    /// }
    /// # let _ = again;
    /// ```
    pub fn resume(&self) -> Option<&Cursor> {
        self.0.resume.as_ref()
    }

    /// Whether the record, or the address, doesn't exist (404).
    ///
    /// # Troubleshooting
    /// If every call ends so, the base URL may lack its `/v1`.
    pub fn is_not_found(&self) -> bool {
        self.failed_with() == Some(404)
    }

    /// Whether the credentials were refused, or aren't allowed to do this (401 or 403, or what a legacy operation says
    /// instead).
    ///
    /// # Troubleshooting
    /// 401: check user name, client code and password, and whether the gateway wants a subscription key. 403: the
    /// user's role in Rev.io doesn't allow the call.
    pub fn is_auth(&self) -> bool {
        matches!(self.failed_with(), Some(401 | 403)) || self.found::<LoginRefused>().is_some()
    }

    /// Whether the account's quota of calls is used up: the server says so (429), or the client knows it beforehand and
    /// sent nothing ([`ErrorKind::Quota`]).
    ///
    /// # Troubleshooting
    /// The vendor allows 500 calls a minute and 150,000 a day for each account, all programs together. If a program
    /// that shares the account takes its part, give this one a smaller [`Quota`](crate::Quota). If calls fail
    /// without having been sent, give them a longer [deadline](crate::RetryPolicy::deadline).
    pub fn is_rate_limited(&self) -> bool {
        self.failed_with() == Some(429) || self.0.kind == ErrorKind::Quota
    }

    /// Whether the time limit ran out.
    ///
    /// # Troubleshooting
    /// Large pages and reports can take long: raise the limit of that one request with
    /// [`with_timeout`](crate::Request::with_timeout). An [outcome](Error::outcome) of `NotSent` means that the time
    /// went by before the call's turn came.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the response couldn't be decoded. [`field_path`](Error::field_path) says where.
    ///
    /// # Troubleshooting
    /// The server sends something that the schema doesn't know; [`body`](Error::body) shows what.
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}",
            self.0.operation.map_or("client", Operation::id),
            self.0.detail
        )?;
        if let Some(path) = self.field_path() {
            write!(f, " (field {path})")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, " (request id {id})")?;
        }
        if let Some(cursor) = self.resume() {
            write!(f, " (page {})", cursor.page())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("outcome", &self.0.outcome)
            .field("operation", &self.0.operation.map(Operation::id))
            .field("status", &self.status())
            .field("attempts", &self.0.attempts)
            .field("detail", &self.0.detail)
            .field("field_path", &self.0.field_path)
            .field("request_id", &self.request_id())
            .field("retry_after", &self.retry_after())
            .field("resume", &self.0.resume)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}
