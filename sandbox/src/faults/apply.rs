//! Applies a fault to a response.

use std::io::Write as _;
use std::time::Duration;

use axum::http::{HeaderValue, Response, header};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::fault::{Fault, RetryAfter};
use super::script::{Raw, Script};
use crate::failure::{ErrorStyle, Failure};
use crate::list::PageFault;
use crate::response::http_response;

const HTML: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// What the caller sees of a call with a fault.
pub(crate) enum FaultyResponse {
    /// A response that the HTTP library writes.
    Response(Response<Vec<u8>>),
    /// Bytes and pauses that it can't write.
    Script(Script),
}

impl Fault {
    /// What the fault does to the page that a list reads.
    pub(crate) fn page_fault(&self) -> PageFault {
        match self {
            Self::DuplicatePage => PageFault::Pages(-1),
            Self::MissingPage => PageFault::Pages(1),
            Self::ShiftingPage => PageFault::Records(1),
            Self::LyingHasMore => PageFault::HasMore,
            _ => PageFault::None,
        }
    }

    /// How long to wait before the request is handled.
    pub(crate) fn latency(&self) -> Option<Duration> {
        match self {
            Self::Latency { ms } => Some(Duration::from_millis(*ms)),
            _ => None,
        }
    }

    /// Turns the correct response, empty where the call wasn't executed, into what the caller
    /// sees. `target` is the requested path and query.
    pub(crate) fn apply(
        &self,
        response: Response<Vec<u8>>,
        style: ErrorStyle,
        target: &str,
    ) -> FaultyResponse {
        match self {
            Self::Status {
                status,
                retry_after,
            } => FaultyResponse::Response(refusal(*status, retry_after.as_ref(), style)),
            Self::HtmlBadGateway => {
                FaultyResponse::Response(http_response(502, "text/html", HTML.as_bytes().to_vec()))
            }
            Self::OkWithError => {
                let failure = Failure::new(200, "refused by a fault rule");
                let (media_type, body) = failure.render(style);
                FaultyResponse::Response(http_response(200, media_type, body.into_bytes()))
            }
            Self::Redirect { to } => FaultyResponse::Response(redirect(to, target)),
            Self::Latency { .. }
            | Self::DuplicatePage
            | Self::MissingPage
            | Self::ShiftingPage
            | Self::LyingHasMore => FaultyResponse::Response(response),
            Self::Hang => FaultyResponse::Script(Script::hang()),
            Self::Reset => FaultyResponse::Script(Script::reset()),
            Self::Close | Self::CloseUnread => FaultyResponse::Script(Script::close()),
            Self::Drip { bytes, ms } => {
                let pause = Duration::from_millis(*ms);
                FaultyResponse::Script(Script::drip(&raw(response), *bytes, pause))
            }
            Self::Truncated => FaultyResponse::Script(Script::truncated(&raw(response))),
            Self::WrongLength => FaultyResponse::Script(Script::wrong_length(&raw(response))),
            Self::Garbage => FaultyResponse::Response(garbage(response)),
            Self::GzipBomb { mib } => FaultyResponse::Response(bomb(response, *mib)),
        }
    }
}

fn raw(response: Response<Vec<u8>>) -> Raw {
    let (parts, body) = response.into_parts();
    Raw {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

fn refusal(status: u16, retry_after: Option<&RetryAfter>, style: ErrorStyle) -> Response<Vec<u8>> {
    let (media_type, body) = Failure::new(status, "refused by a fault rule").render(style);
    let mut response = http_response(status, media_type, body.into_bytes());
    let wait = retry_after.map(|wait| match wait {
        RetryAfter::Seconds(seconds) => seconds.to_string(),
        RetryAfter::Text(text) => text.clone(),
    });
    if let Some(Ok(wait)) = wait.map(HeaderValue::try_from) {
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    response
}

fn redirect(to: &str, target: &str) -> Response<Vec<u8>> {
    let mut response = http_response(307, "text/plain", Vec::new());
    let location = format!("{}{target}", to.trim_end_matches('/'));
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Half of the body, then noise: a valid length, but no JSON.
fn garbage(mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    let body = response.body_mut();
    let keep = body.len() / 2;
    body.truncate(keep);
    body.extend_from_slice(b"\x00\xff<<garbage>>\"{[");
    response
}

/// A body after many spaces: JSON, but `mib` MiB long once it is unpacked.
fn bomb(response: Response<Vec<u8>>, mib: u16) -> Response<Vec<u8>> {
    let (mut parts, body) = response.into_parts();
    let spaces = vec![b' '; 1 << 20];
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory can't fail.
    for _ in 0..mib {
        let _ = packed.write_all(&spaces);
    }
    let _ = packed.write_all(&body);
    let packed = packed.finish().unwrap_or_default();
    parts
        .headers
        .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(parts, packed)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn seen(fault: &Fault) -> Response<Vec<u8>> {
        let right = http_response(200, "application/json", br#"{"ok":true}"#.to_vec());
        match fault.apply(right, ErrorStyle::Array, "/v1/Bills?page=2") {
            FaultyResponse::Response(response) => response,
            FaultyResponse::Script(script) => panic!("{script:?}"),
        }
    }

    fn header(response: &Response<Vec<u8>>, name: &str) -> String {
        let value = response.headers().get(name).expect(name);
        value.to_str().expect("text").to_owned()
    }

    #[test]
    fn statuses() {
        let refused = seen(&Fault::too_many(7));
        assert_eq!(refused.status(), 429);
        assert_eq!(header(&refused, "retry-after"), "7");
        let page = seen(&Fault::HtmlBadGateway);
        assert_eq!(
            (page.status().as_u16(), header(&page, "content-type")),
            (502, "text/html".to_owned())
        );
        let wrong = seen(&Fault::OkWithError);
        assert_eq!(wrong.status(), 200);
        assert!(wrong.body().starts_with(br#"[{"ok":false"#));
    }

    #[test]
    fn redirects_keep_path_and_query() {
        let away = seen(&Fault::redirect());
        assert_eq!(away.status(), 307);
        assert_eq!(
            header(&away, "location"),
            "http://elsewhere.invalid/v1/Bills?page=2"
        );
    }

    #[test]
    fn garbage_is_no_json() {
        let body = seen(&Fault::Garbage).into_body();
        assert!(serde_json::from_slice::<serde_json::Value>(&body).is_err());
    }

    #[test]
    fn bomb_is_small_until_unpacked() {
        let packed = seen(&Fault::GzipBomb { mib: 8 }).into_body();
        assert!(packed.len() < 64 << 10, "{}", packed.len());
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_end(&mut unpacked)
            .expect("gzip");
        assert_eq!(unpacked.len(), (8 << 20) + 11);
        assert!(unpacked.ends_with(br#"{"ok":true}"#));
    }
}
