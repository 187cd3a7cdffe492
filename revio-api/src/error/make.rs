//! How errors come about. Details are made here, from fixed words and numbers only.

use std::any::Any;
use std::borrow::Cow;
use std::error::Error as _;
use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;

use super::{Error, ErrorKind, Inner, Outcome, message};
use crate::ext::list::Cursor;
use crate::operation::Operation;
use crate::quota::QuotaError;
use crate::request::Meta;

/// How much of a reply an error keeps, in bytes.
pub(crate) const BODY_KEPT: usize = 64 * 1024;

impl Error {
    fn new(kind: ErrorKind, outcome: Outcome, detail: impl Into<Cow<'static, str>>) -> Self {
        let detail = detail.into();
        Self(Box::new(Inner {
            kind,
            outcome,
            operation: None,
            detail,
            field_path: None,
            meta: None,
            attempts: 0,
            free_in: None,
            journal_id: None,
            api_message: None,
            body: None,
            resume: None,
            source: None,
            problem: None,
        }))
    }

    fn of(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    fn with_meta(mut self, meta: &Meta) -> Self {
        self.0.attempts = meta.attempts;
        self.0.journal_id.clone_from(&meta.journal_id);
        self.0.meta = Some(meta.clone());
        self
    }

    fn with_body(mut self, body: Bytes) -> Self {
        // A copy, so that a slice doesn't keep a large reply alive.
        let kept = if body.len() > BODY_KEPT {
            Bytes::copy_from_slice(&body[..BODY_KEPT])
        } else {
            body
        };
        self.0.body = Some(kept);
        self
    }

    fn with_message(mut self, body: Bytes) -> Self {
        self.0.api_message = message::extract(&body);
        self.with_body(body)
    }

    fn caused_by(self, error: reqwest::Error) -> Self {
        // The URL holds ids and search terms.
        self.caused_by_any(error.without_url())
    }

    fn caused_by_any(mut self, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(error.into());
        self
    }

    /// The same error, speaking for all attempts of its call.
    pub(crate) fn after(mut self, attempts: u32, outcome: Outcome) -> Self {
        self.0.attempts = attempts;
        self.0.outcome = outcome;
        self
    }

    /// A client can't be built.
    pub(crate) fn config(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Config, Outcome::NotSent, detail)
    }

    /// Calls went well, but what they showed doesn't allow the next step. The problem's text must hold ids and names of
    /// settings only.
    pub(crate) fn problem<P>(
        kind: ErrorKind,
        outcome: Outcome,
        operation: &'static Operation,
        problem: P,
    ) -> Self
    where
        P: fmt::Display + Any + Send + Sync,
    {
        let mut new = Self::new(kind, outcome, problem.to_string()).of(operation);
        new.0.problem = Some(Box::new(problem));
        new
    }

    /// The same error, caused by another one.
    pub(crate) fn because(mut self, cause: Self) -> Self {
        self.0.source = Some(Box::new(cause));
        self
    }

    /// The problem, if it is of this type.
    pub(crate) fn found<P: Any>(&self) -> Option<&P> {
        self.0.problem.as_deref()?.downcast_ref()
    }

    /// The HTTP layer can't be built, for instance because the platform's certificates can't be read.
    pub(crate) fn unusable_http(error: reqwest::Error) -> Self {
        Self::config("the HTTP layer could not be set up").caused_by(error)
    }

    /// A call can't be sent.
    pub(crate) fn request(
        operation: &'static Operation,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(ErrorKind::Request, Outcome::NotSent, detail).of(operation)
    }

    /// The quota has no call free in time, or can't be asked.
    pub(crate) fn quota(operation: &'static Operation, error: QuotaError) -> Self {
        let free_in = match &error {
            QuotaError::Exhausted { free_in, .. } => Some(*free_in),
            QuotaError::Unavailable(_) => None,
        };
        let detail = match free_in {
            Some(_) => "the quota has no call free within the time limit",
            None => "the store of the quota can't be used",
        };
        let mut new = Self::new(ErrorKind::Quota, Outcome::NotSent, detail)
            .of(operation)
            .caused_by_any(error);
        new.0.free_in = free_in;
        new
    }

    /// The journal can't be opened or written.
    pub(crate) fn journal(
        operation: Option<&'static Operation>,
        detail: impl Into<Cow<'static, str>>,
        error: std::io::Error,
    ) -> Self {
        let mut new = Self::new(ErrorKind::Journal, Outcome::NotSent, detail).caused_by_any(error);
        new.0.operation = operation;
        new
    }

    /// The same error of a call that the journal knows by this name.
    pub(crate) fn journaled(mut self, id: &str) -> Self {
        self.0.journal_id = Some(id.into());
        self
    }

    /// The same error of a payment that couldn't be looked up either.
    pub(crate) fn not_looked_up(mut self, failed: Self) -> Self {
        self.0.detail = format!("{}; looking it up failed too", self.0.detail).into();
        self.caused_by_any(failed)
    }

    /// The time was up before the call could be sent.
    pub(crate) fn too_late(operation: &'static Operation) -> Self {
        Self::new(
            ErrorKind::Timeout,
            Outcome::NotSent,
            "the time limit ran out before the call was sent",
        )
        .of(operation)
    }

    /// The task that was to see the call through has ended before it.
    pub(crate) fn interrupted(operation: &'static Operation) -> Self {
        Self::new(
            ErrorKind::Transport,
            Outcome::Unknown,
            "the runtime stopped while the call was under way",
        )
        .of(operation)
    }

