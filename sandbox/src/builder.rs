//! Configures and starts a sandbox.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use crate::clock::Clock;
use crate::credentials::{Credentials, FAKE};
use crate::failure::ErrorStyle;
use crate::faults::{Faults, FaultsError, Plan};
use crate::http;
use crate::initial_state::{InitialState, MAX_CUSTOMERS};
use crate::limits::{Limits, Window};
use crate::log::RequestLog;
use crate::payments::PaymentSettings;
use crate::persistence::DataError;
use crate::sandbox::Sandbox;
use crate::schema::{Api, SchemaError};
use crate::server::Server;
use crate::soap::{Soap, SoapSettings};
use crate::webhooks::deliver;

/// The configuration of a sandbox.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), revio_sandbox::StartError> {
/// use revio_sandbox::{ErrorStyle, Sandbox};
///
/// let sandbox = Sandbox::builder()
///     .customers(200)
///     .seed(7)
///     .error_style(ErrorStyle::Text)
///     .start()
///     .await?;
/// assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SandboxBuilder {
    initial_state: InitialState,
    listen: SocketAddr,
    credentials: Credentials,
    style: ErrorStyle,
    schema: Option<String>,
    faults: Faults,
    starts_at: Option<SystemTime>,
    runs: bool,
    zone: i8,
    limits: Option<Limits>,
    payments: PaymentSettings,
    soap: SoapSettings,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            initial_state: InitialState::default(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            credentials: Credentials::default(),
            style: ErrorStyle::default(),
            schema: None,
            faults: Faults::default(),
            starts_at: None,
            runs: false,
            zone: 0,
            limits: None,
            payments: PaymentSettings::default(),
            soap: SoapSettings::default(),
        }
    }
}

impl SandboxBuilder {
    /// The number of customers, 50 by default, numbered from 1001. Most other tables have two
    /// records for each customer.
    pub fn customers(mut self, customers: u64) -> Self {
        self.initial_state.customers = Some(customers.min(MAX_CUSTOMERS));
        self
    }

    /// The seed of the data, 42 by default: the same seed always gives the same bytes.
    pub fn seed(mut self, seed: u64) -> Self {
        self.initial_state.seed = Some(seed);
        self
    }

    /// The address to listen on, a loopback address; by default 127.0.0.1 and a free port.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// The account of the sandbox; see [`Credentials`] for the default.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// The shape of error bodies.
    pub fn error_style(mut self, style: ErrorStyle) -> Self {
        self.style = style;
        self
    }

    /// The schema, an `OpenAPI` 3.0 document in JSON; by default the one at build time.
    pub fn schema(mut self, text: impl Into<String>) -> Self {
        self.schema = Some(text.into());
        self
    }

    /// The initial time, 2026-07-01T08:00:00 by default. Use `SystemTime::now()` for clients that
    /// poll for new records by the clock of their own machine. The `Date` header of every response
    /// has the sandbox's time. The dates of seed data don't change.
    pub fn starts_at(mut self, time: SystemTime) -> Self {
        self.starts_at = Some(time);
        self
    }

    /// Starts with the state in a file that [`Sandbox::snapshot`] wrote. The file has seed and number
    /// of customers; options for them are not needed, and must not differ.
    pub fn restore(mut self, path: impl Into<PathBuf>) -> Self {
        self.initial_state.restore = Some(path.into());
        self
    }

    /// Keeps the state in a file: starts with the state in the file, if it exists, and appends every
    /// change before the response is sent. A sandbox that is killed loses no change whose response
    /// was sent; a machine that loses power may lose the latest changes. The file has seed and
    /// number of customers. A second file beside it, with the extension `.lock`, is its lock.
    pub fn data(mut self, path: impl Into<PathBuf>) -> Self {
        self.initial_state.data = Some(path.into());
        self
    }

    /// Lets the clock run. By default it only advances by one second with each write.
    pub fn running_clock(mut self) -> Self {
        self.runs = true;
        self
    }

