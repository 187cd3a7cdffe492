//! How a client is put together.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use super::Client;
use crate::base_url::{BaseUrl, Origin};
use crate::clock::{Clock, TokioClock};
use crate::credentials::{BadCredential, Credentials, Part};
use crate::error::Error;
use crate::journal::Journal;
use crate::observe::{Attempt, Detached, Hooks};
use crate::quota::{MemoryQuota, Quota, QuotaStore};
use crate::retry::RetryPolicy;
use crate::runtime::retry::jitter::{Random, SystemRandom};
use crate::runtime::{Core, Settings};

const SUBSCRIPTION_KEY: HeaderName = HeaderName::from_static("ocp-apim-subscription-key");
const TIMEOUT: Duration = Duration::from_secs(30);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RESPONSE_BYTES: usize = 32 * 1024 * 1024;

/// Puts a [`Client`] together. Every setting has a default.
///
/// ```
/// use std::time::Duration;
/// use revio_api::{BaseUrl, Client, Credentials};
///
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password"))
///     .base_url(BaseUrl::Apim)
///     .subscription_key("key")
///     .app_info("acme-sync/1.2")
///     .timeout(Duration::from_secs(60))
///     .build()?;
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct ClientBuilder {
    credentials: Credentials,
    base_url: BaseUrl,
    app_info: Option<String>,
    timeout: Duration,
    connect_timeout: Duration,
    max_response_bytes: usize,
    retry: RetryPolicy,
    quota: Quota,
    quota_store: Option<Arc<dyn QuotaStore>>,
    clock: Arc<dyn Clock>,
    random: Option<Arc<dyn Random>>,
    hooks: Hooks,
    paths: Vec<(String, String)>,
    journal: Option<Journal>,
    pub(super) names: Names,
}

/// What messages call the settings that can come from elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    pub(crate) credential: fn(Part) -> &'static str,
    pub(crate) base_url: &'static str,
}

impl Names {
    /// The error of a credential that can't be used.
    pub(crate) fn blame(self, bad: &BadCredential) -> Error {
        let name = (self.credential)(bad.part);
        Error::config(format!("{name} {}", bad.problem))
    }
}

const OWN_NAMES: Names = Names {
    credential: Part::name,
    base_url: "the base URL",
};

impl ClientBuilder {
    pub(crate) fn new(credentials: Credentials) -> Self {
        Self {
            names: OWN_NAMES,
            credentials,
            base_url: BaseUrl::default(),
            app_info: None,
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            max_response_bytes: MAX_RESPONSE_BYTES,
            retry: RetryPolicy::new(),
            quota: Quota::new(),
            quota_store: None,
            clock: Arc::new(TokioClock),
            random: None,
            hooks: Hooks::default(),
            paths: Vec::new(),
            journal: None,
        }
    }

    /// The key that the vendor's gateway wants beside the credentials, sent as `Ocp-Apim-Subscription-Key`.
    pub fn subscription_key(mut self, key: impl Into<String>) -> Self {
        self.credentials.set_subscription_key(key.into());
        self
    }

    /// Which server to talk to. Default: [`BaseUrl::RestApi`].
    pub fn base_url(mut self, base_url: impl Into<BaseUrl>) -> Self {
        self.base_url = base_url.into();
        self.names.base_url = OWN_NAMES.base_url;
        self
    }

    /// The name and version of your program, added to the `User-Agent` header: `acme-sync/1.2`.
    pub fn app_info(mut self, app_info: impl Into<String>) -> Self {
        self.app_info = Some(app_info.into());
        self
    }

