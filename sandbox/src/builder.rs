//! Setting up and starting a sandbox.

use std::fmt;
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

/// How a sandbox is to be.
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
    /// How many customers there are, 50 by default, numbered from 1001. Most other tables follow,
    /// with two records for each customer.
    pub fn customers(mut self, customers: u64) -> Self {
        self.initial_state.customers = Some(customers.min(MAX_CUSTOMERS));
        self
    }

    /// Which data there is, 42 by default: the same seed always gives the same bytes.
    pub fn seed(mut self, seed: u64) -> Self {
        self.initial_state.seed = Some(seed);
        self
    }

    /// Where to listen: a loopback address, by default 127.0.0.1 and a free port.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Who may call.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// The shape of error bodies.
    pub fn error_style(mut self, style: ErrorStyle) -> Self {
        self.style = style;
        self
    }

    /// Another schema than the one this crate was built with: an `OpenAPI` 3.0 document in JSON.
    pub fn schema(mut self, text: impl Into<String>) -> Self {
        self.schema = Some(text.into());
        self
    }

    /// When the sandbox's time begins, instead of 2026-07-01T08:00:00: `SystemTime::now()` for
    /// clients that look for what is new by the clock of their own machine alone. The `Date` header
    /// of every response says what time it is here. Seed data stays as old as it is.
    pub fn starts_at(mut self, time: SystemTime) -> Self {
        self.starts_at = Some(time);
        self
    }

    /// Begins with the state in a file that [`Sandbox::snapshot`] wrote. Seed and number of
    /// customers are in the file; they need not be given, and must not differ.
    pub fn restore(mut self, path: impl Into<PathBuf>) -> Self {
        self.initial_state.restore = Some(path.into());
        self
    }

    /// Keeps the state in a file: begins with what is in it, if it exists, and adds every change
    /// before its call is answered. A sandbox that is killed loses nothing that it has answered;
    /// a machine that loses power may lose the latest changes. Seed and number of customers are in
    /// the file as well. Beside it there is a file that ends in `.lock`.
    pub fn data(mut self, path: impl Into<PathBuf>) -> Self {
        self.initial_state.data = Some(path.into());
        self
    }

    /// Lets the sandbox's time run, beside the second that it moves with each write.
    pub fn running_clock(mut self) -> Self {
        self.runs = true;
        self
    }

    /// Writes the dates of records in a zone that is this many hours ahead of UTC, such as -5; the
    /// dates themselves don't say so. Without this it is UTC. Seed data is in no zone.
    pub fn zone(mut self, hours: i8) -> Self {
        self.zone = hours;
        self
    }

    /// How payments that are created differ from what was sent.
    pub fn payments(mut self, settings: PaymentSettings) -> Self {
        self.payments = settings;
        self
    }

    /// Refuses calls above these limits with 429; without this there are none. They count on the
    /// sandbox's clock: see [`Sandbox::advance`] and [`Self::running_clock`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// What goes wrong, from the first call on; see [`FaultRule`](crate::FaultRule).
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// How the legacy service is.
    pub fn soap(mut self, settings: SoapSettings) -> Self {
        self.soap = settings;
        self
    }

    /// Starts the sandbox on the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// Fails when the schema can't be served, when the address isn't loopback, when the port is
    /// taken, and when a file with the state can't be used.
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
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The schema can't be served.
    Schema(SchemaError),
    /// The file with the state can't be used.
    Data(DataError),
    /// The address can be reached from other machines.
    NotLoopback(SocketAddr),
    /// A fault rule can't be meant as it was written.
    Faults(FaultsError),
    /// Credentials that may be real ones: nothing in them says that they are made up.
    RealLooking {
        /// Which of them.
        what: &'static str,
    },
    /// The address can't be listened on.
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(error) => write!(f, "the schema can't be served: {error}"),
            Self::Data(error) => error.fmt(f),
            Self::NotLoopback(address) => write!(
                f,
                "{address} can be reached from other machines; the sandbox listens on loopback only, such as 127.0.0.1"
            ),
            Self::Faults(error) => error.fmt(f),
            Self::RealLooking { what } => write!(
                f,
                "the {what} looks real; credentials of a sandbox contain one of {}",
                FAKE.join(", ")
            ),
            Self::Listen { address, source } => write!(
                f,
                "can't listen on {address}: {source}; choose another port, or port 0 for a free one"
            ),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Schema(error) => Some(error),
            Self::Data(error) => Some(error),
            Self::Faults(error) => Some(error),
            Self::NotLoopback(_) | Self::RealLooking { .. } => None,
            Self::Listen { source, .. } => Some(source),
        }
    }
}
