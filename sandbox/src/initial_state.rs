//! The initial state: computed records, or a state that was read from a file.

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::Clock;
use crate::persistence::{self, DataError, Journal, Problem};
use crate::schema::Api;
use crate::seed::Seed;
use crate::world::World;

/// Customers without an option: enough for several pages.
const DEFAULT_CUSTOMERS: u64 = 50;

const DEFAULT_SEED: u64 = 42;

/// Ids have 32 bits, and some tables have two records for each customer.
pub(crate) const MAX_CUSTOMERS: u64 = 1_000_000_000;

/// The options that decide about the initial state.
#[derive(Debug, Clone, Default)]
pub(crate) struct InitialState {
    pub(crate) seed: Option<u64>,
    pub(crate) customers: Option<u64>,
    /// A file to read the state from.
    pub(crate) restore: Option<PathBuf>,
    /// A file to read the state from, if it exists, and to write every change to.
    pub(crate) data: Option<PathBuf>,
}

impl InitialState {
    /// Builds the initial state.
    pub(crate) fn world(
        &self,
        api: &Arc<Api>,
        clock: Clock,
        base_url: String,
    ) -> Result<World, DataError> {
        let mut file = self.restore.as_deref();
        let mut snapshot = file.map(|path| persistence::read(api, path)).transpose()?;
        let mut data = None;
        if let Some(path) = self.data.as_deref() {
            let (lock, found) = Journal::open(api, path)?;
            if found.is_some() {
                if snapshot.is_some() {
                    let problem = Problem::Different {
                        asked: "a state to restore".to_owned(),
                        found: "a state of its own".to_owned(),
                    };
                    return Err(DataError::new(path, problem));
                }
                snapshot.clone_from(&found);
                file = Some(path);
            }
            data = Some((lock, found));
        }
        let seed = snapshot
            .as_ref()
            .map_or_else(Seed::default, |snapshot| snapshot.seed);
        let asked = Seed {
            seed: self.seed.unwrap_or(seed.seed),
            customers: self.customers.unwrap_or(seed.customers),
        };
        if let Some(path) = file.filter(|_| asked != seed) {
            let problem = Problem::Different {
                asked: asked.to_string(),
                found: seed.to_string(),
            };
            return Err(DataError::new(path, problem));
        }
        let mut world = World::new(Arc::clone(api), asked, clock, base_url);
        if let Some(snapshot) = snapshot {
            world.restore(snapshot)?;
        }
        if let Some((lock, found)) = data {
            world.journal = Some(lock.start(found.as_ref(), &world.snapshot())?);
        }
        Ok(world)
    }
}

impl Default for Seed {
    fn default() -> Self {
        Self {
            seed: DEFAULT_SEED,
            customers: DEFAULT_CUSTOMERS,
        }
    }
}
