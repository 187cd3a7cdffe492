//! The request log, for tests.

mod counts;
mod request;

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;

use crate::credentials::KEY_HEADER;
pub use counts::OperationReport;
pub use request::RecordedRequest;

/// Requests that are kept; older ones are dropped.
const KEPT: usize = 10_000;

/// Headers that carry secrets; they are never recorded.
const SECRET: [&str; 5] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "x-hook-secret",
    KEY_HEADER,
];

/// The requests that a sandbox received.
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
    pub(crate) fn arrive(&self) -> (u64, Duration) {
        let number = self.arrived.fetch_add(1, Ordering::Relaxed) + 1;
        (number, self.started.elapsed())
    }

    /// Adds a request after it was handled.
    pub(crate) fn add(&self, request: RecordedRequest) {
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
        // Slow requests end out of order.
        let position = requests.partition_point(|other| other.number < request.number);
        requests.insert(position, request);
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.lock().latest.iter().cloned().collect()
    }

    /// Counts by operation, over dropped requests too.
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
pub(crate) fn visible(headers: &HeaderMap) -> Vec<(String, String)> {
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
