//! Errors of the legacy operations, which say in the body what REST says in the status.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use super::{Error, ErrorKind, Outcome, message};
use crate::meta::Meta;
use crate::operation::Operation;

/// What a legacy operation found: the login was refused.
pub(super) struct LoginRefused;

impl fmt::Display for LoginRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service refused the login")
    }
}

/// A service's own words on what went wrong.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}

impl Error {
    /// A request of a legacy operation that is missing something or has what can't be sent.
    pub(crate) fn unsendable(
        operation: &'static Operation,
        field: Option<String>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        let mut new = Self::request(operation, detail);
        new.0.field_path = field;
        new
    }

    /// A 2xx response of a legacy operation that says that the call wasn't carried out.
    pub(crate) fn declined(
        operation: &'static Operation,
        meta: &Meta,
        said: Said,
        login_refused: bool,
        body: Bytes,
    ) -> Self {
        let what = if login_refused {
            LoginRefused.to_string()
        } else {
            "the service refused the call".to_owned()
        };
        let detail = format!("{} from server: {what}", meta.status);
        let mut new = Self::new(ErrorKind::Api, Outcome::Rejected, detail)
            .of(operation)
            .with_meta(meta)
            .with_body(body)
            .saying(said);
        if login_refused {
            new.0.problem = Some(Box::new(LoginRefused));
        }
        new
    }

    /// A SOAP fault. One that puts the blame on the request says that the call wasn't carried out.
    pub(crate) fn fault(
        operation: &'static Operation,
        meta: &Meta,
        blames_request: bool,
        said: Said,
        body: Bytes,
    ) -> Self {
        let (outcome, what) = if blames_request {
            (Outcome::Rejected, "a SOAP fault that blames the request")
        } else {
            (Outcome::Unknown, "a SOAP fault that blames the service")
        };
        let detail = format!("{} from server: {what}", meta.status);
        Self::new(ErrorKind::Api, outcome, detail)
            .of(operation)
            .with_meta(meta)
            .with_body(body)
            .saying(said)
    }

    fn saying(mut self, said: Said) -> Self {
        self.0.api_message = said.message.as_deref().and_then(message::plain);
        self.0.api_code = said.code.map(String::into_boxed_str);
        self
    }

    /// The operation and the status of a response that is taken for an error, with what is kept of it.
    pub(crate) fn response_parts(&self) -> Option<(&'static Operation, &Meta, Bytes)> {
        let body = self.0.body.clone()?;
        Some((self.0.operation?, self.0.meta.as_ref()?, body))
    }

    /// Rows that don't fit the filters.
    pub(crate) fn filter_ignored(
        operation: &'static Operation,
        meta: &Meta,
        field: String,
        body: Bytes,
    ) -> Self {
        let detail = "rows of the response don't fit this filter: the service ignored it, or joins filters by `or`; \
                      nothing of the response is used";
        let mut new = Self::new(ErrorKind::FilterIgnored, Outcome::Unknown, detail)
            .of(operation)
            .with_meta(meta)
            .with_body(body);
        new.0.field_path = Some(field);
        new
    }

    /// The same error without secrets in what can be had of the server's words: the body, and the message that was taken
    /// from it.
    pub(crate) fn hiding(mut self, hide: impl Fn([&str; 2]) -> [String; 2]) -> Self {
        let body = self.0.body.take();
        let message = self.0.api_message.take();
        let text = String::from_utf8_lossy(body.as_deref().unwrap_or_default());
        let [text, said] = hide([&text, message.as_deref().unwrap_or_default()]);
        self.0.body = body.map(|_| text.into());
        self.0.api_message = message.map(|_| said);
        self
    }
}
