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
