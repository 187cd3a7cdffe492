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
    /// The configuration of a new sandbox.
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

    /// The base URL of all paths, such as `http://127.0.0.1:40123/v1`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The account of the sandbox.
    pub fn credentials(&self) -> &Credentials {
        &self.server.credentials
    }

    /// The API as the sandbox read it from its schema.
    pub fn api(&self) -> &Api {
        &self.server.api
    }

    /// The recorded requests, oldest first; at most the latest ten thousand.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.server.log.all()
    }

    /// Clears the request log and the counts of the report.
    pub fn clear_requests(&self) {
        self.server.log.clear();
    }

    /// The attempt report: which requests arrived, how often, and which were executed.
    pub fn report(&self) -> Report {
        Report::of(&self.server.api, &self.server.log)
    }

    /// The attempted deliveries to webhook receivers, oldest first; at most the latest thousand.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.server.deliveries().all()
    }

    /// Replaces the fault rules; calls are counted from 1 again.
    ///
    /// # Errors
    ///
    /// Fails when a rule is invalid; the active rules then stay.
    pub fn set_faults(&self, faults: Faults) -> Result<(), FaultsError> {
        self.server.set_faults(faults)
    }

    /// Writes the state to a file, which is replaced if it exists. Equal states give equal bytes.
    ///
    /// # Errors
    ///
    /// Fails when the file can't be written; an existing file then stays.
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

    /// Replaces the state with that of a file that [`Sandbox::snapshot`] wrote.
    ///
    /// # Errors
    ///
    /// Fails when the file can't be used; the state then stays.
    pub fn restore(&self, path: impl AsRef<Path>) -> Result<(), DataError> {
        let snapshot = persistence::read(&self.server.api, path.as_ref())?;
        self.server.world().restore(snapshot)
    }

    /// Back to the initial state: the computed records and the initial time. The request log stays.
    ///
    /// # Errors
    ///
    /// Fails when the data file can't be written; the state then stays.
    pub fn reset(&self) -> Result<(), DataError> {
        self.server.world().reset()
    }

    /// The current time of the sandbox in UTC, such as `2026-07-01T08:00:00`.
    pub fn now(&self) -> String {
        self.server.world().clock.text()
    }

    /// Advances the sandbox's clock.
    pub fn advance(&self, by: Duration) {
        self.server.world().clock.advance(by);
    }

    /// Sets the sandbox's time.
    pub fn set_time(&self, time: SystemTime) {
        let time = DateTime::<Utc>::from(time).naive_utc();
        self.server.world().clock.set(time);
    }

    /// A plausible body for an operation, made from its schema: every field is filled in, references
    /// point to existing records, and different `n` give different bodies. None where the operation
    /// takes no body.
    ///
    /// The body is valid for the schema. Rules that aren't in the schema may still refuse it, such
    /// as those of key links.
    pub fn example_body(&self, operation: &str, n: u64) -> Option<Value> {
        let body = self.server.api.operation(operation)?.body.as_ref()?;
        Some(self.server.world().seeder.body(operation, n, &body.shape))
    }

    /// The URL of the legacy service, such as `http://127.0.0.1:40123/v20/default.asmx`.
    pub fn soap_url(&self) -> String {
        let (origin, path) = (&self.server.origin, self.server.soap.path());
        format!("{origin}{path}")
    }

    /// Sets the form of the next response of a legacy operation. Several forms are queued; after
    /// them, responses are correct again.
    ///
    /// # Errors
    ///
    /// Fails when the operation doesn't exist.
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

    /// The names of the legacy operations; session operations come last.
    pub fn soap_operations(&self) -> Vec<String> {
        self.server.soap.operations().map(str::to_owned).collect()
    }

    /// Stops after the running requests.
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
