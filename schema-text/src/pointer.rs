//! JSON pointers (RFC 6901) as text: `/paths/~1Customers/get`.

use std::borrow::Cow;

/// A key as it stands in a pointer: `~` becomes `~0`, `/` becomes `~1`.
///
/// ```
/// use api_schema_text::pointer;
///
/// assert_eq!(pointer::escape("/Bills/{id}"), "~1Bills~1{id}");
/// assert_eq!(pointer::unescape("~1Bills~1{id}"), "/Bills/{id}");
/// ```
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        key.replace('~', "~0").replace('/', "~1").into()
    } else {
        key.into()
    }
}

/// The key that a token of a pointer stands for. A `~` that starts no escape stays as it is.
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        token.replace("~1", "/").replace("~0", "~").into()
    } else {
        token.into()
    }
}

/// The keys of a pointer, outermost first; none for the empty pointer, which means the root.
///
/// ```
/// use api_schema_text::pointer;
///
/// let keys: Vec<_> = pointer::keys("/paths/~1Bills/get").collect();
/// assert_eq!(keys, ["paths", "/Bills", "get"]);
/// ```
pub fn keys(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> + Clone {
    pointer.split('/').skip(1).map(unescape)
}

/// The last key of a pointer; none for the root.
pub fn last(pointer: &str) -> Option<Cow<'_, str>> {
    Some(split(pointer)?.1)
}

/// The pointer to the parent, and the last key; none for the root.
///
/// ```
/// use api_schema_text::pointer;
///
/// let (parent, key) = pointer::split("/paths/~1Bills").unwrap();
/// assert_eq!((parent, &*key), ("/paths", "/Bills"));
/// ```
pub fn split(pointer: &str) -> Option<(&str, Cow<'_, str>)> {
    let (parent, token) = pointer.rsplit_once('/')?;
    Some((parent, unescape(token)))
}

/// Appends a key to a pointer.
///
/// ```
/// use api_schema_text::pointer;
///
/// let mut path = "/paths".to_owned();
/// pointer::push(&mut path, "/Bills");
/// assert_eq!(path, "/paths/~1Bills");
/// ```
pub fn push(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The pointer of an entry below another one.
pub fn join(pointer: &str, key: &str) -> String {
    let mut joined = pointer.to_owned();
    push(&mut joined, key);
    joined
}

/// An index of a list: digits without a leading zero or sign.
pub(crate) fn index(key: &str) -> Option<usize> {
    let plain = key == "0" || !key.starts_with(['0', '+']);
    if plain { key.parse().ok() } else { None }
}
