//! The application state: what every request handler works with.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::UnboundedSender;

use crate::credentials::Credentials;
use crate::event::Event;
use crate::failure::{ErrorStyle, Failure};
use crate::faults::{Faults, FaultsError, Plan};
use crate::limits::Window;
use crate::log::RequestLog;
use crate::schema::Api;
use crate::soap::Soap;
use crate::webhooks::Deliveries;
use crate::world::World;

/// The state of a running sandbox.
pub(crate) struct Server {
    pub(crate) api: Arc<Api>,
    pub(crate) credentials: Credentials,
    pub(crate) style: ErrorStyle,
    pub(crate) world: Arc<Mutex<World>>,
    pub(crate) faults: Mutex<Plan>,
    pub(crate) log: RequestLog,
    /// Queue of the events that webhook receivers are to be notified of.
    pub(crate) events: UnboundedSender<Event>,
    pub(crate) deliveries: Arc<Mutex<Deliveries>>,
    /// The rate limits, if any.
    pub(crate) window: Option<Mutex<Window>>,
    /// The legacy service.
    pub(crate) soap: Soap,
    /// Scheme, host and port of this server.
    pub(crate) origin: String,
}

impl Server {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.world)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Plan> {
        lock(&self.faults)
    }

    pub(crate) fn deliveries(&self) -> MutexGuard<'_, Deliveries> {
        lock(&self.deliveries)
    }

    /// Replaces the fault rules. Invalid rules change nothing.
    pub(crate) fn set_faults(&self, faults: Faults) -> Result<(), FaultsError> {
        faults.check(&self.api)?;
        *self.faults() = Plan::new(faults);
        Ok(())
    }

    /// Counts a call against the rate limits, or refuses it.
    pub(crate) fn admit(&self) -> Result<(), Failure> {
        let Some(window) = &self.window else {
            return Ok(());
        };
        let now = self.world().clock.now();
        lock(window).admit(now)
    }

    /// Queues events for delivery to webhook receivers.
    pub(crate) fn publish(&self, events: Vec<Event>) {
        for event in events {
            // The queue is closed only while the sandbox stops.
            let _ = self.events.send(event);
        }
    }
}

/// Locks a mutex. A panic in one request must not stop the others.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
