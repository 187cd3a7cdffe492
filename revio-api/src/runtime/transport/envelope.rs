//! What the outermost level of a 2xx body says: whether the call was carried out, and whether it holds records.
//!
//! The vendor documents `ok`, `has_more`, `record_count` and `records`. Servers and gateways of this kind also send other
//! spellings, bare messages, and statuses of their own inside of a 200.

use std::fmt;

use memchr::memmem;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::BODY_KEPT;
use crate::types::lenient;

/// The outermost level of a body.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether a kind of field is there, in any combination"
)]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::runtime) struct Envelope {
    /// `ok` or `success`; no wins.
    pub(in crate::runtime) ok: Option<bool>,
    /// An HTTP status of 400 or above under a name that means nothing else.
    status: Option<u16>,
    /// The same under a name that could mean something else.
    code: Option<u16>,
    /// Whether there is a message.
    message: bool,
    /// Whether there is an error.
    error: bool,
    /// Whether there are `records`.
    pub(in crate::runtime) records: Records,
    /// Whether there is an id, as in a record.
    id: bool,
    /// Whether there is anything else.
    others: bool,
}

/// What a body has for `records`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::runtime) enum Records {
    #[default]
    Absent,
    /// `null` or an empty list.
    Empty,
    Some,
}

impl Envelope {
    /// Reads a body; `None` if it is no JSON. Text in another encoding than UTF-8 doesn't keep it from saying no.
    pub(in crate::runtime) fn read(body: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(body);
        Self::at(text.trim_start_matches('\u{feff}'), 0)
    }

    /// Reads a body that is expected to be a page. A large one is a page as a rule, and reading it twice would cost more
    /// than all else: unless a word in it could be a refusal, it is left to who reads the records.
    pub(in crate::runtime) fn read_page(body: &[u8]) -> Option<Self> {
        if body.len() > BODY_KEPT && !could_refuse(body) {
            return Some(Self {
                records: Records::Some,
                ..Self::default()
            });
        }
        Self::read(body)
    }

