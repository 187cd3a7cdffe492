//! One sandbox's state, one call to it, and the reply.

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde_json::Value;

use crate::clock::Clock;
use crate::failure::Failure;
use crate::list::{PageFault, Query};
use crate::payments::PaymentSettings;
use crate::persistence::{self, DataError, Journal, Snapshot};
use crate::schema::{Api, Operation, Record};
use crate::seed::{Seed, Seeder};
use crate::store::Store;
use crate::webhooks::Event;

/// Everything that calls can see and change.
pub(crate) struct World {
    pub(crate) api: Arc<Api>,
    pub(crate) seeder: Arc<Seeder>,
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    /// What the computed records are made from.
    pub(crate) seed: Seed,
    /// When time began.
    start: NaiveDateTime,
    /// The file that follows the state, if one does.
    pub(crate) journal: Option<Journal>,
    /// How payments are kept and listed.
    pub(crate) payments: PaymentSettings,
    /// What receivers of webhooks are to be told when the call is done.
    pub(crate) events: Vec<Event>,
    /// Address that the paths of the schema hang on, without a slash at the end.
    pub(crate) base_url: String,
}

impl World {
    pub(crate) fn new(api: Arc<Api>, seed: Seed, clock: Clock, base_url: String) -> Self {
        let seeder = Arc::new(Seeder::new(Arc::clone(&api), seed));
        Self {
            store: Store::new(Arc::clone(&api), &seeder),
            seeder,
            api,
            seed,
            start: clock.now(),
            clock,
            journal: None,
            payments: PaymentSettings::default(),
            events: Vec::new(),
            base_url,
        }
    }

    /// The state as bytes: the same for the same state.
    pub(crate) fn snapshot(&self) -> Vec<u8> {
        persistence::write(self.seed, &self.clock, &self.store)
    }

    /// Puts another state in the place of this one. When that fails, nothing has changed.
    pub(crate) fn restore(&mut self, snapshot: Snapshot) -> Result<(), DataError> {
        let seeder = Arc::new(Seeder::new(Arc::clone(&self.api), snapshot.seed));
        let mut store = Store::new(Arc::clone(&self.api), &seeder);
        for entry in snapshot.entries {
            store.apply(entry);
        }
        store.commit();
        let mut clock = self.clock.clone();
        clock.set(snapshot.time);
        if let Some(journal) = &mut self.journal {
            journal.restart(&persistence::write(snapshot.seed, &clock, &store))?;
        }
        self.seed = snapshot.seed;
        self.seeder = seeder;
        self.store = store;
        self.clock = clock;
        Ok(())
    }

    /// Goes back to the start: the computed records and the time at which the sandbox began.
    pub(crate) fn reset(&mut self) -> Result<(), DataError> {
        self.reseed(self.seed)
    }

    /// Starts over with other computed records.
    pub(crate) fn reseed(&mut self, seed: Seed) -> Result<(), DataError> {
        self.restore(Snapshot::initial(seed, self.start))
    }

    /// Does something as a whole: when it fails, everything is as it was before, the clock too.
    pub(crate) fn transact<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let before = self.clock.clone();
        let outcome = work(self).and_then(|done| self.persist().map(|()| done));
        if outcome.is_ok() {
            self.store.commit();
        } else {
            self.store.undo();
            self.events.clear();
            self.clock = before;
        }
        outcome
    }

    /// Adds what was changed to the file that follows the state.
    fn persist(&mut self) -> Result<(), Failure> {
        let Some(journal) = &mut self.journal else {
            return Ok(());
        };
        let changed = self.store.changed();
        if changed.is_empty() {
            return Ok(());
        }
        journal
            .append(&self.clock, &changed)
            .map_err(Failure::own_fault)?;
        if journal.is_long() {
            // The call is in the file already; a snapshot only makes the file shorter.
            let _ = journal.restart(&persistence::write(self.seed, &self.clock, &self.store));
        }
        Ok(())
    }

    /// The address of a record.
    pub(crate) fn address(&self, record: &Record, id: i64) -> String {
        format!("{}{}/{id}", self.base_url, record.collection)
    }
}

/// A call that was routed and whose body was checked.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) path: Vec<String>,
    pub(crate) query: Query,
    /// The body; null where there is none.
    pub(crate) body: Value,
    /// What a fault does to the page that a list reads.
    pub(crate) page_fault: PageFault,
    /// What was sent and had no effect.
    pub(crate) ignored: Vec<String>,
}

impl Call<'_> {
    /// The id in the path. A path with anything but a whole number there leads nowhere.
    pub(crate) fn id(&self) -> Result<i64, Failure> {
        self.path
            .first()
            .and_then(|text| text.parse().ok())
            .ok_or_else(Failure::no_path)
    }

    /// The id in the path, of a record that exists.
    pub(crate) fn existing(&self, world: &World, record: &Record) -> Result<i64, Failure> {
        let id = self.id()?;
        if world.store.contains(&record.name, id) {
            Ok(id)
        } else {
            Err(Failure::no_record(&record.name, id))
        }
    }

    /// The record schema that the operation is about.
    pub(crate) fn record<'w>(&self, api: &'w Api) -> Result<&'w Record, Failure> {
        api.record_for(self.operation).ok_or_else(|| {
            Failure::own_fault(format!("{} has no record schema", self.operation.id()))
        })
    }
}

/// What a successful call answers, beside the status that the schema gives.
pub(crate) struct Reply {
    pub(crate) content: Content,
    pub(crate) location: Option<String>,
}

/// The body of a reply.
pub(crate) enum Content {
    Json(Value),
    Bytes(Vec<u8>),
}

impl Reply {
    pub(crate) fn json(value: Value) -> Self {
        Self {
            content: Content::Json(value),
            location: None,
        }
    }

    pub(crate) fn bytes(bytes: Vec<u8>) -> Self {
        Self {
            content: Content::Bytes(bytes),
            location: None,
        }
    }

    /// `{"ok": true}`
    pub(crate) fn done() -> Self {
        Self::json(serde_json::json!({"ok": true}))
    }
}
