//! The attempt report: what a client did, for assertions in tests.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::log::{OperationReport, RequestLog};
use crate::schema::Api;

/// Which requests arrived, how often, and which were executed.
///
/// # Examples
///
/// A payment whose response was lost: one attempt, executed, and no second one.
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
    /// By operation, ordered by name, over all requests since the start or since the log was
    /// cleared. Requests without an operation are not counted.
    pub operations: Vec<OperationReport>,
    /// By call, in order of the first attempt, over the latest ten thousand requests.
    pub calls: Vec<CallReport>,
}

/// Requests with the same operation, path, query and body: attempts of one call, as far as a server
/// can see.
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
    /// The attempts, in order of arrival.
    pub attempts: Vec<AttemptReport>,
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AttemptReport {
    /// Its position in the order of arrival of all requests, from 1.
    pub number: u64,
    /// Milliseconds since the previous attempt.
    pub after_ms: u64,
    /// The status of the response; none where the caller got no response.
    pub status: Option<u16>,
    /// Whether it was performed.
    pub executed: bool,
    /// The kind of the injected fault.
    pub fault: Option<String>,
}

impl Report {
    pub(crate) fn of(api: &Api, log: &RequestLog) -> Self {
        let requests = &log.all();
        let mut calls: Vec<CallReport> = Vec::new();
        let mut positions = BTreeMap::new();
        let mut last = Vec::new();
        for request in requests {
            let Some(name) = &request.operation else {
                continue;
            };
            let key = (name, &request.path, &request.query, &request.body);
            let position = *positions.entry(key).or_insert_with(|| {
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
            let (Some(call), Some(last)) = (calls.get_mut(position), last.get_mut(position)) else {
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

    /// The counts of an operation; none where no request arrived.
    pub fn operation(&self, id: &str) -> Option<&OperationReport> {
        self.operations.iter().find(|it| it.operation == id)
    }

    /// Calls that change something and were performed more than once. A client with safe retries
    /// never causes them, unless it sends the same request twice on purpose.
    pub fn repeated_effects(&self) -> Vec<&CallReport> {
        let repeated = |call: &&CallReport| !call.reads && call.executed > 1;
        self.calls.iter().filter(repeated).collect()
    }
}
