//! What the server answers.

use std::io::Write;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::write::GzEncoder;
use revio_test_server::bytes as whole;

use super::{Fault, RetryAfter};

/// What a success says: enough for any operation.
const SUCCESS: &str = r#"{"ok":true,"id":31,"customer_id":31}"#;

/// What something in between says.
const PAGE: &[u8] = b"<html><head><title>Back soon</title></head></html>";

/// What that is.
const HTML: (&str, &str) = ("Content-Type", "text/html");

/// The head of an answer that never ends.
pub(super) const ENDLESS: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{";

/// How large the bomb is when it has gone off.
const UNFOLDED: usize = 8 * 1024 * 1024;

/// The whole answer.
pub(super) fn bytes(fault: Fault, elsewhere: &str) -> Vec<u8> {
    let now = SystemTime::now();
    let date = |time| httpdate::fmt_http_date(time);
    match fault {
        Fault::TooShortLength => {
            let short = SUCCESS.len() - 7;
            format!("HTTP/1.1 200 OK\r\nContent-Length: {short}\r\n\r\n{SUCCESS}").into_bytes()
        }
        Fault::TooLongLength => {
            let long = SUCCESS.len() + 7;
            format!("HTTP/1.1 200 OK\r\nContent-Length: {long}\r\n\r\n{SUCCESS}").into_bytes()
        }
        Fault::Busy(form) => {
            let value = match form {
                RetryAfter::Seconds => Some("2".to_owned()),
                // The server's clock is years behind.
                RetryAfter::Date => Some(date(past() + Duration::from_secs(3))),
                RetryAfter::PastDate => Some(date(past() - Duration::from_secs(3))),
                RetryAfter::Zero => Some("0".to_owned()),
                RetryAfter::Nonsense => Some("when I please".to_owned()),
                RetryAfter::Missing => None,
                RetryAfter::Day => Some("86400".to_owned()),
            };
            let past = date(past());
            let mut headers = vec![("Date", past.as_str())];
            headers.extend(value.as_deref().map(|value| ("Retry-After", value)));
            let body = r#"{"statusCode":429,"message":"Rate limit is exceeded."}"#;
            whole("429 Too Many Requests", &headers, body.as_bytes())
        }
        Fault::ServerError => whole("500 Internal Server Error", &[], b"[{\"ok\":false}]"),
        Fault::HtmlBadGateway => whole("502 Bad Gateway", &[HTML], PAGE),
        Fault::HtmlInSuccess => whole("200 OK", &[HTML], PAGE),
        Fault::ErrorInSuccess => whole("200 OK", &[], br#"{"ok":false,"message":"no"}"#),
        Fault::Redirect => whole("307 Temporary Redirect", &[("Location", elsewhere)], b""),
        Fault::GzipBomb => whole("200 OK", &[("Content-Encoding", "gzip")], bomb()),
        _ => whole("200 OK", &[("Date", &date(now))], SUCCESS.as_bytes()),
    }
}

/// A day long ago.
fn past() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
}

fn bomb() -> &'static [u8] {
    static BOMB: OnceLock<Vec<u8>> = OnceLock::new();
    BOMB.get_or_init(|| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b' '; UNFOLDED]).expect("memory");
        encoder.finish().expect("memory")
    })
}
