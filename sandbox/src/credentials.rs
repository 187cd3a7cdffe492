//! The account of a sandbox.

use std::fmt;

/// Made-up credentials contain one of these words, in any case.
pub(crate) const FAKE: [&str; 6] = ["sandbox", "test", "fake", "demo", "example", "dummy"];

/// The header of the subscription key.
pub(crate) const KEY_HEADER: &str = "ocp-apim-subscription-key";

/// Whether a name, password or key is recognisably made up.
pub(crate) fn is_fake(text: &str) -> bool {
    let text = text.to_lowercase();
    FAKE.iter().any(|word| text.contains(word))
}

/// The made-up account of a sandbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    user: String,
    client: String,
    password: String,
    subscription_key: Option<String>,
}

impl Credentials {
    /// Made-up credentials. Each has to contain a word such as `test`; a sandbox refuses to start
    /// with others, since they may be real.
    pub fn new(
        user: impl Into<String>,
        client: impl Into<String>,
        password: impl Into<String>,
    ) -> Self {
        Self {
            user: user.into(),
            client: client.into(),
            password: password.into(),
            subscription_key: None,
        }
    }

    /// Requires a subscription key as well, like the newer host.
    pub fn with_subscription_key(mut self, key: impl Into<String>) -> Self {
        self.subscription_key = Some(key.into());
        self
    }

    /// Fails with the name of the part that may be real.
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let key = self.subscription_key();
        let all = [
            ("user name", Some(self.user())),
            ("client code", Some(self.client())),
            ("password", Some(self.password())),
            ("subscription key", key),
        ];
        let real = all.into_iter().find(|(_, text)| !text.is_none_or(is_fake));
        real.map_or(Ok(()), |(what, _)| Err(what))
    }

    /// The user name, without the client code.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The client code.
    pub fn client(&self) -> &str {
        &self.client
    }

    /// The password.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The subscription key, where one is required.
    pub fn subscription_key(&self) -> Option<&str> {
        self.subscription_key.as_deref()
    }
}

impl Default for Credentials {
    /// `sandbox_user`, `sandbox_client`, `sandbox_password`, and no subscription key.
    fn default() -> Self {
        Self::new("sandbox_user", "sandbox_client", "sandbox_password")
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secrets() {
        let credentials = Credentials::default().with_subscription_key("sandbox_key");
        assert_eq!(format!("{credentials:?}"), "Credentials(..)");
    }
}
