//! Who is calling.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// An API user of one Rev.io client (tenant).
///
/// Rev.io wants HTTP Basic with `user@client_code` as the user name. The vendor's sandbox has a client code of its own
/// and the same address. The values are checked when a [`Client`](crate::Client) is built; `Debug` shows none of them.
///
/// ```
/// use revio_api::{Client, Credentials};
///
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
///
/// let error = Client::builder(Credentials::new("ann@example.com", "client_code", "password")).build().unwrap_err();
/// assert!(error.to_string().contains("user name contains `@`"));
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Clone)]
pub struct Credentials {
    user: String,
    client_code: String,
    password: SecretString,
    subscription_key: Option<SecretString>,
}

/// What is wrong with which of the values; never the value.
pub(crate) struct BadCredential {
    pub(crate) part: Part,
    pub(crate) problem: &'static str,
}

/// One of the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    User,
    ClientCode,
    Password,
    SubscriptionKey,
}

impl Part {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::User => "the user name",
            Self::ClientCode => "the client code",
            Self::Password => "the password",
            Self::SubscriptionKey => "the subscription key",
        }
    }
}

impl Credentials {
    /// Credentials from an API user's name, the client code and the password.
    ///
    /// The user name must not be an e-mail address: a second `@` breaks the vendor's check.
    pub fn new(
        user: impl Into<String>,
        client_code: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        Self {
            user: user.into(),
            client_code: client_code.into(),
            password: SecretString::from(password.into()),
            subscription_key: None,
        }
    }

    pub(crate) fn set_subscription_key(&mut self, key: String) {
        self.subscription_key = Some(SecretString::from(key));
    }

    pub(crate) fn user(&self) -> &str {
        &self.user
    }

    pub(crate) fn client_code(&self) -> &str {
        &self.client_code
    }

    pub(crate) fn password(&self) -> &SecretString {
        &self.password
    }

    /// Checks all but the subscription key.
    pub(crate) fn check(&self) -> Result<(), BadCredential> {
        check(Part::User, &self.user)?;
        check(Part::ClientCode, &self.client_code)?;
        check(Part::Password, self.password.expose_secret())
    }

    /// The value of the `Authorization` header.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, BadCredential> {
        self.check()?;
        let pair = SecretString::from(format!(
            "{}@{}:{}",
            self.user,
            self.client_code,
            self.password.expose_secret()
        ));
        let header = SecretString::from(format!("Basic {}", STANDARD.encode(pair.expose_secret())));
        sensitive(Part::Password, header.expose_secret())
    }

    /// The value of the gateway's key header, if there is a key.
    pub(crate) fn subscription_key(&self) -> Result<Option<HeaderValue>, BadCredential> {
        let Some(key) = &self.subscription_key else {
            return Ok(None);
        };
        check(Part::SubscriptionKey, key.expose_secret())?;
        sensitive(Part::SubscriptionKey, key.expose_secret()).map(Some)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(<redacted>)")
    }
}

fn check(part: Part, value: &str) -> Result<(), BadCredential> {
    let bad = |problem| Err(BadCredential { part, problem });
    let names_account = matches!(part, Part::User | Part::ClientCode);
    if value.trim().is_empty() {
        bad("is empty")
    } else if value.chars().any(char::is_control) {
        bad("contains a control character, such as a line break")
    } else if names_account && value.contains('@') {
        bad(
            "contains `@`; the API user's name and the client code are given apart, and neither is an e-mail address",
        )
    } else if names_account && value.contains(':') {
        bad("contains `:`, which HTTP Basic authentication cannot carry there")
    } else if part == Part::SubscriptionKey && !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        bad("contains a character that a header cannot carry")
    } else {
        Ok(())
    }
}

fn sensitive(part: Part, value: &str) -> Result<HeaderValue, BadCredential> {
    let mut header = HeaderValue::from_str(value).map_err(|_| BadCredential {
        part,
        problem: "contains a character that a header cannot carry",
    })?;
    header.set_sensitive(true);
    Ok(header)
}
