//! What arrived, for tests to look at.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;

use super::auth::KEY_HEADER;
use crate::report::OperationReport;

/// Older requests are forgotten beyond this many.
const KEPT: usize = 10_000;

/// Headers that carry secrets; they are never recorded.
const SECRET: [&str; 5] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "x-hook-secret",
    KEY_HEADER,
];

/// One request as it arrived, and how it was answered.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Its place in the order of arrival, from 1.
    pub number: u64,
    /// When it arrived, counted from the start of the sandbox.
    pub at: Duration,
    /// The `operationId`, where a route was found.
    pub operation: Option<String>,
    /// The method.
    pub method: String,
    /// The path as it was sent, undecoded.
    pub path: String,
    /// The query's names and values, decoded, in the order they came.
    pub query: Vec<(String, String)>,
    /// Headers with names in lower case; those that carry secrets are left out.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The status of the reply; none where a fault left the caller without one.
    pub status: Option<u16>,
    /// Whether the operation was performed, whatever the caller got to see of it.
    pub executed: bool,
    /// The kind of fault that hit the call.
    pub fault: Option<String>,
    /// Query names and body members that were sent and had no effect.
    pub ignored: Vec<String>,
}

impl RecordedRequest {
    /// The first value of a query name, spelled as it was sent.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    /// The first value of a header; the name is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The body as JSON, if it is that.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

impl fmt::Debug for RecordedRequest {
    /// Values of queries, headers and bodies are left out: they may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("RecordedRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &names)
            .field("body_bytes", &self.body.len())
            .field("status", &self.status)
            .field("executed", &self.executed)
            .field("fault", &self.fault)
            .field("ignored", &self.ignored)
            .finish_non_exhaustive()
    }
}

/// The requests that a sandbox saw.
pub(crate) struct RequestLog {
    started: Instant,
    arrived: AtomicU64,
    kept: Mutex<Kept>,
}

/// The latest requests, and counts of all of them.
#[derive(Default)]
struct Kept {
    latest: VecDeque<RecordedRequest>,
    counts: BTreeMap<String, OperationReport>,
}

impl Default for RequestLog {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            arrived: AtomicU64::new(0),
            kept: Mutex::default(),
        }
    }
}

impl RequestLog {
    /// The number and time of a request that has just arrived.
    pub(super) fn arrive(&self) -> (u64, Duration) {
        let number = self.arrived.fetch_add(1, Ordering::Relaxed) + 1;
        (number, self.started.elapsed())
    }

    /// Keeps a request that was dealt with.
    pub(super) fn add(&self, request: RecordedRequest) {
        let mut kept = self.lock();
        if let Some(operation) = &request.operation {
            let count = kept.counts.entry(operation.clone());
            count
                .or_insert_with(|| OperationReport::new(operation))
                .count(&request);
        }
        let requests = &mut kept.latest;
        if requests.len() == KEPT {
            requests.pop_front();
        }
        // Slow calls end out of turn.
        let place = requests.partition_point(|other| other.number < request.number);
        requests.insert(place, request);
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.lock().latest.iter().cloned().collect()
    }

    /// What arrived, by operation, of those that are forgotten as well.
    pub(crate) fn counts(&self) -> Vec<OperationReport> {
        self.lock().counts.values().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Kept::default();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The headers that may be recorded.
pub(super) fn visible(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| !SECRET.contains(&name.as_str()))
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(n: usize) -> RecordedRequest {
        RecordedRequest {
            number: n as u64,
            at: Duration::ZERO,
            operation: None,
            method: "GET".to_owned(),
            path: format!("/{n}"),
            query: vec![("name".to_owned(), "Ana".to_owned())],
            headers: Vec::new(),
            body: b"secret".to_vec(),
            status: Some(200),
            executed: true,
            fault: None,
            ignored: Vec::new(),
        }
    }

    #[test]
    fn keeps_the_latest() {
        let log = RequestLog::default();
        for n in 0..=KEPT {
            log.add(request(n));
        }
        let all = log.all();
        assert_eq!(all.len(), KEPT);
        assert_eq!(all[0].path, "/1");
        log.clear();
        assert!(log.all().is_empty());
    }

    #[test]
    fn secrets_stay_out() {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "accept", "ocp-apim-subscription-key"] {
            headers.insert(name, "value".parse().expect("a header"));
        }
        assert_eq!(
            visible(&headers),
            [("accept".to_owned(), "value".to_owned())]
        );
        let shown = format!("{:?}", request(1));
        assert!(
            !shown.contains("Ana") && !shown.contains("secret"),
            "{shown}"
        );
    }
}
