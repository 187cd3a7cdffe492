//! Errors of calls that were not sent.

use std::borrow::Cow;

use super::{Error, ErrorKind, Outcome};
use crate::operation::Operation;
use crate::quota::QuotaError;

impl Error {
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

    /// The time was up before the call could be sent.
    pub(crate) fn too_late(operation: &'static Operation) -> Self {
        Self::new(
            ErrorKind::Timeout,
            Outcome::NotSent,
            "the time limit ran out before the call was sent",
        )
        .of(operation)
    }
}
