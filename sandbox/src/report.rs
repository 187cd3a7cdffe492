//! The attempt report: what a client did, told so that a test can assert on it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::http::{RecordedRequest, RequestLog};
use crate::schema::Api;

/// What arrived, how often, and what was executed.
///
/// # Examples
///
/// A payment whose reply was lost: one attempt, executed, and not a second one.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use revio_sandbox::{Fault, FaultRule, Faults, Sandbox};
///
/// let lost = FaultRule::on("payments_create", Fault::Reset).calls([1]);
/// let sandbox = Sandbox::builder().faults(Faults::default().rule(lost)).start().await?;
///
/// let account = sandbox.credentials();
/// let body = sandbox.example_body("payments_create", 1).ok_or("a body")?;
/// let lost = reqwest::Client::new()
///     .post(format!("{}/Payments", sandbox.base_url()))
///     .basic_auth(format!("{}@{}", account.user(), account.client()), Some(account.password()))
///     .json(&body)
///     .send()
///     .await;
/// assert!(lost.is_err());
///
/// let report = sandbox.report();
/// let payments = report.operation("payments_create").ok_or("an attempt")?;
/// assert_eq!((payments.arrived, payments.executed), (1, 1));
/// assert!(report.repeated_effects().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// By operation, in order of name, over all requests since the start or since they were last
    /// forgotten on demand. What no operation was found for isn't among them.
    pub operations: Vec<OperationReport>,
    /// The same request, sent once or several times, in order of the first attempt; of very many,
    /// the latest ten thousand.
    pub calls: Vec<CallReport>,
}

/// What arrived for one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OperationReport {
    /// The `operationId`.
    pub operation: String,
    /// Requests that arrived.
    pub arrived: usize,
    /// How many of them were performed.
    pub executed: usize,
    /// Replies by status.
    pub statuses: BTreeMap<u16, usize>,
    /// Faults by kind.
    pub faults: BTreeMap<String, usize>,
}

/// Requests with the same operation, path, query and body: attempts of one call, as far as can be
/// told from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CallReport {
    /// The `operationId`.
    pub operation: String,
    /// The path.
    pub path: String,
    /// Whether the schema says that the call only reads.
    pub reads: bool,
    /// How often it was performed.
    pub executed: usize,
    /// One after another.
    pub attempts: Vec<AttemptReport>,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AttemptReport {
    /// Its place in the order of arrival, from 1.
    pub number: u64,
    /// Milliseconds since the attempt before it.
    pub after_ms: u64,
    /// The status of the reply; none where the caller got no reply.
    pub status: Option<u16>,
    /// Whether it was performed.
    pub executed: bool,
    /// The kind of fault that hit it.
    pub fault: Option<String>,
}

impl Report {
    pub(crate) fn of(api: &Api, log: &RequestLog) -> Self {
        let requests = &log.all();
        let mut calls: Vec<CallReport> = Vec::new();
        let mut places = BTreeMap::new();
        let mut last = Vec::new();
        for request in requests {
            let Some(name) = &request.operation else {
                continue;
            };
            let key = (name, &request.path, &request.query, &request.body);
            let place = *places.entry(key).or_insert_with(|| {
                calls.push(CallReport {
                    operation: name.clone(),
                    path: request.path.clone(),
                    reads: api.operation(name).is_some_and(|it| it.effect() == "read"),
                    executed: 0,
                    attempts: Vec::new(),
                });
                last.push(request.at);
                calls.len() - 1
            });
            let (Some(call), Some(last)) = (calls.get_mut(place), last.get_mut(place)) else {
                continue;
            };
            let since = request.at.saturating_sub(*last);
            *last = request.at;
            call.executed += usize::from(request.executed);
            call.attempts.push(AttemptReport {
                number: request.number,
                after_ms: u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
                status: request.status,
                executed: request.executed,
                fault: request.fault.clone(),
            });
        }
        Self {
            operations: log.counts(),
            calls,
        }
    }

    /// What arrived for an operation; none where nothing did.
    pub fn operation(&self, id: &str) -> Option<&OperationReport> {
        self.operations.iter().find(|it| it.operation == id)
    }

    /// Calls that change something and were performed more than once: what a client with safe
    /// retries never causes, unless it meant to send the same thing twice.
    pub fn repeated_effects(&self) -> Vec<&CallReport> {
        let repeated = |call: &&CallReport| !call.reads && call.executed > 1;
        self.calls.iter().filter(repeated).collect()
    }
}

impl OperationReport {
    pub(crate) fn new(operation: &str) -> Self {
        Self {
            operation: operation.to_owned(),
            arrived: 0,
            executed: 0,
            statuses: BTreeMap::new(),
            faults: BTreeMap::new(),
        }
    }

    pub(crate) fn count(&mut self, request: &RecordedRequest) {
        self.arrived += 1;
        self.executed += usize::from(request.executed);
        if let Some(status) = request.status {
            *self.statuses.entry(status).or_default() += 1;
        }
        if let Some(fault) = &request.fault {
            *self.faults.entry(fault.clone()).or_default() += 1;
        }
    }
}
