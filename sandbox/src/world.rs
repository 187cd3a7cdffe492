//! The state of one sandbox.

use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::clock::Clock;
use crate::event::Event;
use crate::failure::Failure;
use crate::payments::PaymentSettings;
use crate::persistence::{self, DataError, Journal, Snapshot};
use crate::schema::{Api, Record};
use crate::seed::{Seed, Seeder};
use crate::store::Store;

/// Everything that requests can read and change.
pub(crate) struct World {
    pub(crate) api: Arc<Api>,
    pub(crate) seeder: Arc<Seeder>,
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    /// Seed and size of the computed records.
    pub(crate) seed: Seed,
    /// The initial time.
    start: NaiveDateTime,
    /// The data file, if there is one.
    pub(crate) journal: Option<Journal>,
    /// How created payments are changed.
    pub(crate) payments: PaymentSettings,
    /// Events to publish after the call.
    pub(crate) events: Vec<Event>,
    /// The base URL of all paths of the schema, without a slash at the end.
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

    /// The state as bytes; equal states give equal bytes.
    pub(crate) fn snapshot(&self) -> Vec<u8> {
        persistence::write(self.seed, &self.clock, &self.store)
    }

    /// Replaces the state with a snapshot. On failure nothing has changed.
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

    /// Back to the initial state: the computed records and the initial time.
    pub(crate) fn reset(&mut self) -> Result<(), DataError> {
        self.reseed(self.seed)
    }

    /// Replaces the state with other computed records.
    pub(crate) fn reseed(&mut self, seed: Seed) -> Result<(), DataError> {
        self.restore(Snapshot::initial(seed, self.start))
    }

    /// Runs a transaction: on failure all changes are undone, also that of the clock.
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

    /// Appends the changes to the data file.
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
            .map_err(Failure::internal)?;
        if journal.is_long() {
            // The call is in the file already; a snapshot only makes the file shorter.
            let _ = journal.restart(&persistence::write(self.seed, &self.clock, &self.store));
        }
        Ok(())
    }

    /// The URL of a record.
    pub(crate) fn address(&self, record: &Record, id: i64) -> String {
        format!("{}{}/{id}", self.base_url, record.collection)
    }
}
