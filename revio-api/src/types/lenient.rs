//! Readers for fields whose JSON type the vendor's pages and samples disagree on.
//!
//! For `#[serde(default, deserialize_with = "crate::types::lenient::..")]`.

use std::borrow::{Borrow, Cow};

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// Reads text, a number (keeping its digits), `true`, `false` or `null`.
pub(crate) fn string<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let raw = Option::<Box<RawValue>>::deserialize(deserializer)?;
    raw.map(|raw| scalar(&raw).map(Cow::into_owned)).transpose()
}

/// Reads a whole number, a string that holds one, or `null`. An empty string reads as none.
pub(crate) fn integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i32>, D::Error> {
    let Some(raw) = Option::<Box<RawValue>>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let text = scalar(&raw)?;
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let invalid =
        || de::Error::invalid_value(de::Unexpected::Other("text"), &"a whole number of 32 bits");
    text.parse().map(Some).map_err(|_| invalid())
}

/// A yes or no as servers of this kind write it, from the raw text of a JSON value; `None` if it says neither.
pub(crate) fn flag(token: &str) -> Option<bool> {
    let text = unquoted(token);
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_one_of(&["true", "yes", "y", "t"]) {
        return Some(true);
    }
    if is_one_of(&["false", "no", "n", "f"]) {
        return Some(false);
    }
    match count(token)? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// A whole number, also as a string or with zeros behind the point, from the raw text of a JSON value.
pub(crate) fn count(token: &str) -> Option<i64> {
    let text = unquoted(token);
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0') => {
            whole
        }
        _ => text,
    };
    whole.parse().ok()
}

fn unquoted(token: &str) -> &str {
    let inner = token
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(token).trim()
}

/// A key of an object without case, underscores and dashes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(pub(crate) String);

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = Cow::<str>::deserialize(deserializer)?;
        let letters = key.chars().filter(|letter| !matches!(letter, '_' | '-'));
        Ok(Self(
            letters.map(|letter| letter.to_ascii_lowercase()).collect(),
        ))
    }
}

/// The text of a JSON string, or the token of any other scalar.
pub(super) fn scalar<E: de::Error>(raw: &RawValue) -> Result<Cow<'_, str>, E> {
    let token = raw.get();
    let wrong = |unexpected| E::invalid_type(unexpected, &"text or a number");
    match token.as_bytes().first() {
        Some(b'"') => serde_json::from_str(token)
            .map(Cow::Owned)
            .map_err(|_| wrong(de::Unexpected::Other("text"))),
        Some(b'{') => Err(wrong(de::Unexpected::Map)),
        Some(b'[') => Err(wrong(de::Unexpected::Seq)),
        _ => Ok(Cow::Borrowed(token)),
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use crate::types::Nullable;

    #[derive(Debug, PartialEq, Default, Serialize, Deserialize)]
    struct Loose {
        #[serde(default, deserialize_with = "super::string")]
        text: Option<String>,
        #[serde(default, deserialize_with = "super::integer")]
        number: Option<i32>,
        #[serde(
            default,
            deserialize_with = "crate::types::nullable::present",
            skip_serializing_if = "Option::is_none"
        )]
        cleared: Option<Nullable<i32>>,
    }

    fn read(text: &str) -> Result<Loose, serde_json::Error> {
        serde_json::from_str(text)
    }

    #[test]
    fn text_takes_any_scalar_and_keeps_its_digits() {
        for (json, expected) in [
            (r#""a\"b""#, Some("a\"b")),
            ("1234567890123.4567", Some("1234567890123.4567")),
            ("1e2", Some("1e2")),
            ("true", Some("true")),
            (r#""""#, Some("")),
            ("null", None),
        ] {
            let loose = read(&format!(r#"{{"text":{json}}}"#)).expect(json);
            assert_eq!(loose.text.as_deref(), expected, "{json}");
        }
        for json in ["{}", "[1]"] {
            let error = read(&format!(r#"{{"text":{json}}}"#)).expect_err(json);
            assert!(
                error.to_string().contains("expected text or a number"),
                "{error}"
            );
        }
        assert_eq!(read("{}").unwrap(), Loose::default());
    }

    #[test]
    fn whole_numbers_may_be_text() {
        for (json, expected) in [
            ("7", Some(7)),
            (r#""-7""#, Some(-7)),
            (r#"" 7 ""#, Some(7)),
            (r#""""#, None),
            ("null", None),
        ] {
            let loose = read(&format!(r#"{{"number":{json}}}"#)).expect(json);
            assert_eq!(loose.number, expected, "{json}");
        }
        for json in ["1.5", r#""Ann""#, "2147483648", "true", "{}"] {
            let error = read(&format!(r#"{{"number":{json}}}"#))
                .expect_err(json)
                .to_string();
            assert!(
                error.contains("expected") && !error.contains("Ann"),
                "{error}"
            );
        }
    }

    #[test]
    fn flags_and_counts_are_read_in_every_spelling() {
        for (token, flag) in [
            ("true", Some(true)),
            (r#""True""#, Some(true)),
            ("1", Some(true)),
            ("1.0", Some(true)),
            (r#"" Y ""#, Some(true)),
            ("false", Some(false)),
            (r#""no""#, Some(false)),
            (r#""0""#, Some(false)),
            ("null", None),
            ("2", None),
            (r#""""#, None),
            (r#""maybe""#, None),
            ("[]", None),
        ] {
            assert_eq!(super::flag(token), flag, "{token}");
        }
        for (token, count) in [
            ("5", Some(5)),
            (r#""5""#, Some(5)),
            ("5.00", Some(5)),
            (r#"" 5 ""#, Some(5)),
            ("-1", Some(-1)),
            ("5.5", None),
            ("5.", None),
            (r#""""#, None),
            ("null", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(super::count(token), count, "{token}");
        }
    }

    #[test]
    fn null_is_kept_apart_from_absent() {
        for (json, expected) in [
            ("{}", None),
            (r#"{"cleared":null}"#, Some(Nullable::Null)),
            (r#"{"cleared":5}"#, Some(Nullable::Value(5))),
        ] {
            let loose = read(json).expect(json);
            assert_eq!(loose.cleared, expected, "{json}");
            let written = serde_json::to_string(&loose).unwrap();
            assert_eq!(read(&written).unwrap(), loose);
            assert_eq!(written.contains("cleared"), expected.is_some(), "{written}");
        }
    }
}
