//! A plain HTTP client beside the one under test, so that neither has to vouch for itself.

use revio_sandbox::Sandbox;
use serde_json::Value;

/// Reads what a sandbox holds.
pub struct Direct {
    http: reqwest::Client,
    base_url: String,
    user: String,
    password: String,
    key: Option<String>,
}

impl Direct {
    /// A client with the sandbox's credentials.
    pub fn to(sandbox: &Sandbox) -> Self {
        let account = sandbox.credentials();
        Self {
            http: reqwest::Client::new(),
            base_url: sandbox.base_url().to_owned(),
            user: format!("{}@{}", account.user(), account.client()),
            password: account.password().to_owned(),
            key: account.subscription_key().map(str::to_owned),
        }
    }

    /// The JSON at a path, digits as they came.
    pub async fn get(&self, path: &str) -> Value {
        let mut request = self
            .http
            .get(format!("{}{path}", self.base_url))
            .basic_auth(&self.user, Some(&self.password));
        if let Some(key) = &self.key {
            request = request.header("ocp-apim-subscription-key", key);
        }
        let response = request.send().await.expect("a reply");
        let status = response.status();
        let text = response.text().await.expect("a whole reply");
        assert!(status.is_success(), "GET {path}: {status} {text}");
        serde_json::from_str(&text).expect("JSON")
    }
}
