//! From an HTTP response to a reply or an error.

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use memchr::memmem;
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, LOCATION, RETRY_AFTER};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::sink::Sink;
use crate::error::{BODY_KEPT, Error};
use crate::operation::Operation;
use crate::request::Meta;

/// Headers that servers and gateways put their name of an exchange into. The vendor documents none.
const REQUEST_ID_HEADERS: [&str; 5] = [
    "x-request-id",
    "request-id",
    "x-ms-request-id",
    "apim-request-id",
    "x-correlation-id",
];

/// A 2xx reply with its whole body.
pub(crate) struct Received {
    pub(crate) meta: Meta,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

impl Received {
    /// The same reply to a call that the journal knows by this name.
    pub(super) fn journaled(mut self, id: &str) -> Self {
        self.meta.journal_id = Some(id.into());
        self
    }

    /// Whether the body can be an answer of the API at all, and not a page of something in between.
    pub(super) fn is_plausible(&self) -> bool {
        self.body.trim_ascii().is_empty()
            || serde_json::from_slice::<IgnoredAny>(&self.body).is_ok()
    }
}

/// Reads a response to its end and turns everything but a success into an error. With a sink the body goes there, within
/// the sink's own limit, and what is received has none. `now` is the time of day here.
pub(super) async fn receive(
    operation: &'static Operation,
    mut response: reqwest::Response,
    limit: usize,
    sink: Option<&Sink>,
    now: SystemTime,
) -> Result<Received, Error> {
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
    let body = match sink {
        None => read(operation, &meta, &mut response, limit).await?,
        Some(sink) => {
            let start = sink.fill(operation, &meta, &mut response).await?;
            if says_not_ok(&start) {
                return Err(Error::refused(operation, &meta, start));
            }
            Bytes::new()
        }
    };
    if says_not_ok(&body) {
        return Err(Error::refused(operation, &meta, body));
    }
    Ok(Received {
        meta,
        content_type,
        body,
    })
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
    Ok(body.freeze())
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
    body.freeze()
}

/// Whether the envelope of a 2xx body says `ok: false`.
fn says_not_ok(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Envelope {
        #[serde(default)]
        ok: Option<bool>,
    }
    // A page of records is half a megabyte: only a body that could say it is parsed a second time.
    let could_say = memmem::find_iter(body, br#""ok""#).any(|start| {
        let rest = body[start + 4..].trim_ascii_start();
        rest.strip_prefix(b":")
            .is_some_and(|rest| rest.trim_ascii_start().starts_with(b"false"))
    });
    if !could_say {
        return false;
    }
    let not_ok = |envelope: &Envelope| envelope.ok == Some(false);
    match body.trim_ascii_start().first() {
        Some(b'[') => {
            serde_json::from_slice::<Vec<Envelope>>(body).is_ok_and(|all| all.iter().any(not_ok))
        }
        _ => serde_json::from_slice(body).is_ok_and(|envelope| not_ok(&envelope)),
    }
}

fn meta(status: u16, headers: &HeaderMap, now: SystemTime) -> Meta {
    Meta {
        status,
        location: text(headers, LOCATION.as_str()),
        request_id: request_id(headers),
        retry_after: retry_after(headers, now),
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
    let now = headers
        .get(DATE)
        .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok())
        .unwrap_or(now);
    Some(until.duration_since(now).unwrap_or_default())
}
