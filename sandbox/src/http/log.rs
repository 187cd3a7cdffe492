//! What arrived, for tests to look at.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;

use super::auth::KEY_HEADER;

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
    /// The status of the reply.
    pub status: u16,
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
            .field("ignored", &self.ignored)
            .finish_non_exhaustive()
    }
}

/// The requests that a sandbox saw.
#[derive(Default)]
pub(crate) struct RequestLog(Mutex<VecDeque<RecordedRequest>>);

impl RequestLog {
    pub(super) fn add(&self, request: RecordedRequest) {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == KEPT {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
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
            operation: None,
            method: "GET".to_owned(),
            path: format!("/{n}"),
            query: vec![("name".to_owned(), "Ana".to_owned())],
            headers: Vec::new(),
            body: b"secret".to_vec(),
            status: 200,
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
