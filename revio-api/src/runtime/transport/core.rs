//! What all clones of a client share: connections to one origin for one account, quota, retries, hooks.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};

use crate::base_url::Origin;
use crate::clock::Clock;
use crate::error::Error;
use crate::journal::Journal;
use crate::observe::Hooks;
use crate::quota::QuotaStore;
use crate::retry::RetryPolicy;
use crate::runtime::retry::budget::RetryBudget;
use crate::runtime::retry::jitter::Random;

/// What a [`Core`] is made of.
pub(crate) struct Settings {
    pub(crate) origin: Origin,
    /// Sent with every call.
    pub(crate) headers: HeaderMap,
    pub(crate) user_agent: HeaderValue,
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) quota: Arc<dyn QuotaStore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) hooks: Hooks,
    pub(crate) paths: BTreeMap<&'static str, String>,
    pub(crate) journal: Option<Journal>,
}

/// What all clones of a client share.
pub(crate) struct Core {
    /// Keeps connections open and uses them again.
    pub(in crate::runtime) pooled: reqwest::Client,
    /// Opens a connection for each call: one that sat idle may be dead, which shows only once something is sent.
    pub(in crate::runtime) fresh: reqwest::Client,
    pub(in crate::runtime) origin: Origin,
    pub(in crate::runtime) timeout: Duration,
    pub(in crate::runtime) max_response_bytes: usize,
    pub(in crate::runtime) retry: RetryPolicy,
    pub(in crate::runtime) budget: RetryBudget,
    pub(in crate::runtime) quota: Arc<dyn QuotaStore>,
    pub(in crate::runtime) clock: Arc<dyn Clock>,
    pub(in crate::runtime) random: Arc<dyn Random>,
    pub(in crate::runtime) hooks: Hooks,
    /// By operation: templates that are used instead of the operations' own.
    pub(in crate::runtime) paths: BTreeMap<&'static str, String>,
    pub(in crate::runtime) journal: Option<Journal>,
}

impl Core {
    /// Sets everything up. Nothing is sent yet.
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let pooled = http(&settings).build().map_err(Error::unusable_http)?;
        let fresh = http(&settings)
            .pool_max_idle_per_host(0)
            .build()
            .map_err(Error::unusable_http)?;
        Ok(Self {
            pooled,
            fresh,
            origin: settings.origin,
            timeout: settings.timeout,
            max_response_bytes: settings.max_response_bytes,
            retry: settings.retry,
            budget: RetryBudget::new(),
            quota: settings.quota,
            clock: settings.clock,
            random: settings.random,
            hooks: settings.hooks,
            paths: settings.paths,
            journal: settings.journal,
        })
    }

    pub(crate) fn quota(&self) -> &Arc<dyn QuotaStore> {
        &self.quota
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    pub(crate) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }
}

fn http(settings: &Settings) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .default_headers(settings.headers.clone())
        .user_agent(settings.user_agent.clone())
        // A call that doesn't connect in time is known not to have been sent, so its own limit must not come first.
        .connect_timeout(settings.connect_timeout.min(settings.timeout / 2))
        // A redirect would hand both secrets and the body to another address, and a retry of reqwest's own could
        // pay twice.
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // Whatever features other crates of the build switch on: what an error proves was measured with HTTP/1.
        .http1_only()
        .https_only(!settings.origin.is_plain_http());
    if settings.origin.is_plain_http() {
        // Plain http is for this machine only; a proxy would carry the secrets elsewhere unencrypted.
        without_certificates(builder.no_proxy())
    } else {
        builder
    }
}

/// Reading the platform's certificates is most of the work of building a client; plain http has no use for them.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn without_certificates(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.tls_certs_only([])
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn without_certificates(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("origin", &self.origin)
            .field("timeout", &self.timeout)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("retry", &self.retry)
            .field("quota", &self.quota)
            .field("journal", &self.journal)
            .finish_non_exhaustive()
    }
}
