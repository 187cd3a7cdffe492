//! From an HTTP response to a response or an error.

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use serde::de::IgnoredAny;

use crate::error::{BODY_KEPT, Error, Outcome};
use crate::meta::Meta;
use crate::operation::{Effect, Operation};
use crate::runtime::transport::attempt::Call;
use crate::runtime::transport::created::CreatedId;
use crate::runtime::transport::envelope::{Envelope, Records};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Headers that servers and gateways put their name of an exchange into. The vendor documents none.
const REQUEST_ID_HEADERS: [&str; 5] = [
    "x-request-id",
    "request-id",
    "x-ms-request-id",
    "apim-request-id",
    "x-correlation-id",
];

/// What a 2xx response to a call has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// One page of a list.
    Page,
    /// The id of what was created, which may also have this name.
    Created(&'static str),
    /// A record.
    Record,
    /// Any JSON.
    Json,
    /// A confirmation, or nothing.
    Done,
    /// Bytes that are the caller's to read.
    Bytes,
}

/// A 2xx response with its whole body.
pub(crate) struct Received {
    pub(crate) meta: Meta,
    pub(crate) content_type: Option<String>,
    /// Without a byte order mark.
    pub(crate) body: Bytes,
    /// Of a call that creates: there whenever the call was [`Expected::Created`].
    pub(crate) created: Option<CreatedId>,
}

impl Received {
    /// The same response to a call that the journal knows by this name.
    pub(in crate::runtime) fn journaled(mut self, id: &str) -> Self {
        self.meta.journal_id = Some(id.into());
        self
    }

    /// The id in a response to a call that isn't known to create something.
    pub(crate) fn find_id(&self, operation: &Operation) -> Option<CreatedId> {
        CreatedId::find(operation, "id", &self.body, self.meta.new_record())
    }

    /// Whether the body can be a response of the API at all, and not a page of something in between.
    pub(in crate::runtime) fn is_plausible(&self) -> bool {
        self.created.is_some()
            || self.body.trim_ascii().is_empty()
            || serde_json::from_slice::<IgnoredAny>(&self.body).is_ok()
    }
}

/// Reads a response to its end and turns everything but a success into an error. With a sink the body goes there, within
/// the sink's own limit, and what is received has none. `now` is the time of day here.
pub(in crate::runtime) async fn receive(
    call: &Call,
    mut response: reqwest::Response,
    limit: usize,
    now: SystemTime,
) -> Result<Received, Error> {
    let operation = call.operation;
    let status = response.status();
    let meta = meta(status.as_u16(), response.headers(), now);
    if status.is_redirection() {
        return Err(Error::redirect(operation, &meta));
    }
    if !status.is_success() {
        return Err(Error::api(
            operation,
            &meta,
            read_start(&mut response).await,
        ));
    }
    let content_type = text(response.headers(), CONTENT_TYPE.as_str());
    let body = match &call.sink {
        None => read(operation, &meta, &mut response, limit).await,
        Some(sink) => sink.fill(operation, &meta, &mut response).await,
    };
    let (body, created) = match call.expected {
        Expected::Created(name) => {
            let (body, created) = created(call, name, &meta, body)?;
            (body, Some(created))
        }
        Expected::Page | Expected::Record | Expected::Json | Expected::Done | Expected::Bytes => {
            let body = body?;
            refuse(call, &meta, &body)?;
            (body, None)
        }
    };
    Ok(Received {
        meta,
        content_type,
        // What went to a file was handed back only to be looked at.
        body: match &call.sink {
            None => body,
            Some(_) => Bytes::new(),
        },
        created,
    })
}

/// Finds the id of what was created.
fn created(
    call: &Call,
    name: &str,
    meta: &Meta,
    body: Result<Bytes, Error>,
) -> Result<(Bytes, CreatedId), Error> {
    let find = |body: &[u8]| CreatedId::find(call.operation, name, body, meta.new_record());
    match body {
        Ok(body) => {
            let envelope = refuse(call, meta, &body)?;
            // Without the documented status a bare number, or the id of a failure, proves nothing.
            let proves = meta.status == Meta::CREATED
                || matches!(body.trim_ascii().first(), Some(b'{' | b'['))
                    && envelope.is_some_and(|it| !it.is_failure());
            match find(&body).filter(|_| proves) {
                Some(created) => Ok((body, created)),
                None => Err(Error::no_id(call.operation, meta, body)),
            }
        }
        // It doesn't matter that the body broke off where the headers say it all.
        Err(error) if error.outcome() == Outcome::Executed => match find(b"") {
            Some(created) => Ok((Bytes::new(), created)),
            None => Err(error),
        },
        Err(error) => Err(error),
    }
}

