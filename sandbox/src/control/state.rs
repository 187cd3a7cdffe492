//! The handlers of state and time.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::initial_state::MAX_CUSTOMERS;
use crate::persistence::Snapshot;
use crate::schema::dates;
use crate::seed::Seed;
use crate::server::Server;

/// Back to the initial state: records, time, log, faults, forms of legacy responses.
pub(super) fn reset(server: &Server) -> Result<Value, Failure> {
    server.world().reset().map_err(Failure::internal)?;
    server.log.clear();
    super::routes::clear_faults(server)?;
    super::routes::clear_soap(server);
    Ok(json!({"ok": true}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seeding {
    seed: Option<u64>,
    customers: Option<u64>,
}

/// Computes other records. All changes are lost.
pub(super) fn seed(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let asked: Seeding = read(body)?;
    let mut world = server.world();
    let seed = Seed {
        seed: asked.seed.unwrap_or(world.seed.seed),
        customers: asked.customers.unwrap_or(world.seed.customers),
    };
    if seed.customers > MAX_CUSTOMERS {
        return Err(Failure::bad(format!(
            "customers must be at most {MAX_CUSTOMERS}"
        )));
    }
    world.reseed(seed).map_err(Failure::internal)?;
    Ok(json!({"seed": seed.seed, "customers": seed.customers}))
}

/// Restores a state from `GET /snapshot`.
pub(super) fn restore(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let snapshot = Snapshot::read(&server.api, body)
        .map_err(|problem| Failure::bad(format!("the snapshot can't be used: {problem}")))?;
    server
        .world()
        .restore(snapshot)
        .map_err(Failure::internal)?;
    Ok(json!({"ok": true}))
}

pub(super) fn clock(server: &Server) -> Value {
    json!({"time": server.world().clock.text()})
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    time: Option<String>,
    advance_seconds: Option<u64>,
}

/// Sets the time, advances it, or both in this order.
pub(super) fn set_clock(server: &Server, body: &[u8]) -> Result<Value, Failure> {
    let asked: Setting = read(body)?;
    let time = asked.time.map(|text| {
        dates::parse(&text).ok_or_else(|| {
            Failure::bad("time must be a date and time, such as 2026-07-01T08:00:00")
        })
    });
    let time = time.transpose()?;
    let mut world = server.world();
    if let Some(time) = time {
        world.clock.set(time);
    }
    if let Some(seconds) = asked.advance_seconds {
        world.clock.advance(Duration::from_secs(seconds));
    }
    drop(world);
    Ok(clock(server))
}

fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Failure> {
    serde_json::from_slice(body)
        .map_err(|error| Failure::bad(format!("the body can't be read: {error}")))
}
