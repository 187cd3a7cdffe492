//! What a sandbox begins with: computed records, or a state that a file holds.

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::Clock;
use crate::keep::{self, DataError, Journal, Problem};
use crate::schema::Api;
use crate::seed::Seed;
use crate::world::World;

/// Customers in a sandbox that wasn't told how many: enough for several pages.
const DEFAULT_CUSTOMERS: u64 = 50;

const DEFAULT_SEED: u64 = 42;

/// What was asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beginning {
    pub(crate) seed: Option<u64>,
    pub(crate) customers: Option<u64>,
    /// A file to begin with.
    pub(crate) restore: Option<PathBuf>,
    /// A file to begin with, if it exists, and to follow the state from then on.
    pub(crate) data: Option<PathBuf>,
}

impl Beginning {
    /// The state to begin with.
    pub(crate) fn world(
        &self,
        api: &Arc<Api>,
        clock: Clock,
        base_url: String,
    ) -> Result<World, DataError> {
        let mut file = self.restore.as_deref();
        let mut image = file.map(|path| keep::read(api, path)).transpose()?;
        let mut followed = None;
        if let Some(path) = self.data.as_deref() {
            let (claim, found) = Journal::open(api, path)?;
            if found.is_some() {
                if image.is_some() {
                    let problem = Problem::Different {
                        asked: "a state to restore".to_owned(),
                        found: "a state of its own".to_owned(),
                    };
                    return Err(DataError::new(path, problem));
                }
                image.clone_from(&found);
                file = Some(path);
            }
            followed = Some((claim, found));
        }
        let seed = image
            .as_ref()
            .map_or_else(Seed::default, |image| image.seed);
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
        if let Some(image) = image {
            world.restore(image)?;
        }
        if let Some((claim, found)) = followed {
            world.journal = Some(claim.follow(found.as_ref(), &world.snapshot())?);
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
