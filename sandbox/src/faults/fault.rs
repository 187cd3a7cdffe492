//! The kinds of faults.

use serde::{Deserialize, Serialize};

/// What the caller gets instead of the correct response.
///
/// In JSON, as the control plane and fault files have it: `{"kind": "status", "status": 503}`,
/// `{"kind": "reset"}`.
///
/// # Examples
///
/// ```
/// use revio_sandbox::Fault;
///
/// let fault: Fault = serde_json::from_str(r#"{"kind": "status", "status": 503}"#)?;
/// assert_eq!(fault, Fault::status(503));
/// assert_eq!(fault.name(), "status");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// An error status, with an error body in the sandbox's error style.
    Status {
        /// The status, 300 to 599.
        status: u16,
        /// A Retry-After header.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<RetryAfter>,
    },
    /// 502 with a page of HTML, as gateways send it.
    HtmlBadGateway,
    /// Status 200 with an error body.
    OkWithError,
    /// 307 to the same path on another host.
    Redirect {
        /// Scheme and host to send the caller to.
        #[serde(default = "elsewhere")]
        to: String,
    },
    /// The correct response, late.
    Latency {
        /// Milliseconds to wait before the request is handled.
        ms: u64,
    },
    /// No response; the connection stays open for ten minutes.
    Hang,
    /// The correct response, a few bytes at a time.
    Drip {
        /// Bytes sent at once.
        #[serde(default = "one")]
        bytes: usize,
        /// Milliseconds between two pieces.
        #[serde(default = "ten")]
        ms: u64,
    },
    /// The connection is reset after the request was read.
    Reset,
    /// The connection is closed once the head of the request has arrived; the body isn't read.
    CloseUnread,
    /// The connection is closed after the request was read, without a response.
    Close,
    /// Half of the body, then the end of the connection.
    Truncated,
    /// A Content-Length of half the body that follows.
    WrongLength,
    /// The correct status with a body that is no JSON.
    Garbage,
    /// A small compressed body that unpacks to this many MiB.
    GzipBomb {
        /// Size when unpacked, in MiB; at most 1024.
        #[serde(default = "hundred")]
        mib: u16,
    },
    /// On lists: the page before the requested one, a second time.
    DuplicatePage,
    /// On lists: the page after the requested one, which is never seen.
    MissingPage,
    /// On lists: all records are shifted by one, as when a record was removed meanwhile.
    ShiftingPage,
    /// On lists: `has_more` is inverted.
    LyingHasMore,
}

/// The value of a Retry-After header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum RetryAfter {
    /// Seconds.
    Seconds(u64),
    /// The text of the header, such as an HTTP date.
    Text(String),
}

fn elsewhere() -> String {
    // A name that can't exist.
    "http://elsewhere.invalid".to_owned()
}

fn one() -> usize {
    1
}

fn ten() -> u64 {
    10
}

fn hundred() -> u16 {
    100
}

impl Fault {
    /// A response with this status and no Retry-After.
    pub fn status(status: u16) -> Self {
        Self::Status {
            status,
            retry_after: None,
        }
    }

    /// 429 with a Retry-After in seconds.
    pub fn too_many(seconds: u64) -> Self {
        Self::Status {
            status: 429,
            retry_after: Some(RetryAfter::Seconds(seconds)),
        }
    }

    /// 307 to a host that doesn't exist.
    pub fn redirect() -> Self {
        Self::Redirect { to: elsewhere() }
    }

    /// One of each kind.
    pub(crate) fn examples() -> [Self; 18] {
        [
            Self::status(500),
            Self::HtmlBadGateway,
            Self::OkWithError,
            Self::redirect(),
            Self::Latency { ms: 1000 },
            Self::Hang,
            Self::Drip {
                bytes: one(),
                ms: ten(),
            },
            Self::Reset,
            Self::CloseUnread,
            Self::Close,
            Self::Truncated,
            Self::WrongLength,
            Self::Garbage,
            Self::GzipBomb { mib: hundred() },
            Self::DuplicatePage,
            Self::MissingPage,
            Self::ShiftingPage,
            Self::LyingHasMore,
        ]
    }

    /// The kind, as in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::HtmlBadGateway => "html_bad_gateway",
            Self::OkWithError => "ok_with_error",
            Self::Redirect { .. } => "redirect",
            Self::Latency { .. } => "latency",
            Self::Hang => "hang",
            Self::Drip { .. } => "drip",
            Self::Reset => "reset",
            Self::CloseUnread => "close_unread",
            Self::Close => "close",
            Self::Truncated => "truncated",
            Self::WrongLength => "wrong_length",
            Self::Garbage => "garbage",
            Self::GzipBomb { .. } => "gzip_bomb",
            Self::DuplicatePage => "duplicate_page",
            Self::MissingPage => "missing_page",
            Self::ShiftingPage => "shifting_page",
            Self::LyingHasMore => "lying_has_more",
        }
    }

    /// Whether the call takes effect unless a rule says otherwise: it does where only the response
    /// is damaged, and doesn't where something in front of the service responds.
    pub(super) fn executes(&self) -> bool {
        !matches!(
            self,
            Self::Status { .. }
                | Self::HtmlBadGateway
                | Self::OkWithError
                | Self::Redirect { .. }
                | Self::CloseUnread
        )
    }

    /// Whether the response can only be made by performing the call.
    pub(super) fn needs_the_response(&self) -> bool {
        self.is_about_pages()
            || matches!(
                self,
                Self::Latency { .. }
                    | Self::Drip { .. }
                    | Self::Truncated
                    | Self::WrongLength
                    | Self::Garbage
                    | Self::GzipBomb { .. }
            )
    }

    /// Whether it applies to lists only.
    pub(super) fn is_about_pages(&self) -> bool {
        matches!(
            self,
            Self::DuplicatePage | Self::MissingPage | Self::ShiftingPage | Self::LyingHasMore
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_of_all_kinds_and_round_trip() {
        let mut names = Vec::new();
        for fault in Fault::examples() {
            let json = serde_json::to_value(&fault).expect("JSON");
            assert_eq!(json["kind"], fault.name());
            assert_eq!(
                serde_json::from_value::<Fault>(json).expect("a fault"),
                fault
            );
            names.push(fault.name());
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Fault::examples().len());
    }

    #[test]
    fn the_kind_is_enough() {
        for name in ["redirect", "drip", "gzip_bomb", "hang"] {
            let text = format!(r#"{{"kind": "{name}"}}"#);
            let fault: Fault = serde_json::from_str(&text).expect(name);
            assert_eq!(fault.name(), name);
        }
    }
}
