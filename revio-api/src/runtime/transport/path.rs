//! Values in the path of a request.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the characters that no part of a URL gives a meaning to (RFC 3986, section 2.3).
pub(in crate::runtime) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
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

/// Encodes a whole path: its segments, divided by slashes, one of which may stand in front. Or says what is wrong with it
/// without repeating it.
///
/// Refused is what could make a server, a proxy or a URL parser read another address or another path out of it.
pub(crate) fn encode_path(path: &str) -> Result<String, &'static str> {
    let relative = path.strip_prefix('/').unwrap_or(path);
    if relative.is_empty() {
        return Err("is empty");
    }
    if relative.contains("://") || relative.starts_with('/') {
        return Err("is an address; give the path below the base URL");
    }
    let first = relative.split('/').next().unwrap_or_default();
    if first.contains([':', '@']) {
        return Err(
            "starts like an address with a scheme or a user; give the path below the base URL",
        );
    }
    if relative.contains(['?', '#']) {
        return Err("holds a query or a fragment; add the query's values one by one");
    }
    if relative.chars().any(char::is_control) {
        return Err("holds a control character");
    }
    if relative.contains('\\') {
        return Err("holds a backslash; segments are divided by `/`");
    }
    if relative.contains('%') {
        return Err("holds a `%`; write it unencoded, it is encoded when it is sent");
    }
    if relative.contains(['{', '}']) {
        return Err("holds a placeholder; write the value in its place");
    }
    let mut encoded = String::with_capacity(relative.len() + 1);
    for segment in relative.split('/') {
        let segment = encode(segment).map_err(
            |_| "has a segment that is empty, `.` or `..`; a slash at the end makes an empty one",
        )?;
        encoded.push('/');
        encoded.push_str(&segment);
    }
    Ok(encoded)
}

/// Encodes one path segment, or says why the value can't be one.
///
/// `.` and `..` stay dot segments even when encoded, so a server or a URL parser would fold them into another path.
pub(in crate::runtime) fn encode(value: &str) -> Result<String, &'static str> {
    match value {
        "" => Err("is empty"),
        "." | ".." => Err("is `.` or `..`, which would change the path"),
        _ => Ok(utf8_percent_encode(value, RESERVED).to_string()),
    }
}