/// The error of a 2xx body that says that the call failed, or isn't what it has to be; otherwise what was read of it.
fn refuse(call: &Call, meta: &Meta, body: &Bytes) -> Result<Option<Envelope>, Error> {
    let operation = call.operation;
    let envelope = match call.expected {
        Expected::Page => Envelope::read_page(body),
        Expected::Bytes if body.len() > BODY_KEPT => None,
        _ => Envelope::read(body),
    };
    let Some(envelope) = envelope else {
        // No JSON: a confirmation can be empty, everything else is looked at by who reads it.
        return match call.expected {
            Expected::Done if !body.trim_ascii().is_empty() => Err(Error::decode(
                operation,
                meta,
                None,
                "it is no JSON",
                body.clone(),
            )),
            _ => Ok(None),
        };
    };
    if envelope.ok == Some(false) {
        let error = Error::refused(operation, meta, body.clone());
        return Err(error.stating(envelope.any_status()));
    }
    let stated = match call.expected {
        Expected::Page if envelope.records == Records::Absent => envelope.any_status(),
        Expected::Done if envelope.ok.is_none() && !envelope.is_record() => envelope.any_status(),
        _ => envelope.stated_status(),
    };
    // A 201 has done what it was asked for, whatever else it says.
    if meta.status != Meta::CREATED
        && let Some(status) = stated
    {
        return Err(Error::stated(operation, meta, status, body.clone()));
    }
    let says_ok = envelope.ok == Some(true);
    match call.expected {
        Expected::Page
            if envelope.records == Records::Absent
                || envelope.records == Records::Empty && envelope.speaks() && !says_ok =>
        {
            Err(Error::no_page(operation, meta, body.clone()))
        }
        // No success of this API is a message without an `ok`. Where money moves, that alone proves no refusal.
        Expected::Done if envelope.is_message() && call.effect != Effect::Money => {
            Err(Error::refused(operation, meta, body.clone()))
        }
        Expected::Done if envelope.speaks() && !says_ok && !envelope.is_record() => {
            Err(Error::no_record(operation, meta, body.clone()))
        }
        Expected::Record if envelope.is_message() => {
            Err(Error::no_record(operation, meta, body.clone()))
        }
        _ => Ok(Some(envelope)),
    }
}

/// Reads a body of at most `limit` bytes, counted after decompression.
async fn read(
    operation: &'static Operation,
    meta: &Meta,
    response: &mut reqwest::Response,
    limit: usize,
) -> Result<Bytes, Error> {
    let too_large = || Error::too_large(operation, meta, limit as u64);
    // A wrong length must not make us reserve more than a body that is really there.
    let announced = usize::try_from(response.content_length().unwrap_or(0)).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(too_large());
    }
    let mut body = BytesMut::with_capacity(announced.min(1 << 20));
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| Error::cut_off(operation, meta, error))?
    {
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(without_mark(body.freeze()))
}

/// Servers of this kind put a byte order mark in front, which JSON doesn't allow.
fn without_mark(body: Bytes) -> Bytes {
    if body.starts_with(BYTE_ORDER_MARK) {
        body.slice(BYTE_ORDER_MARK.len()..)
    } else {
        body
    }
}

/// Reads as much of an error's body as is kept. What can't be read is left out: the status says enough.
async fn read_start(response: &mut reqwest::Response) -> Bytes {
    let mut body = BytesMut::new();
    while body.len() < BODY_KEPT {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) | Err(_) => break,
        }
    }
    body.truncate(BODY_KEPT);
    without_mark(body.freeze())
}

fn meta(status: u16, headers: &HeaderMap, now: SystemTime) -> Meta {
    Meta {
        status,
        location: text(headers, LOCATION.as_str()),
        request_id: request_id(headers),
        retry_after: retry_after(headers, now),
        date: date(headers),
        ..Meta::default()
    }
}

/// The exchange's name, if it looks like one: it is shown in errors.
fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = REQUEST_ID_HEADERS
        .iter()
        .find_map(|name| text(headers, name))?;
    (id.len() <= 128 && id.bytes().all(|byte| byte.is_ascii_graphic())).then_some(id)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// How long the server asks to wait, in either form of the header.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    // The server's own clock, if it shows it: ours may differ.
    let now = date(headers).unwrap_or(now);
    Some(until.duration_since(now).unwrap_or_default())
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}
