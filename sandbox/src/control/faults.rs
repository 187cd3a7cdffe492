//! Fault rules over the control plane.

use std::sync::PoisonError;

use serde_json::{Value, json};

use super::shown;
use crate::failure::Failure;
use crate::faults::{Faults, Plan};
use crate::http::Server;

pub(super) fn read(server: &Server) -> Result<Value, Failure> {
    let plan = server.faults.lock().unwrap_or_else(PoisonError::into_inner);
    shown(plan.faults())
}

pub(super) fn replace(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let faults: Faults = serde_json::from_slice(body)
        .map_err(|error| Failure::bad(format!("these are no fault rules: {error}")))?;
    server
        .set_faults(faults)
        .map_err(|error| Failure::bad(error.to_string()))?;
    read(server)
}

pub(super) fn clear(server: &Server) -> Result<Value, Failure> {
    server
        .set_faults(Faults::default())
        .map_err(Failure::internal)?;
    Ok(json!({"ok": true}))
}

impl Server {
    /// Puts other rules in force. Wrong ones change nothing.
    pub(crate) fn set_faults(&self, faults: Faults) -> Result<(), crate::faults::FaultsError> {
        faults.check(&self.api)?;
        *self.faults.lock().unwrap_or_else(PoisonError::into_inner) = Plan::new(faults);
        Ok(())
    }
}
