//! A field that the vendor documents as text in one place and as a number in another.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

use super::lenient;

/// Text or a number, sent back as it came, digit for digit.
///
/// ```
/// use revio_api::types::TextOrNumber;
///
/// let codes: Vec<TextOrNumber> = serde_json::from_str(r#"[235, "CRI"]"#)?;
/// assert_eq!(codes[0].as_i64(), Some(235));
/// assert_eq!(codes[1].as_str(), "CRI");
/// assert_eq!(serde_json::to_string(&codes)?, r#"[235,"CRI"]"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TextOrNumber {
    text: Box<str>,
    is_number: bool,
}

impl TextOrNumber {
    /// The text, or the digits of the number.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The whole number that this is, or that its text spells.
    pub fn as_i64(&self) -> Option<i64> {
        self.text.parse().ok()
    }

    /// Whether it came, and goes out, as a JSON number.
    pub fn is_number(&self) -> bool {
        self.is_number
    }
}

impl From<i32> for TextOrNumber {
    fn from(number: i32) -> Self {
        Self::from(i64::from(number))
    }
}

impl From<i64> for TextOrNumber {
    fn from(number: i64) -> Self {
        Self {
            text: number.to_string().into(),
            is_number: true,
        }
    }
}

impl From<&str> for TextOrNumber {
    fn from(text: &str) -> Self {
        Self {
            text: text.into(),
            is_number: false,
        }
    }
}

impl From<String> for TextOrNumber {
    fn from(text: String) -> Self {
        Self {
            text: text.into(),
            is_number: false,
        }
    }
}

impl fmt::Display for TextOrNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for TextOrNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_number {
            let raw = RawValue::from_string(self.text.to_string()).map_err(ser::Error::custom)?;
            raw.serialize(serializer)
        } else {
            serializer.serialize_str(&self.text)
        }
    }
}

impl<'de> Deserialize<'de> for TextOrNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let is_number = match raw.get().as_bytes().first() {
            Some(b'"') => false,
            Some(b'-' | b'0'..=b'9') => true,
            _ => {
                return Err(de::Error::invalid_type(
                    de::Unexpected::Other("value"),
                    &"text or a number",
                ));
            }
        };
        let text = lenient::scalar::<D::Error>(&raw)?;
        Ok(Self {
            text: text.into(),
            is_number,
        })
    }
}
