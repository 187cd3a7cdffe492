//! One recorded request.

use std::fmt;
use std::time::Duration;

/// A request as it arrived, and the outcome of it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Its position in the order of arrival, from 1.
    pub number: u64,
    /// When it arrived, counted from the start of the sandbox.
    pub at: Duration,
    /// The `operationId`, where a route was found.
    pub operation: Option<String>,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path as it was sent, not decoded.
    pub path: String,
    /// Names and values of the query, decoded, in the order they were sent.
    pub query: Vec<(String, String)>,
    /// Headers with names in lower case, without those that carry secrets.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The status of the response; none where a fault left the caller without one.
    pub status: Option<u16>,
    /// Whether the operation was performed, whether or not the caller saw a response.
    pub executed: bool,
    /// The kind of the injected fault.
    pub fault: Option<String>,
    /// Query names and body members that were sent and had no effect.
    pub ignored: Vec<String>,
}

impl RecordedRequest {
    /// The first value of a query name, in the spelling that was sent.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    /// The first value of a header; the name is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The body as JSON, if it is JSON.
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