    fn at(json: &str, depth: u8) -> Option<Self> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let level = Level { depth };
        // By the first byte: a visitor of any value would see numbers as maps once some crate of the build switches
        // `serde_json/arbitrary_precision` on.
        let envelope = match json.trim_start().as_bytes().first()? {
            b'{' => deserializer.deserialize_map(level).ok()?,
            b'[' if depth == 0 => deserializer.deserialize_seq(level).ok()?,
            first => {
                let token = <&RawValue>::deserialize(&mut deserializer).ok()?.get();
                Self {
                    ok: (token == "false").then_some(false),
                    message: *first == b'"' && !said_ok(token),
                    others: !matches!(first, b'"' | b'n'),
                    ..Self::default()
                }
            }
        };
        deserializer.end().ok()?;
        Some(envelope)
    }

    /// Whether the body is a message or an error and nothing else.
    pub(in crate::runtime) fn is_message(&self) -> bool {
        self.speaks()
            && self.records == Records::Absent
            && !self.others
            && !self.id
            && self.ok.is_none()
    }

    /// Whether the body says something beside what it may be otherwise.
    pub(in crate::runtime) fn speaks(&self) -> bool {
        self.message || self.error
    }

    /// Whether the body looks like a failure of something that has an id of its own: an incident, a remote call.
    pub(in crate::runtime) fn is_failure(&self) -> bool {
        self.ok != Some(true) && (self.error || self.any_status().is_some())
    }

    /// Whether the body looks like a record.
    pub(in crate::runtime) fn is_record(&self) -> bool {
        self.id && !self.error
    }

    /// The HTTP status of 400 or above that the body states, in a body that is no result for certain.
    pub(in crate::runtime) fn any_status(&self) -> Option<u16> {
        self.status.or(self.code)
    }

    /// The HTTP status of 400 or above that the body states in place of a result.
    pub(in crate::runtime) fn stated_status(&self) -> Option<u16> {
        if self.records == Records::Some || self.ok == Some(true) {
            return None;
        }
        let code = self.code.filter(|_| self.speaks() || self.ok.is_some());
        let status = self.status.filter(|_| !self.id);
        status.or(code.filter(|_| !self.others && !self.id))
    }

    fn merge(&mut self, other: Self) {
        self.ok = match (self.ok, other.ok) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (mine, other) => mine.or(other),
        };
        self.status = self.status.or(other.status);
        self.code = self.code.or(other.code);
        self.message |= other.message;
        self.error |= other.error;
        self.records = self.records.max(other.records);
        self.id |= other.id;
        self.others |= other.others;
    }

    fn field(&mut self, key: &str, value: &RawValue, depth: u8) {
        let token = value.get();
        if token == "null" && key != "records" {
            return;
        }
        match key {
            "ok" | "success" => match lenient::flag(token) {
                Some(flag) => self.merge(Self {
                    ok: Some(flag),
                    ..Self::default()
                }),
                None => self.others = true,
            },
            "records" => {
                let list = token
                    .strip_prefix('[')
                    .and_then(|rest| rest.strip_suffix(']'));
                let is_empty = token == "null" || list.is_some_and(|items| items.trim().is_empty());
                self.records = if is_empty {
                    Records::Empty
                } else {
                    Records::Some
                };
            }
            "hasmore" | "recordcount" | "type" | "traceid" | "activityid" | "requestid"
            | "instance" | "timestamp" | "path" | "jsonrpc" | "helplink" => {}
            "statuscode" | "httpstatuscode" | "httpstatus" => {
                self.status = self.status.or_else(|| error_status(token));
            }
            "status" | "code" | "errorcode" => match error_status(token) {
                Some(status) => self.code = self.code.or(Some(status)),
                None if key == "status" && says_failure(token) => self.ok = Some(false),
                None => self.others |= key == "status",
            },
            "message" | "detail" | "title" | "reason" | "reasons" => {
                self.message |= !is_hollow(token);
            }
            "error" | "errors" | "errormessage" | "errordescription" | "exceptionmessage"
            | "exceptiontype" | "innerexception" | "messagedetail" | "stacktrace"
            | "modelstate" | "fault" => {
                self.error |= !is_hollow(token) && lenient::flag(token) != Some(false);
                // `{"error": {"code": 503, "message": ".."}}`
                let is_object = token.starts_with('{') && depth < DEEPEST;
                if let Some(inner) = is_object.then(|| Self::at(token, DEEPEST)).flatten() {
                    self.code = self.code.or(inner.any_status());
                }
            }
            _ => {
                self.id |= key.ends_with("id") && lenient::count(token).is_some_and(|id| id > 0);
                self.others = true;
            }
        }
    }
}

