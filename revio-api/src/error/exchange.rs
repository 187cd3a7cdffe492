//! Errors of an exchange with the server: no response, a refusal, a response that is of no use.

use std::error::Error as _;

use bytes::Bytes;
use reqwest::StatusCode;

use super::{Error, ErrorKind, Outcome};
use crate::meta::Meta;
use crate::operation::Operation;

impl Error {
    /// The task that was to see the call through has ended before it.
    pub(crate) fn interrupted(operation: &'static Operation) -> Self {
        Self::new(
            ErrorKind::Transport,
            Outcome::Unknown,
            "the runtime stopped while the call was under way",
        )
        .of(operation)
    }

    /// No response came.
    pub(crate) fn no_response(operation: &'static Operation, error: reqwest::Error) -> Self {
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
                "no response within the time limit",
            )
        } else {
            Self::new(
                ErrorKind::Transport,
                Outcome::Unknown,
                "the connection broke before a response came",
            )
        };
        new.of(operation).caused_by(error)
    }

    /// A 2xx response began and didn't end.
    pub(crate) fn cut_off(
        operation: &'static Operation,
        meta: &Meta,
        error: reqwest::Error,
    ) -> Self {
        let new = if error.is_timeout() {
            Self::new(
                ErrorKind::Timeout,
                Outcome::of_success(meta.status),
                "the response was not complete within the time limit",
            )
        } else {
            Self::new(
                ErrorKind::Transport,
                Outcome::of_success(meta.status),
                "the response broke off or could not be decompressed",
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

    /// A 2xx response that says that the call was not carried out: `ok: false`, or a message in place of a confirmation.
    pub(crate) fn refused(operation: &'static Operation, meta: &Meta, body: Bytes) -> Self {
        let detail = format!(
            "{} from server, but the body says that the call was not carried out",
            meta.status
        );
        Self::new(ErrorKind::Api, Outcome::Rejected, detail)
            .of(operation)
            .with_meta(meta)
            .with_message(body)
    }

    /// A 2xx response that isn't what the schema says.
    pub(crate) fn decode(
        operation: &'static Operation,
        meta: &Meta,
        field_path: Option<String>,
        detail: &str,
        body: Bytes,
    ) -> Self {
        let detail = format!(
            "{} from server, but the response could not be read: {detail}",
            meta.status
        );
        let outcome = Outcome::of_success(meta.status);
        let mut new = Self::new(ErrorKind::Decode, outcome, detail)
            .of(operation)
            .with_meta(meta)
            .with_body(body);
        new.0.field_path = field_path;
        new
    }

    /// A 2xx body that is a message in place of what was asked for.
    pub(crate) fn no_record(operation: &'static Operation, meta: &Meta, body: Bytes) -> Self {
        let detail = "it is a message in place of what was asked for";
        Self::decode(operation, meta, None, detail, Bytes::new()).with_message(body)
    }

    /// A 2xx body without records where there must be some, if only an empty list.
    pub(crate) fn no_page(operation: &'static Operation, meta: &Meta, body: Bytes) -> Self {
        let detail = "it has no `records`, so it is no page of the list";
        let field = Some("records".to_owned());
        Self::decode(operation, meta, field, detail, Bytes::new()).with_message(body)
    }

    /// A 2xx response to a create that doesn't say under which id.
    pub(crate) fn no_id(operation: &'static Operation, meta: &Meta, body: Bytes) -> Self {
        let detail = "neither the body nor `Location` has the id of what was created";
        let field = Some("id".to_owned());
        Self::decode(operation, meta, field, detail, Bytes::new()).with_message(body)
    }

    /// A 2xx body that states a status of its own, as gateways do.
    pub(crate) fn stated(
        operation: &'static Operation,
        meta: &Meta,
        status: u16,
        body: Bytes,
    ) -> Self {
        let detail = format!(
            "{} from server, and in the body the status {status}",
            meta.status
        );
        let outcome = Outcome::of_status(operation.effect(), status);
        Self::new(ErrorKind::Api, outcome, detail)
            .of(operation)
            .with_meta(meta)
            .with_message(body)
            .stating(Some(status))
    }

    /// A 2xx response above the size limit.
    pub(crate) fn too_large(operation: &'static Operation, meta: &Meta, limit: u64) -> Self {
        let detail = format!(
            "the response is longer than {limit} bytes; ask for smaller pages or raise the limit"
        );
        Self::new(
            ErrorKind::TooLarge,
            Outcome::of_success(meta.status),
            detail,
        )
        .of(operation)
        .with_meta(meta)
    }

    /// What was to go to a file is above its limit.
    pub(crate) fn file_too_large(operation: &'static Operation, limit: u64) -> Self {
        let detail = format!("the file is longer than {limit} bytes; raise its limit");
        Self::new(ErrorKind::TooLarge, Outcome::Unknown, detail).of(operation)
    }

    /// A file can't be written: before the call is sent, or with its response.
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