    /// Limits each attempt of a call, from connecting to the last byte of the response. Default: 30 seconds. The whole
    /// call has a limit of its own, [`RetryPolicy::deadline`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Limits connecting alone. Default: 10 seconds, and never more than half of the limit of an attempt. A call that
    /// fails here was certainly not sent.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The longest response that is read, in bytes after decompression. Default: 32 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// How often a call may be tried. A single request can have a policy of its own with
    /// [`with_retry`](crate::Request::with_retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The quota of calls that the client keeps to. Default: what the vendor allows an account.
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = quota;
        self.quota_store = None;
        self
    }

    /// A keeper of the quota that others share: another client's, or one of your own that other programs use too.
    ///
    /// ```
    /// use revio_api::{BaseUrl, Client, Credentials};
    ///
    /// let builder = Client::builder(Credentials::new("api_user", "client_code", "password"));
    /// let one = builder.clone().build()?;
    /// // The same account by the vendor's other address.
    /// let other = builder.base_url(BaseUrl::Apim).quota_store(one.quota().clone()).build()?;
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    pub fn quota_store(mut self, store: Arc<dyn QuotaStore>) -> Self {
        self.quota_store = Some(store);
        self
    }

    /// Calls this after every attempt of every call. It must return soon, and not panic.
    pub fn on_attempt(mut self, hook: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        self.hooks.on_attempt = Some(Arc::new(hook));
        self
    }

    /// Calls this when a call that moves money has ended and nobody waits for it any more.
    ///
    /// Such a call can't be called back once an attempt is under way. If its future is dropped, by a time limit around
    /// it or a `select!`, the attempt goes on to its end, and this is where its result goes. Without a hook the result
    /// is only logged, so set one if calls that move money can be dropped. It is also called, with an outcome of
    /// [`Unknown`](crate::Outcome::Unknown), when the Tokio runtime stops before the attempt has ended, and when a
    /// [look-up](crate::payments) is dropped before its caller sees that the response to its payment is lost.
    ///
    /// It must return soon, and not panic.
    pub fn on_detached(mut self, hook: impl Fn(&Detached<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.on_detached = Some(Arc::new(hook));
        self
    }

    /// Writes every call that moves money into a journal before it is sent. If the journal can't be written, such a
    /// call isn't sent. See [`journal`](crate::journal).
    pub fn journal(mut self, journal: Journal) -> Self {
        self.journal = Some(journal);
        self
    }

    /// The clock for delays, deadlines and the quota. For tests; the limits of connecting and of one attempt are
    /// always measured in Tokio's time. Default: [`TokioClock`].
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// The source of chance for delays. For tests; by default the system seeds one.
    pub fn random(mut self, random: Arc<dyn Random>) -> Self {
        self.random = Some(random);
        self
    }

    /// Calls an operation at another path than the schema's, for operations whose path is a guess or inferred from others
    /// (see [`Evidence`](crate::Evidence)): when your account's responses, or the vendor, show a better one.
    ///
    /// The path starts with `/`, is relative to the base URL, and has the same placeholders as the operation's own, in
    /// any order. [`build`](ClientBuilder::build) fails when it doesn't, or when there is no such operation or its path is
    /// known. Errors and logs go on to show the schema's path.
    ///
    /// ```
    /// use revio_api::{Client, Credentials};
    ///
    /// let client = Client::builder(Credentials::new("api_user", "client_code", "password"))
    ///     .operation_path("payments_reverse", "/Payments/{id}/reversal")
    ///     .build()?;
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    #[cfg(feature = "unverified")]
    #[cfg_attr(docsrs, doc(cfg(feature = "unverified")))]
    pub fn operation_path(mut self, operation: impl Into<String>, path: impl Into<String>) -> Self {
        self.paths.push((operation.into(), path.into()));
        self
    }

    /// Checks the settings and builds the client. Nothing is sent.
    ///
    /// # Errors
    /// When a setting can't be used. The message names it, and never repeats a credential.
    pub fn build(self) -> Result<Client, Error> {
        let names = self.names;
        let bad = |bad: BadCredential| names.blame(&bad);
        let mut headers = HeaderMap::new();
        headers.insert(
            AUTHORIZATION,
            self.credentials.authorization().map_err(bad)?,
        );
        if let Some(key) = self.credentials.subscription_key().map_err(bad)? {
            headers.insert(SUBSCRIPTION_KEY, key);
        }
        let origin = self
            .base_url
            .origin()
            .map_err(|problem| Error::config(format!("{} {problem}", names.base_url)))?;
        self.core(origin, headers).map(Client::new)
    }

    /// What the clients of all services share, for this server and with these headers on every call.
    pub(crate) fn core(self, origin: Origin, headers: HeaderMap) -> Result<Core, Error> {
        if self.timeout.is_zero() || self.connect_timeout.is_zero() {
            return Err(Error::config("a time limit is zero"));
        }
        if self.max_response_bytes == 0 {
            return Err(Error::config("the limit of the response's size is zero"));
        }
        let quota = match self.quota_store {
            Some(store) => store,
            None => Arc::new(MemoryQuota::new(&self.quota, Arc::clone(&self.clock))?),
        };
        Core::new(Settings {
            origin,
            headers,
            user_agent: user_agent(self.app_info.as_deref())?,
            timeout: self.timeout,
            connect_timeout: self.connect_timeout,
            max_response_bytes: self.max_response_bytes,
            retry: self.retry,
            quota,
            clock: self.clock,
            random: self.random.unwrap_or_else(|| Arc::new(SystemRandom::new())),
            hooks: self.hooks,
            paths: super::paths::checked(self.paths)?,
            journal: self.journal,
        })
    }
}

fn user_agent(app_info: Option<&str>) -> Result<HeaderValue, Error> {
    let own = concat!("revio-api/", env!("CARGO_PKG_VERSION"));
    let text = app_info.map_or_else(|| own.to_owned(), |app| format!("{own} {app}"));
    if !text
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic())
    {
        return Err(Error::config(
            "the app info contains a character that a header cannot carry; use plain ASCII",
        ));
    }
    HeaderValue::from_str(&text).map_err(|_| Error::config("the app info is not a valid header"))
}