/// Whether a value says nothing.
fn is_hollow(token: &str) -> bool {
    matches!(token, r#""""# | "[]" | "{}")
}

/// Whether a status in words says that something failed.
fn says_failure(token: &str) -> bool {
    let text = token.trim_matches('"').trim();
    ["error", "fail", "failed", "failure"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// How far errors are nested: in an array, and in a field of an object.
const DEEPEST: u8 = 2;

/// Whether the body has a word for yes or no with a no behind it.
fn could_refuse(body: &[u8]) -> bool {
    const WORDS: [&[u8]; 6] = [
        br#""ok""#,
        br#""Ok""#,
        br#""OK""#,
        br#""success""#,
        br#""Success""#,
        br#""SUCCESS""#,
    ];
    WORDS.iter().any(|word| {
        memmem::find_iter(body, word).any(|start| {
            let rest = body[start + word.len()..].trim_ascii_start();
            let value = rest.strip_prefix(b":").map(<[u8]>::trim_ascii_start);
            value.is_some_and(|value| !value.starts_with(b"true"))
        })
    })
}

/// A status of a failure.
fn error_status(token: &str) -> Option<u16> {
    let number = lenient::count(token)?;
    u16::try_from(number)
        .ok()
        .filter(|status| (400..=599).contains(status))
}

/// Reads the fields of an object, or what the values of an array say together.
struct Level {
    depth: u8,
}

/// Whether a bare string says that all went well, or nothing.
fn said_ok(token: &str) -> bool {
    let text = token.trim_matches('"').trim();
    ["", "ok", "success", "true"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

impl<'de> Visitor<'de> for Level {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a response")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope, A::Error> {
        let mut envelope = Envelope::default();
        while let Some(key) = map.next_key::<lenient::Key>()? {
            envelope.field(&key.0, map.next_value()?, self.depth);
        }
        Ok(envelope)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Envelope, A::Error> {
        let mut envelope = Envelope::default();
        while let Some(item) = items.next_element::<&RawValue>()? {
            envelope.merge(Envelope::at(item.get(), self.depth + 1).unwrap_or_default());
        }
        Ok(envelope)
    }
}

#[cfg(test)]
mod tests {
    use super::Envelope;

    fn read(text: &str) -> Envelope {
        Envelope::read(text.as_bytes()).expect(text)
    }

    #[test]
    fn a_refusal_is_read_in_every_spelling() {
        for text in [
            r#"{"ok":false}"#,
            r#"{"Ok":false,"error":"no"}"#,
            r#"{"OK": "False" }"#,
            r#"{"ok":"false","error":"no"}"#,
            r#"{"ok":0}"#,
            r#"{"ok":"0","records":[]}"#,
            r#"{"success":false,"reasons":[{"code":53000040}]}"#,
            r#"{"Success":"no"}"#,
            r#"{"ok":true,"success":false}"#,
            r#"[{"ok":true},{"ok":false}]"#,
            "false",
        ] {
            assert_eq!(read(text).ok, Some(false), "{text}");
        }
        for text in [
            r#"{"ok":true}"#,
            r#"{"ok":1,"id":5}"#,
            r#"{"Success":"TRUE"}"#,
            r#"{"nested":{"ok":false},"ok":true}"#,
        ] {
            assert_eq!(read(text).ok, Some(true), "{text}");
        }
        for text in [
            "{}",
            "[]",
            "null",
            "5",
            r#"{"ok":null}"#,
            r#"{"ok":"maybe"}"#,
        ] {
            assert_eq!(read(text).ok, None, "{text}");
        }
    }

    #[test]
    fn a_status_inside_is_read_where_it_can_be_nothing_else() {
        for (text, status) in [
            (r#"{"statusCode":429,"message":"slow down"}"#, Some(429)),
            (r#"{"StatusCode":"503"}"#, Some(503)),
            (r#"{"error":{"code":503,"message":"later"}}"#, Some(503)),
            (
                r#"{"status":500,"title":"oops","detail":"broken"}"#,
                Some(500),
            ),
            (r#"{"ok":false,"code":429}"#, Some(429)),
            (r#"{"statusCode":200,"message":"fine"}"#, None),
            (r#"{"status":500,"customer_id":5}"#, None),
            (r#"{"code":404}"#, None),
            (r#"{"ok":true,"statusCode":500}"#, None),
            (r#"{"statusCode":500,"records":[]}"#, Some(500)),
            (r#"{"statusCode":500,"records":[1]}"#, None),
            (r#"{"customer_id":7,"status_code":404}"#, None),
            (r#"{"order_id":7,"reason":{"code":503}}"#, None),
            (r#"{"status":"ACTIVE","message":"hello"}"#, None),
        ] {
            assert_eq!(read(text).stated_status(), status, "{text}");
        }
    }

    #[test]
    fn a_message_alone_is_no_record() {
        for text in [
            r#"{"message":"exploded"}"#,
            r#"{"Message":"The request is invalid.","ModelState":{"amount":["missing"]}}"#,
            r#"{"error":{"code":1,"text":"no"}}"#,
            r#""An error occurred.""#,
            r#"[{"message":"amount is missing"}]"#,
        ] {
            assert!(read(text).is_message(), "{text}");
        }
        for text in [
            "{}",
            r#"{"message":null}"#,
            r#"{"ok":true,"message":"done"}"#,
            r#"{"task_id":5,"message":"call back"}"#,
            r#""ok""#,
        ] {
            assert!(!read(text).is_message(), "{text}");
        }
        assert_eq!(Envelope::read(b"<html></html>"), None);
        assert_eq!(Envelope::read(b"{} x"), None);
    }
}