    /// No reply came.
    pub(crate) fn no_reply(operation: &'static Operation, error: reqwest::Error) -> Self {
        let new = if error.is_builder() {
            Self::new(
                ErrorKind::Request,
                Outcome::NotSent,
                "the request could not be put together",
            )
        } else if error.is_connect() {
            let detail = format!(
                "could not connect: {}{}",
                root_cause(&error),
                without_tls(&error)
            );
            Self::new(ErrorKind::Connect, Outcome::NotSent, detail)
        } else if error.is_timeout() {
            Self::new(
                ErrorKind::Timeout,
                Outcome::Unknown,
                "no reply within the time limit",
            )
        } else {
            Self::new(
                ErrorKind::Transport,
                Outcome::Unknown,
                "the connection broke before a reply came",
            )
        };
        new.of(operation).caused_by(error)
    }

    /// A 2xx reply began and didn't end.
    pub(crate) fn cut_off(
        operation: &'static Operation,
        meta: &Meta,
        error: reqwest::Error,
    ) -> Self {
        let new = if error.is_timeout() {
            Self::new(
                ErrorKind::Timeout,
                Outcome::Unknown,
                "the reply was not complete within the time limit",
            )
        } else {
            Self::new(
                ErrorKind::Transport,
                Outcome::Unknown,
                "the reply broke off or could not be decompressed",
            )
        };
        new.of(operation).with_meta(meta).caused_by(error)
    }

    /// A redirect.
    pub(crate) fn redirect(operation: &'static Operation, meta: &Meta) -> Self {
        let detail = format!(
            "{} from server: redirects are refused, since following one would hand the credentials to another \
             address; check the base URL",
            meta.status
        );
        Self::new(
            ErrorKind::Redirect,
            Outcome::of_status(operation.effect(), meta.status),
            detail,
        )
        .of(operation)
        .with_meta(meta)
    }

    /// A status of 400 or above.
    pub(crate) fn api(operation: &'static Operation, meta: &Meta, body: Bytes) -> Self {
        let reason = StatusCode::from_u16(meta.status)
            .ok()
            .and_then(|status| status.canonical_reason());
        let detail = match reason {
            Some(reason) => format!(
                "{} from server: {}",
                meta.status,
                reason.to_ascii_lowercase()
            ),
            None => format!("{} from server", meta.status),
        };
        Self::new(
            ErrorKind::Api,
            Outcome::of_status(operation.effect(), meta.status),
            detail,
        )
        .of(operation)
        .with_meta(meta)
        .with_message(body)
    }

    /// A 2xx reply that says `ok: false`.
    pub(crate) fn refused(operation: &'static Operation, meta: &Meta, body: Bytes) -> Self {
        let detail = format!(
            "{} from server: the reply says that the call was not ok",
            meta.status
        );
        Self::new(ErrorKind::Api, Outcome::Rejected, detail)
            .of(operation)
            .with_meta(meta)
            .with_message(body)
    }

    /// A 2xx reply that isn't what the schema says.
    pub(crate) fn decode(
        operation: &'static Operation,
        meta: &Meta,
        field_path: Option<String>,
        detail: &str,
        body: Bytes,
    ) -> Self {
        let detail = format!(
            "{} from server, but the reply could not be read: {detail}",
            meta.status
        );
        let mut new = Self::new(ErrorKind::Decode, Outcome::Unknown, detail)
            .of(operation)
            .with_meta(meta)
            .with_body(body);
        new.0.field_path = field_path;
        new
    }

    /// A 2xx reply above the size limit.
    pub(crate) fn too_large(operation: &'static Operation, meta: &Meta, limit: u64) -> Self {
        let detail = format!(
            "the reply is longer than {limit} bytes; ask for smaller pages or raise the limit"
        );
        Self::new(ErrorKind::TooLarge, Outcome::Unknown, detail)
            .of(operation)
            .with_meta(meta)
    }

    /// What was to go to a file is above its limit.
    pub(crate) fn file_too_large(operation: &'static Operation, limit: u64) -> Self {
        let detail = format!("the file is longer than {limit} bytes; raise its limit");
        Self::new(ErrorKind::TooLarge, Outcome::Unknown, detail).of(operation)
    }

    /// A file can't be written: before the call is sent, or with its reply.
    pub(crate) fn file(
        operation: &'static Operation,
        outcome: Outcome,
        detail: &'static str,
        error: std::io::Error,
    ) -> Self {
        Self::new(ErrorKind::File, outcome, detail)
            .of(operation)
            .caused_by_any(error)
    }

    /// The pages of a list make no sense.
    pub(crate) fn paging(
        operation: &'static Operation,
        outcome: Outcome,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(ErrorKind::Paging, outcome, detail).of(operation)
    }

    /// The same error, with the place where the list can be resumed.
    pub(crate) fn resuming(mut self, cursor: Cursor) -> Self {
        self.0.resume = Some(cursor);
        self
    }
}

/// What to do when this build can't speak https at all. Another crate of the build may bring TLS in, so that isn't
/// known beforehand.
fn without_tls(error: &reqwest::Error) -> &'static str {
    let https = error.url().is_some_and(|url| url.scheme() == "https");
    if https && cfg!(not(any(feature = "rustls", feature = "native-tls"))) {
        "; this build has no TLS of its own: enable the cargo feature `rustls` or `native-tls`"
    } else {
        ""
    }
}

/// The innermost message: `connection refused` says more than `error sending request`.
fn root_cause(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    let mut text = String::from("no cause given");
    while let Some(error) = cause {
        text = error.to_string();
        cause = error.source();
    }
    text
}
