//! What all errors are made with. Details are made from fixed words and numbers only.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use super::{Error, ErrorKind, Inner, Outcome, message};
use crate::lists::cursor::Cursor;
use crate::meta::Meta;
use crate::operation::{Effect, Operation};

/// How much of a response an error keeps, in bytes.
pub(crate) const BODY_KEPT: usize = 64 * 1024;

impl Error {
    pub(super) fn new(
        kind: ErrorKind,
        outcome: Outcome,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        let detail = detail.into();
        Self(Box::new(Inner {
            kind,
            outcome,
            operation: None,
            detail,
            field_path: None,
            meta: None,
            stated_status: None,
            attempts: 0,
            free_in: None,
            journal_id: None,
            api_message: None,
            api_code: None,
            body: None,
            resume: None,
            source: None,
            problem: None,
        }))
    }

    pub(super) fn of(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(super) fn with_meta(mut self, meta: &Meta) -> Self {
        self.0.attempts = meta.attempts;
        self.0.journal_id.clone_from(&meta.journal_id);
        self.0.meta = Some(meta.clone());
        self
    }

    /// The same error with the status that the body states beside the one of the response.
    pub(crate) fn stating(mut self, status: Option<u16>) -> Self {
        self.0.stated_status = status;
        self
    }

    pub(super) fn with_body(mut self, body: Bytes) -> Self {
        // A copy, so that a slice doesn't keep a large response alive.
        let kept = if body.len() > BODY_KEPT {
            Bytes::copy_from_slice(&body[..BODY_KEPT])
        } else {
            body
        };
        self.0.body = Some(kept);
        self
    }

    pub(crate) fn with_message(mut self, body: Bytes) -> Self {
        self.0.api_message = message::extract(&body);
        self.with_body(body)
    }

    pub(super) fn caused_by(self, error: reqwest::Error) -> Self {
        // The URL holds ids and search terms.
        self.caused_by_any(error.without_url())
    }

    pub(super) fn caused_by_any(
        mut self,
        error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.0.source = Some(error.into());
        self
    }

    /// The same error, speaking for all attempts of its call.
    pub(crate) fn after(mut self, attempts: u32, outcome: Outcome) -> Self {
        self.0.attempts = attempts;
        self.0.outcome = outcome;
        self
    }

    /// The same error of a call that the server says it has carried out. Of a call that only reads, that isn't worth knowing.
    pub(crate) fn executed(mut self) -> Self {
        if self
            .0
            .operation
            .is_some_and(|operation| operation.effect() != Effect::Read)
        {
            self.0.outcome = Outcome::Executed;
        }
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