    /// Writes the dates of records in the zone that is this many hours ahead of UTC, such as -5; the
    /// dates have no offset. The default is UTC. Seed data isn't affected.
    pub fn zone(mut self, hours: i8) -> Self {
        self.zone = hours;
        self
    }

    /// How created payments are changed.
    pub fn payments(mut self, settings: PaymentSettings) -> Self {
        self.payments = settings;
        self
    }

    /// Refuses calls above these limits with 429; by default there are no limits. They use the
    /// sandbox's clock: see [`Sandbox::advance`] and [`Self::running_clock`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// The fault rules, from the first call on; see [`FaultRule`](crate::FaultRule).
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// The settings of the legacy service.
    pub fn soap(mut self, settings: SoapSettings) -> Self {
        self.soap = settings;
        self
    }

    /// Starts the sandbox on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// Fails when the schema can't be served, when a fault rule is invalid, when credentials look
    /// real, when the address isn't loopback, when the port is in use, and when the data file or
    /// snapshot can't be used.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        if !self.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(self.listen));
        }
        let api = match &self.schema {
            Some(text) => Api::parse(text),
            None => Api::bundled(),
        };
        let api = Arc::new(api.map_err(StartError::Schema)?);
        self.faults.check(&api).map_err(StartError::Faults)?;
        self.credentials
            .check()
            .map_err(|what| StartError::RealLooking { what })?;
        let soap = Soap::new(self.soap.clone()).map_err(StartError::Schema)?;
        let failed = |source| StartError::Listen {
            address: self.listen,
            source,
        };
        let listener = TcpListener::bind(self.listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let base_url = format!("http://{address}{}", api.base_path());
        let mut clock = self.starts_at.map_or_else(Clock::new, Clock::at);
        if self.runs {
            clock.run();
        }
        clock.in_zone(self.zone);
        let world = self.initial_state.world(&api, clock, base_url.clone());
        let mut world = world.map_err(StartError::Data)?;
        world.payments = self.payments;
        let world = Arc::new(Mutex::new(world));
        let deliveries = Arc::default();
        let (events, raised) = mpsc::unbounded_channel();
        let server = Arc::new(Server {
            api,
            credentials: self.credentials,
            style: self.style,
            world: Arc::clone(&world),
            faults: Mutex::new(Plan::new(self.faults)),
            soap,
            origin: format!("http://{address}"),
            log: RequestLog::default(),
            events,
            deliveries: Arc::clone(&deliveries),
            window: self.limits.map(Window::new).map(Mutex::new),
        });
        tokio::spawn(deliver(Arc::downgrade(&world), deliveries, raised));
        let (stop, stopped) = watch::channel(());
        let task = tokio::spawn(http::serve(Arc::clone(&server), listener, stopped));
        Ok(Sandbox::new(server, base_url, stop, task))
    }
}

/// Why a sandbox doesn't start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The schema can't be served.
    #[error("the schema can't be served: {0}")]
    Schema(#[source] SchemaError),
    /// The data file or snapshot can't be used.
    #[error("{0}")]
    Data(#[source] DataError),
    /// The address can be reached from other machines.
    #[error(
        "{0} can be reached from other machines; the sandbox listens on loopback only, such as 127.0.0.1"
    )]
    NotLoopback(SocketAddr),
    /// A fault rule is invalid.
    #[error("{0}")]
    Faults(#[source] FaultsError),
    /// Credentials that may be real: none of the words for made-up ones is in them.
    #[error("the {what} looks real; credentials of a sandbox contain one of {}", FAKE.join(", "))]
    RealLooking {
        /// The part of the credentials.
        what: &'static str,
    },
    /// The address can't be listened on.
    #[error("can't listen on {address}: {source}; choose another port, or port 0 for a free one")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The error of the operating system.
        source: io::Error,
    },
}
