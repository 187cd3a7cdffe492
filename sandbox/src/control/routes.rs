//! The handlers of fault rules, request log, webhooks and legacy responses.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::event::Event;
use crate::failure::Failure;
use crate::faults::Faults;
use crate::list::Query;
use crate::log::RecordedRequest;
use crate::server::Server;
use crate::soap::{SoapForm, UnknownSoap};

/// Requests in the log without `?limit`.
const DEFAULT_LIMIT: u64 = 500;

pub(super) fn to_json(value: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(Failure::internal)
}

pub(super) fn read_faults(server: &Server) -> Result<Value, Failure> {
    to_json(server.faults().faults())
}

pub(super) fn replace_faults(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let faults: Faults = serde_json::from_slice(body)
        .map_err(|error| Failure::bad(format!("these are no fault rules: {error}")))?;
    server
        .set_faults(faults)
        .map_err(|error| Failure::bad(error.to_string()))?;
    read_faults(server)
}

pub(super) fn clear_faults(server: &Server) -> Result<Value, Failure> {
    server
        .set_faults(Faults::default())
        .map_err(Failure::internal)?;
    Ok(json!({"ok": true}))
}

/// The latest requests; `?after=N` leaves out those up to number N, `?limit=N` all but the latest N.
pub(super) fn read_log(server: &Server, query: &str) -> Result<Value, Failure> {
    let query = Query::parse(query);
    let after = query.number("after", 0, 0, u64::MAX)?;
    let limit = query.number("limit", DEFAULT_LIMIT, 1, 10_000)?;
    let mut requests = server.log.all();
    requests.retain(|request| request.number > after);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let older = requests.len().saturating_sub(limit);
    let latest: Vec<Value> = requests.iter().skip(older).map(log_entry).collect();
    Ok(json!({"left_out": older, "requests": latest}))
}

fn log_entry(request: &RecordedRequest) -> Value {
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

/// The attempted deliveries, oldest first.
pub(super) fn read_webhooks(server: &Server) -> Result<Value, Failure> {
    Ok(json!({"deliveries": to_json(&server.deliveries().all())?}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RaisedEvent {
    event_type: String,
    object_id: Option<i64>,
}

/// Raises an event that the sandbox never raises by itself.
pub(super) fn raise_event(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let event: RaisedEvent = serde_json::from_slice(body)
        .map_err(|error| Failure::bad(format!("this is no event: {error}")))?;
    server.publish(vec![Event::Happened {
        event_type: event.event_type,
        object_id: event.object_id,
    }]);
    Ok(json!({"ok": true}))
}

/// Forms for the next responses of one legacy operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    operation: String,
    forms: Vec<String>,
}

/// The legacy operations and the forms of responses.
pub(super) fn read_soap(server: &Server) -> Value {
    let forms: Vec<String> = SoapForm::all().map(|form| form.to_string()).collect();
    let operations: Vec<&str> = server.soap.operations().collect();
    json!({"operations": operations, "forms": forms})
}

/// Queues forms; none is queued where a name is unknown.
pub(super) fn plan_soap(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let asked: Forms = serde_json::from_slice(body)
        .map_err(|error| Failure::bad(format!("these are no forms: {error}")))?;
    let unknown = |error: UnknownSoap| Failure::bad(error.to_string());
    let forms = asked.forms.iter().map(|form| form.parse().map_err(unknown));
    for form in forms.collect::<Result<Vec<SoapForm>, Failure>>()? {
        server.soap.plan(&asked.operation, form).map_err(unknown)?;
    }
    Ok(json!({"ok": true}))
}

/// Clears the queue of forms and ends all sessions.
pub(super) fn clear_soap(server: &Server) -> Value {
    server.soap.clear_plan();
    server.soap.expire_sessions();
    json!({"ok": true})
}
