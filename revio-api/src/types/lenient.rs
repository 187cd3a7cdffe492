//! Readers for fields whose JSON type the vendor's pages and samples disagree on.
//!
//! For `#[serde(default, deserialize_with = "crate::types::lenient::..")]`.

use std::borrow::Cow;

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
