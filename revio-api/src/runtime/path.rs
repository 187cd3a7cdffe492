//! Values in the path of a request.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the characters that no part of a URL gives a meaning to (RFC 3986, section 2.3).
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value that can fill a placeholder of a path.
pub(crate) trait PathValue {
    /// The text of the value, not encoded yet.
    fn segment(&self) -> Cow<'_, str>;
}

impl PathValue for str {
    fn segment(&self) -> Cow<'_, str> {
        self.into()
    }
}

impl PathValue for String {
    fn segment(&self) -> Cow<'_, str> {
        self.into()
    }
}

impl PathValue for i32 {
    fn segment(&self) -> Cow<'_, str> {
        self.to_string().into()
    }
}

impl PathValue for i64 {
    fn segment(&self) -> Cow<'_, str> {
        self.to_string().into()
    }
}

impl<T: PathValue + ?Sized> PathValue for &T {
    fn segment(&self) -> Cow<'_, str> {
        (**self).segment()
    }
}

/// Encodes one path segment, or says why the value can't be one.
///
/// `.` and `..` stay dot segments even when encoded, so a server or a URL parser would fold them into another path.
pub(super) fn encode(value: &str) -> Result<String, &'static str> {
    match value {
        "" => Err("is empty"),
        "." | ".." => Err("is `.` or `..`, which would change the path"),
        _ => Ok(utf8_percent_encode(value, RESERVED).to_string()),
    }
}
