//! Scripts: what is written to a connection instead of the response of the HTTP library.

use std::collections::VecDeque;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};

/// How long a hanging connection stays open.
const HANG: Duration = Duration::from_secs(600);

/// One step on a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Write(Vec<u8>),
    Pause(Duration),
    /// Closes the connection; written bytes still arrive.
    Close,
    /// Resets the connection.
    Reset,
}

/// Steps in order. The last step always ends the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Script {
    pub(super) steps: VecDeque<Step>,
    /// The status that the caller sees, if any.
    pub(crate) status: Option<u16>,
}

impl Script {
    fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        Self {
            steps: steps.into_iter().collect(),
            status: None,
        }
    }

    fn of_response(raw: &Raw, steps: impl IntoIterator<Item = Step>) -> Self {
        Self {
            status: Some(raw.status.as_u16()),
            ..Self::of(steps)
        }
    }

    pub(super) fn close() -> Self {
        Self::of([Step::Close])
    }

    pub(super) fn reset() -> Self {
        Self::of([Step::Reset])
    }

    pub(super) fn hang() -> Self {
        Self::of([Step::Pause(HANG), Step::Close])
    }

    /// The whole response, `size` bytes at a time with `pause` between them.
    pub(super) fn drip(raw: &Raw, size: usize, pause: Duration) -> Self {
        let bytes = raw.bytes(raw.body.len());
        let pieces = bytes
            .chunks(size.max(1))
            .flat_map(|piece| [Step::Write(piece.to_vec()), Step::Pause(pause)]);
        Self::of_response(raw, pieces.chain([Step::Close]))
    }

    /// The head and half of the body.
    pub(super) fn truncated(raw: &Raw) -> Self {
        let mut bytes = raw.bytes(raw.body.len());
        bytes.truncate(bytes.len() - raw.body.len().div_ceil(2));
        Self::of_response(raw, [Step::Write(bytes), Step::Close])
    }

    /// The whole body with the length of half of it.
    pub(super) fn wrong_length(raw: &Raw) -> Self {
        Self::of_response(
            raw,
            [Step::Write(raw.bytes(raw.body.len() / 2)), Step::Close],
        )
    }
}

/// A response whose bytes are written by a script.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Raw {
    /// The bytes of the response, with `length` as its Content-Length.
    fn bytes(&self, length: usize) -> Vec<u8> {
        let reason = self.status.canonical_reason().unwrap_or_default();
        let mut bytes = format!("HTTP/1.1 {} {reason}\r\n", self.status.as_u16()).into_bytes();
        for (name, value) in &self.headers {
            if name != "content-length" {
                bytes.extend_from_slice(name.as_str().as_bytes());
                bytes.extend_from_slice(b": ");
                bytes.extend_from_slice(value.as_bytes());
                bytes.extend_from_slice(b"\r\n");
            }
        }
        let end = format!("connection: close\r\ncontent-length: {length}\r\n\r\n");
        bytes.extend_from_slice(end.as_bytes());
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw() -> Raw {
        Raw {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: b"12345".to_vec(),
        }
    }

    fn written(script: &Script) -> String {
        let bytes = script.steps.iter().flat_map(|step| match step {
            Step::Write(bytes) => bytes.clone(),
            _ => Vec::new(),
        });
        String::from_utf8(bytes.collect()).expect("text")
    }

    #[test]
    fn declared_length_and_bytes_sent() {
        let head = |length| {
            format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n")
        };
        assert_eq!(written(&Script::truncated(&raw())), head(5) + "12");
        assert_eq!(written(&Script::wrong_length(&raw())), head(2) + "12345");
        let drip = Script::drip(&raw(), 10, Duration::from_millis(1));
        assert_eq!(written(&drip), head(5) + "12345");
        assert!(drip.steps.len() > 10);
    }

    #[test]
    fn every_script_ends_the_connection() {
        let all = [
            Script::close(),
            Script::reset(),
            Script::hang(),
            Script::truncated(&raw()),
            Script::wrong_length(&raw()),
            Script::drip(&raw(), 3, Duration::ZERO),
        ];
        for script in all {
            let last = script.steps.back();
            assert!(
                matches!(last, Some(Step::Close | Step::Reset)),
                "{script:?}"
            );
        }
    }
}
