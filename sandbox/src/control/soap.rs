//! The forms of legacy answers over the control plane.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::http::Server;
use crate::soap::SoapForm;

/// Forms for the next answers of one operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    operation: String,
    forms: Vec<String>,
}

/// What can be asked for.
pub(super) fn read(server: &Server) -> Value {
    let forms: Vec<String> = SoapForm::all().map(|form| form.to_string()).collect();
    let operations: Vec<&str> = server.soap.operations().collect();
    json!({"operations": operations, "forms": forms})
}

/// Adds to what is planned; nothing is added where a name is wrong.
pub(super) fn plan(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let asked: Forms = serde_json::from_slice(body)
        .map_err(|error| Failure::bad(format!("these are no forms: {error}")))?;
    let wrong = |error: crate::soap::UnknownSoap| Failure::bad(error.to_string());
    let forms = asked.forms.iter().map(|form| form.parse().map_err(wrong));
    for form in forms.collect::<Result<Vec<SoapForm>, Failure>>()? {
        server.soap.plan(&asked.operation, form).map_err(wrong)?;
    }
    Ok(json!({"ok": true}))
}

/// Forgets what is planned, and ends all sessions.
pub(super) fn clear(server: &Server) -> Value {
    server.soap.clear_plan();
    server.soap.expire_sessions();
    json!({"ok": true})
}
