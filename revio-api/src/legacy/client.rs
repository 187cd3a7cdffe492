//! The client of the legacy service.

use std::fmt;
use std::sync::Arc;

use super::builder::LegacyClientBuilder;
use super::session::Sessions;
use super::settings::Settings;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::generated::legacy::CustomerProductsQuery;
use crate::quota::QuotaStore;
use crate::runtime::Core;

/// A client for the legacy SOAP operations of one account.
///
/// Cloning is cheap and clones share their connections and their session, so build one client and keep it. Calls need a
/// Tokio runtime.
///
/// ```no_run
/// # async fn example() -> Result<(), revio_api::Error> {
/// use revio_api::Credentials;
/// use revio_api::legacy::LegacyClient;
///
/// let legacy = LegacyClient::builder(Credentials::new("api_user", "client_code", "password")).build()?;
/// for product in legacy.products_query().carrier_id(4).include_one_time(false).await?.products {
///     println!("{} {:?}", product.id, product.rate);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct LegacyClient {
    pub(super) shared: Arc<Shared>,
}

/// What all clones of a client share.
pub(super) struct Shared {
    pub(super) core: Arc<Core>,
    pub(super) settings: Settings,
    pub(super) sessions: Sessions,
}

impl LegacyClient {
    /// Starts a client for these credentials, the same as for the REST API. Nothing is sent before the first call.
    pub fn builder(credentials: Credentials) -> LegacyClientBuilder {
        LegacyClientBuilder::new(credentials)
    }

    /// A client from the environment.
    ///
    /// | variable | |
    /// |---|---|
    /// | `REVIO_USERNAME` | API user's name, without the client code |
    /// | `REVIO_CLIENT_CODE` | client code |
    /// | `REVIO_PASSWORD` | password |
    /// | `REVIO_LEGACY_ENDPOINT` | another address than `https://api.rev.io/v20/default.asmx`; optional |
    ///
    /// ```no_run
    /// let legacy = revio_api::legacy::LegacyClient::from_env()?;
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a variable is missing or can't be used. The message names the variable, never its value.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder_from_env()?.build()
    }

    /// Starts a client from the environment, for settings that have no variable. The variables are those of
    /// [`from_env`](Self::from_env).
    ///
    /// ```no_run
    /// use revio_api::legacy::{LegacyAuth, LegacyClient};
    ///
    /// let legacy = LegacyClient::builder_from_env()?.auth(LegacyAuth::Session).build()?;
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a variable is missing or isn't UTF-8. Whether the values can be used is checked by
    /// [`build`](LegacyClientBuilder::build).
    pub fn builder_from_env() -> Result<LegacyClientBuilder, Error> {
        crate::client::env::legacy(|name| std::env::var(name))
    }

    /// The quota that this client and its clones keep to.
    pub fn quota(&self) -> &Arc<dyn QuotaStore> {
        self.shared.core.quota()
    }

    pub(super) fn new(core: Core, settings: Settings) -> Self {
        let sessions = Sessions::default();
        Self {
            shared: Arc::new(Shared {
                core: Arc::new(core),
                settings,
                sessions,
            }),
        }
    }
}

impl CustomerProductsQuery {
    /// Asks for all customer products there are. Without this, a query without a filter is an error: there are no pages,
    /// and the response may be larger than is good for either side.
    pub fn with_no_filter(mut self) -> Self {
        self.call.unfiltered = true;
        self
    }
}

/// Shows where calls go, and nothing of who makes them.
impl fmt::Debug for LegacyClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LegacyClient")
            .field(&self.shared.core)
            .finish()
    }
}
