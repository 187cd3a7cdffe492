//! What all clones of a handle share: the ids behind the names, looked up once, and the order of those who link.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use tokio::sync::{Mutex, MutexGuard, OnceCell};

use super::{KeyLinkProblem, Linkable, incomplete, refused, walk};
use crate::client::Client;
use crate::error::Error;
use crate::ids::{IntegrationEntityTypeId, IntegrationSystemId};
use crate::request::Request;
use crate::resources::integration_entity_types::IntegrationEntityTypesList;
use crate::resources::integration_key_links::IntegrationKeyLink;
use crate::resources::integration_systems::IntegrationSystemsList;

/// More than will be linked at the same time, as a rule.
const LOCKS: u64 = 64;

/// What all clones of a handle have in common.
pub(super) struct Shared {
    client: Client,
    system: String,
    system_id: OnceCell<IntegrationSystemId>,
    entity_types: OnceCell<Vec<(String, IntegrationEntityTypeId)>>,
    /// Each for the external ids that fall to it.
    linking: Vec<Mutex<()>>,
}

/// Which links count: those of one system and one kind of record.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) system: IntegrationSystemId,
    pub(super) entity: IntegrationEntityTypeId,
}

impl Scope {
    /// Id here and key there, if the link counts and has both.
    pub(super) fn pair(self, link: IntegrationKeyLink) -> Option<(i32, String)> {
        let counts = link.integration_system_id == Some(self.system)
            && link.integration_entity_type_id == Some(self.entity);
        if !counts {
            return None;
        }
        Some((link.internal_id?, link.external_id?))
    }
}

impl Shared {
    pub(super) fn new(client: Client, system: String) -> Self {
        Self {
            client,
            system,
            system_id: OnceCell::new(),
            entity_types: OnceCell::new(),
            linking: (0..LOCKS).map(|_| Mutex::new(())).collect(),
        }
    }

    /// Waits until nobody else is linking this external id. Without that, two tasks could both see that it isn't linked,
    /// and both link it.
    pub(super) async fn alone(&self, entity: &str, external: &str) -> Option<MutexGuard<'_, ()>> {
        let mut hasher = DefaultHasher::new();
        (entity, external).hash(&mut hasher);
        let place = usize::try_from(hasher.finish() % LOCKS).ok()?;
        Some(self.linking.get(place)?.lock().await)
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn system(&self) -> &str {
        &self.system
    }

    /// The ids for one kind of record. A failure isn't kept, so that the next call looks again.
    pub(super) async fn scope<R: Linkable>(&self) -> Result<Scope, Error> {
        let system = *self
            .system_id
            .get_or_try_init(|| self.look_up_system())
            .await?;
        let types = self.entity_types.get_or_try_init(|| self.look_up_types());
        let types = types.await?;
        let entity = pick(R::ENTITY, types).ok_or_else(|| {
            let problem = KeyLinkProblem::UnknownEntity {
                entity: R::ENTITY,
                known: names(types),
            };
            refused(IntegrationEntityTypesList::OPERATION, problem)
        })?;
        Ok(Scope { system, entity })
    }

    /// Reads the whole list, which is short, so that spelling doesn't matter and an error can name what there is.
    async fn look_up_system(&self) -> Result<IntegrationSystemId, Error> {
        let mut systems = Vec::new();
        let complete = walk(self.client.integration_systems().list(), |system| {
            if let Some(name) = system.system_name {
                systems.push((name, system.integration_system_id));
            }
            ControlFlow::Continue(())
        })
        .await?;
        if !complete {
            return Err(incomplete(IntegrationSystemsList::OPERATION));
        }
        pick(&self.system, &systems).ok_or_else(|| {
            let problem = KeyLinkProblem::UnknownSystem {
                system: self.system.clone(),
                known: names(&systems),
            };
            refused(IntegrationSystemsList::OPERATION, problem)
        })
    }

    async fn look_up_types(&self) -> Result<Vec<(String, IntegrationEntityTypeId)>, Error> {
        let mut types = Vec::new();
        let complete = walk(self.client.integration_entity_types().list(), |entity| {
            if let Some(name) = entity.entity_type_name {
                types.push((name, entity.integration_entity_type_id));
            }
            ControlFlow::Continue(())
        })
        .await?;
        if !complete {
            return Err(incomplete(IntegrationEntityTypesList::OPERATION));
        }
        Ok(types)
    }
}

/// What has this name to the letter, or else the only one that has it in another spelling.
fn pick<Id: Copy>(name: &str, known: &[(String, Id)]) -> Option<Id> {
    let exact = known.iter().find(|(other, _)| other == name);
    if let Some((_, id)) = exact {
        return Some(*id);
    }
    let folded = fold(name);
    let mut same = known.iter().filter(|(other, _)| fold(other) == folded);
    match (same.next(), same.next()) {
        (Some((_, id)), None) => Some(*id),
        _ => None,
    }
}

/// Without case, spaces and underscores.
fn fold(name: &str) -> String {
    name.chars()
        .filter(|letter| !matches!(letter, ' ' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn names<Id>(known: &[(String, Id)]) -> Vec<String> {
    known.iter().map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::pick;

    #[test]
    fn spelling_does_not_matter_unless_it_tells_two_apart() {
        let known = [
            ("SERVICE_PRODUCT".to_owned(), 1),
            ("Inventory Item".to_owned(), 2),
            ("MY_ERP".to_owned(), 3),
            ("My ERP".to_owned(), 4),
        ];
        for (name, id) in [
            ("Service_Product", Some(1)),
            ("SERVICE_PRODUCT", Some(1)),
            ("Inventory_Item", Some(2)),
            ("My ERP", Some(4)),
            ("MY_ERP", Some(3)),
            ("my erp", None),
            ("Service", None),
            ("", None),
        ] {
            assert_eq!(pick(name, &known), id, "{name}");
        }
    }
}
