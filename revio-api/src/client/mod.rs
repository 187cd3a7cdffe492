//! The client: where every call starts.

mod builder;
pub(crate) mod env;
mod paths;

use std::fmt;
use std::sync::Arc;

pub use self::builder::ClientBuilder;
pub(crate) use self::builder::Names;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::journal::Journal;
use crate::quota::QuotaStore;
use crate::runtime::{Core, Transport};

/// A client for one account of the Rev.io REST API.
///
/// Cloning is cheap and clones share their connections, so build one client and keep it. Calls need a Tokio runtime.
///
/// ```
/// use revio_api::{Client, Credentials};
///
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
/// let same_connections = client.clone();
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
}

impl Client {
    /// Starts a client for these credentials. Nothing is sent before the first call.
    pub fn builder(credentials: Credentials) -> ClientBuilder {
        ClientBuilder::new(credentials)
    }

    /// A client from the environment.
    ///
    /// | variable | |
    /// |---|---|
    /// | `REVIO_USERNAME` | API user's name, without the client code |
    /// | `REVIO_CLIENT_CODE` | client code |
    /// | `REVIO_PASSWORD` | password |
    /// | `REVIO_SUBSCRIPTION_KEY` | the gateway's key; optional |
    /// | `REVIO_BASE_URL` | another address than `https://restapi.rev.io/v1`; optional |
    ///
    /// ```no_run
    /// let client = revio_api::Client::from_env()?;
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a variable is missing or can't be used. The message names the variable, never its value.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder_from_env()?.build()
    }

    /// Starts a client from the environment, for programs that set more than the account: a journal, time limits, a
    /// part of the quota. The variables are those of [`from_env`](Self::from_env).
    ///
    /// ```no_run
    /// use revio_api::{Client, Quota};
    ///
    /// let client = Client::builder_from_env()?.quota(Quota::new().per_minute(250)).build()?;
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a variable is missing or isn't UTF-8; [`build`](ClientBuilder::build) finds what can't be used.
    pub fn builder_from_env() -> Result<ClientBuilder, Error> {
        env::builder(|name| std::env::var(name))
    }

    /// The quota that this client and its clones keep to.
    ///
    /// ```
    /// use revio_api::{Client, Credentials};
    ///
    /// let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
    /// assert_eq!(client.quota().remaining().this_minute, 500);
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    pub fn quota(&self) -> &Arc<dyn QuotaStore> {
        self.core.quota()
    }

    /// The journal that this client and its clones write to, if it was built with one.
    pub fn journal(&self) -> Option<&Journal> {
        self.core.journal()
    }

    fn new(core: Core) -> Self {
        Self {
            core: Arc::new(core),
        }
    }

    /// A fresh way to the server for one request.
    pub(crate) fn transport(&self) -> Transport {
        Transport::new(Arc::clone(&self.core))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.core).finish()
    }
}
