//! The request log over the control plane.

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::http::{RecordedRequest, Server};
use crate::list::Query;

/// Requests shown when the caller doesn't say how many.
const DEFAULT: u64 = 500;

/// The latest requests; `?after=N` leaves out those up to number N, `?limit=N` the older ones.
pub(super) fn read(server: &Server, query: &str) -> Result<Value, Failure> {
    let query = Query::parse(query);
    let after = query.number("after", 0, 0, u64::MAX)?;
    let limit = query.number("limit", DEFAULT, 1, 10_000)?;
    let mut requests = server.log.all();
    requests.retain(|request| request.number > after);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let older = requests.len().saturating_sub(limit);
    let shown: Vec<Value> = requests.iter().skip(older).map(entry).collect();
    Ok(json!({"left_out": older, "requests": shown}))
}

fn entry(request: &RecordedRequest) -> Value {
    let query = request.query.iter();
    let query: Vec<Value> = query.map(|(name, value)| json!([name, value])).collect();
    json!({
        "number": request.number,
        "at_ms": u64::try_from(request.at.as_millis()).unwrap_or(u64::MAX),
        "operation": request.operation,
        "method": request.method,
        "path": request.path,
        "query": query,
        "body_bytes": request.body.len(),
        "status": request.status,
        "executed": request.executed,
        "fault": request.fault,
        "ignored": request.ignored,
    })
}
