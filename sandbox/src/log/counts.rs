//! Counts of requests, by operation.

use std::collections::BTreeMap;

use serde::Serialize;

use super::request::RecordedRequest;

/// The requests for one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OperationReport {
    /// The `operationId`.
    pub operation: String,
    /// Requests that arrived.
    pub arrived: usize,
    /// How many of them were performed.
    pub executed: usize,
    /// Responses by status.
    pub statuses: BTreeMap<u16, usize>,
    /// Faults by kind.
    pub faults: BTreeMap<String, usize>,
}

impl OperationReport {
    pub(super) fn new(operation: &str) -> Self {
        Self {
            operation: operation.to_owned(),
            arrived: 0,
            executed: 0,
            statuses: BTreeMap::new(),
            faults: BTreeMap::new(),
        }
    }

    pub(super) fn count(&mut self, request: &RecordedRequest) {
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
