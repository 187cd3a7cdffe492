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
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::runtime) struct Envelope {
    /// `ok` or `success`; no wins.
    pub(in crate::runtime) ok: Option<bool>,
    /// An HTTP status of 400 or above under a name that means nothing else.
    status: Option<u16>,
    /// The same under a name that could mean something else.
    code: Option<u16>,
    /// Whether there is a message or an error.
    pub(in crate::runtime) message: bool,
    /// Whether there are `records`, if only `null`.
    pub(in crate::runtime) records: bool,
    /// Whether there is anything else.
    others: bool,
}

impl Envelope {
    /// Reads a body; `None` if it is no JSON. Text in another encoding than UTF-8 doesn't keep it from saying no.
    pub(in crate::runtime) fn read(body: &[u8]) -> Option<Self> {
        Self::at(&String::from_utf8_lossy(body), 0)
    }

    /// Reads a body that is expected to be a page. A large one is a page as a rule, and reading it twice would cost more
    /// than all else: unless a word in it could be a refusal, it is left to who reads the records.
    pub(in crate::runtime) fn read_page(body: &[u8]) -> Option<Self> {
        if body.len() > BODY_KEPT && !could_refuse(body) {
            return Some(Self {
                records: true,
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

    /// Whether the body is a message and nothing else.
    pub(in crate::runtime) fn is_message(&self) -> bool {
        self.message && !self.records && !self.others && self.ok.is_none()
    }

    /// The HTTP status of 400 or above that the body states, in a body that is no result for certain.
    pub(in crate::runtime) fn any_status(&self) -> Option<u16> {
        self.status.or(self.code)
    }

    /// The HTTP status of 400 or above that the body states in place of a result.
    pub(in crate::runtime) fn stated_status(&self) -> Option<u16> {
        if self.records || self.ok == Some(true) {
            return None;
        }
        let code = self.code.filter(|_| self.message || self.ok.is_some());
        self.status.or(code.filter(|_| !self.others))
    }

    fn merge(&mut self, other: Self) {
        self.ok = match (self.ok, other.ok) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (mine, other) => mine.or(other),
        };
        self.status = self.status.or(other.status);
        self.code = self.code.or(other.code);
        self.message |= other.message;
        self.records |= other.records;
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
            "records" => self.records = true,
            "hasmore" | "recordcount" | "type" | "title" | "traceid" | "activityid"
            | "requestid" => {}
            "statuscode" | "httpstatuscode" | "httpstatus" => {
                self.status = self.status.or_else(|| error_status(token));
            }
            "status" | "code" | "errorcode" => match error_status(token) {
                Some(status) => self.code = self.code.or(Some(status)),
                None => self.others |= key == "status",
            },
            "message" | "errormessage" | "error" | "errors" | "errordescription"
            | "exceptionmessage" | "exceptiontype" | "stacktrace" | "detail" | "reason"
            | "reasons" | "modelstate" => {
                self.message |= !matches!(token, r#""""# | "[]" | "{}");
                // `{"error": {"code": 503, "message": ".."}}`
                let is_object = token.starts_with('{') && depth < DEEPEST;
                if let Some(inner) = is_object.then(|| Self::at(token, DEEPEST)).flatten() {
                    self.status = self.status.or(inner.status).or(inner.code);
                }
            }
            _ => self.others = true,
        }
    }
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
            (r#"{"statusCode":500,"records":[]}"#, None),
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
