//! A running sandbox.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::builder::SandboxBuilder;
use crate::credentials::Credentials;
use crate::faults::{Faults, FaultsError};
use crate::log::RecordedRequest;
use crate::persistence::{self, DataError};
use crate::report::Report;
use crate::schema::Api;
use crate::server::Server;
use crate::soap::{SoapForm, UnknownSoap};
use crate::webhooks::Delivery;

/// A running sandbox. It stops when dropped.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use revio_sandbox::Sandbox;
///
/// let sandbox = Sandbox::builder().customers(20).seed(42).start().await?;
/// let account = sandbox.credentials();
/// let customer: serde_json::Value = reqwest::Client::new()
///     .get(format!("{}/Customers/1015", sandbox.base_url()))
///     .basic_auth(format!("{}@{}", account.user(), account.client()), Some(account.password()))
///     .send()
///     .await?
///     .json()
///     .await?;
/// assert_eq!(customer["customer_id"], 1015);
/// assert_eq!(sandbox.requests()[0].operation.as_deref(), Some("customers_get"));
/// # Ok(())
/// # }
/// ```
pub struct Sandbox {
    server: Arc<Server>,
    base_url: String,
    stop: Option<watch::Sender<()>>,
    task: JoinHandle<()>,
}

impl Sandbox {
    /// How a sandbox is to be; see [`SandboxBuilder`].
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    pub(crate) fn new(
        server: Arc<Server>,
        base_url: String,
        stop: watch::Sender<()>,
        task: JoinHandle<()>,
    ) -> Self {
        Self {
            server,
            base_url,
            stop: Some(stop),
            task,
        }
    }

    /// The address that paths hang on, such as `http://127.0.0.1:40123/v1`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The account that may call.
    pub fn credentials(&self) -> &Credentials {
        &self.server.credentials
    }

    /// The API as the sandbox read it from its schema.
    pub fn api(&self) -> &Api {
        &self.server.api
    }

    /// The requests that arrived, oldest first; of very many, the latest ten thousand.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.log.all()
    }

    /// Forgets the requests that arrived.
    pub fn clear_requests(&self) {
        self.server.log.clear();
    }

    /// What arrived, how often, and what was executed, of the requests that are remembered.
    pub fn report(&self) -> Report {
        Report::of(&self.server.api, &self.server.log)
    }

    /// What receivers of webhooks were told, oldest first; of very many, the latest thousand.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.server.deliveries().all()
    }

    /// Puts other fault rules in force; counting starts anew.
    ///
    /// # Errors
    ///
    /// Fails when a rule can't be meant as it was written; the rules in force then stay.
    pub fn set_faults(&self, faults: Faults) -> Result<(), FaultsError> {
        self.server.set_faults(faults)
    }

    /// Writes the state to a file, in the place of what was there. The same state always gives the
    /// same bytes.
    ///
    /// # Errors
    ///
    /// Fails when the file can't be written; what was there then stays.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use revio_sandbox::Sandbox;
    ///
    /// # let directory = tempfile::tempdir()?;
    /// # let file = directory.path().join("state");
    /// Sandbox::builder().customers(20).start().await?.snapshot(&file)?;
    /// let again = Sandbox::builder().restore(&file).start().await?;
    /// again.reset()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn snapshot(&self, path: impl AsRef<Path>) -> Result<(), DataError> {
        let snapshot = self.server.world().snapshot();
        persistence::replace(path.as_ref(), &snapshot)
    }

    /// Puts the state in a file that [`Sandbox::snapshot`] wrote in the place of this one.
    ///
    /// # Errors
    ///
    /// Fails when the file can't be used; nothing then has changed.
    pub fn restore(&self, path: impl AsRef<Path>) -> Result<(), DataError> {
        let snapshot = persistence::read(&self.server.api, path.as_ref())?;
        self.server.world().restore(snapshot)
    }

    /// Goes back to the start: the records and the time that the sandbox began with. The log of
    /// requests stays.
    ///
    /// # Errors
    ///
    /// Fails when the file that follows the state can't be written; nothing then has changed.
    pub fn reset(&self) -> Result<(), DataError> {
        self.server.world().reset()
    }

    /// What time it is in the sandbox, such as `2026-07-01T08:00:00`.
    pub fn now(&self) -> String {
        self.server.world().clock.text()
    }

    /// Moves the sandbox's time on.
    pub fn advance(&self, by: Duration) {
        self.server.world().clock.advance(by);
    }

    /// Sets the sandbox's time.
    pub fn set_time(&self, time: SystemTime) {
        let time = DateTime::<Utc>::from(time).naive_utc();
        self.server.world().clock.set(time);
    }

    /// A plausible body for an operation, made from its schema: every field is filled, references
    /// lead to records that exist, and different `n` give different bodies. None where the
    /// operation takes no body.
    ///
    /// It is valid for the schema. Rules that the schema can't say may still refuse it, such as
    /// the links of a key link.
    pub fn example_body(&self, operation: &str, n: u64) -> Option<Value> {
        let body = self.server.api.operation(operation)?.body.as_ref()?;
        Some(self.server.world().seeder.body(operation, n, &body.shape))
    }

    /// The address of the legacy service, such as `http://127.0.0.1:40123/v20/default.asmx`.
    pub fn soap_url(&self) -> String {
        let (origin, path) = (&self.server.origin, self.server.soap.path());
        format!("{origin}{path}")
    }

    /// The next answer of a legacy operation takes a form. Several forms are taken one after the
    /// other; after them, answers are as they should be.
    ///
    /// # Errors
    ///
    /// Fails when there is no such operation.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use revio_sandbox::{Sandbox, SoapForm};
    ///
    /// let sandbox = Sandbox::builder().start().await?;
    /// sandbox.soap_answers("Products_Query", SoapForm::Fault11)?;
    /// assert!(sandbox.soap_answers("Products_Qeury", SoapForm::Fault11).is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn soap_answers(&self, operation: &str, form: SoapForm) -> Result<(), UnknownSoap> {
        self.server.soap.plan(operation, form)
    }

    /// Ends all sessions of the legacy service.
    pub fn expire_soap_sessions(&self) {
        self.server.soap.expire_sessions();
    }

    /// The names of the legacy operations, those on sessions last.
    pub fn soap_operations(&self) -> Vec<String> {
        self.server.soap.operations().map(str::to_owned).collect()
    }

    /// Finishes the requests that are being answered, and stops.
    pub async fn stop(mut self) {
        self.signal_stop();
        // The task returns nothing.
        let _ = (&mut self.task).await;
    }

    fn signal_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Fails only when the task has ended already.
            let _ = stop.send(());
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.signal_stop();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}
