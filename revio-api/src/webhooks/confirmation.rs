//! The handshake that confirms a receiver.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// The header that carries the secret, there and back. Its case doesn't matter.
pub const SECRET_HEADER: &str = "X-Hook-Secret";

/// The longest secret that is echoed; far above any that makes sense.
const LONGEST: usize = 4096;

/// The header to answer a confirmation with, beside status 200.
///
/// `Debug` doesn't show the secret.
///
/// ```
/// use revio_api::webhooks::Confirmation;
///
/// let headers = [("Content-Type", "application/json"), ("X-Hook-Secret", "4f1c")];
/// let confirmation = Confirmation::find(headers)?.expect("this request confirms a receiver");
/// assert_eq!((confirmation.name(), confirmation.value()), ("X-Hook-Secret", "4f1c"));
/// # Ok::<_, revio_api::webhooks::BadSecret>(())
/// ```
#[derive(Debug, Clone)]
pub struct Confirmation {
    secret: SecretString,
}

impl Confirmation {
    /// Looks for the secret among the headers of a request; without one the request is a notification.
    ///
    /// Names and values are taken as texts, bytes, or the header types of the crate `http`.
    ///
    /// # Errors
    /// When the header is there several times, is empty, or holds what must not be sent back: the caller may be anybody.
    /// Answer with status 400.
    pub fn find<N, V>(headers: impl IntoIterator<Item = (N, V)>) -> Result<Option<Self>, BadSecret>
    where
        N: AsRef<str>,
        V: AsRef<[u8]>,
    {
        let mut found = None;
        for (name, value) in headers {
            if !name.as_ref().eq_ignore_ascii_case(SECRET_HEADER) {
                continue;
            }
            let confirmation = Self::of(value.as_ref())?;
            if found.replace(confirmation).is_some() {
                return Err(BadSecret("comes several times"));
            }
        }
        Ok(found)
    }

    fn of(value: &[u8]) -> Result<Self, BadSecret> {
        let value = value.trim_ascii();
        if value.is_empty() {
            return Err(BadSecret("is empty"));
        }
        if value.len() > LONGEST {
            return Err(BadSecret("is too long"));
        }
        // A line break would let the caller write headers of the response.
        let plain = |byte: &u8| *byte == b' ' || byte.is_ascii_graphic();
        match std::str::from_utf8(value) {
            Ok(text) if value.iter().all(plain) => Ok(Self {
                secret: text.into(),
            }),
            _ => Err(BadSecret("holds a character that can't be echoed")),
        }
    }

    /// The name of the header to answer with: [`SECRET_HEADER`].
    pub fn name(&self) -> &'static str {
        SECRET_HEADER
    }

    /// The value of the header to answer with. It is a secret: keep it out of logs.
    pub fn value(&self) -> &str {
        self.secret.expose_secret()
    }
}

/// A secret that must not be echoed. It says why, and never repeats the secret.
///
/// ```
/// use revio_api::webhooks::Confirmation;
///
/// let error = Confirmation::find([("X-Hook-Secret", "")]).unwrap_err();
/// assert_eq!(error.to_string(), "the header X-Hook-Secret is empty");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSecret(&'static str);

impl fmt::Display for BadSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header {SECRET_HEADER} {}", self.0)
    }
}

impl std::error::Error for BadSecret {}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderMap;

    use super::{Confirmation, LONGEST};

    fn find(value: &[u8]) -> Result<Option<Confirmation>, String> {
        Confirmation::find([("X-HOOK-SECRET", value)]).map_err(|error| error.to_string())
    }

    #[test]
    fn the_headers_of_a_framework_will_do() {
        let mut headers = HeaderMap::new();
        headers.insert("x-hook-secret", "planted".parse().unwrap());
        headers.insert("host", "planted.example".parse().unwrap());
        let found = Confirmation::find(&headers).unwrap().unwrap();
        assert_eq!(found.value(), "planted");
        assert!(!format!("{found:?}").contains("planted"));
    }

    #[test]
    fn other_requests_confirm_nothing() {
        let headers = [("X-Hook-Secrets", "1"), ("Hook-Secret", "2"), ("", "3")];
        assert!(Confirmation::find(headers).unwrap().is_none());
    }

    #[test]
    fn nothing_is_echoed_that_could_be_more_than_a_value() {
        for bad in [
            "planted\r\nSet-Cookie: a=b",
            "planted\0",
            "planted\u{e4}",
            "planted\t1",
        ] {
            let error = find(bad.as_bytes()).unwrap_err();
            assert!(error.contains("can't be echoed"), "{error}");
            assert!(!error.contains("planted"), "{error}");
        }
        assert!(find(b"\xff").is_err());
        assert!(find(b"  ").unwrap_err().contains("is empty"));
        let long = vec![b'a'; LONGEST + 1];
        assert!(find(&long).unwrap_err().contains("is too long"));
        assert!(find(&long[1..]).unwrap().is_some());
    }

    #[test]
    fn two_secrets_are_one_too_many() {
        let twice = [("X-Hook-Secret", "1"), ("x-hook-secret", "1")];
        let error = Confirmation::find(twice).unwrap_err().to_string();
        assert!(error.contains("several times"), "{error}");
    }
}
