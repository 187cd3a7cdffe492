//! Linking: once, however often it is asked for.

use std::collections::BTreeSet;

use super::{KeyLinkProblem, KeyLinks, Linkable, refused};
use crate::error::Error;
use crate::ids::IntegrationKeyLinkId;
use crate::operation::Operation;
use crate::request::Request;
use crate::resources::integration_key_links::{
    IntegrationKeyLinkCreate, IntegrationKeyLinksCreate,
};

/// How a link came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Linked {
    /// It was there already.
    Existing,
    /// It was made just now and has this id. No list shows the id again, so keep it if the link may have to be changed
    /// or removed one day.
    Created(IntegrationKeyLinkId),
}

pub(super) const CREATE: &Operation = IntegrationKeyLinksCreate::OPERATION;

impl KeyLinks {
    /// Links a record to an external id, unless that is done already.
    ///
    /// Looks for links of the external id first and creates one only if there is none: one call for an existing link,
    /// two for a new one. So it may be called again after any failure. Tasks that share this handle or have clones of it
    /// take turns for one external id. Two programs, or handles made apart, that call it at the same moment can both
    /// create the link; the API has no way to rule that out, and [`find`](Self::find) takes two equal links for one.
    ///
    /// That the record is linked to another external id isn't seen here, since the list can't be filtered by record;
    /// [`bulk_ensure`](Self::bulk_ensure) sees it.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::ids::CustomerId;
    /// use revio_api::resources::customers::Customer;
    ///
    /// let links = client.key_links("SALESFORCE");
    /// links.ensure::<Customer>(CustomerId(1015), "0012D00000dAsFzQAK").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a call fails, for instance because the record doesn't exist; or with [`Error::key_link_problem`] when the
    /// external id is linked to another record, or the system isn't known.
    pub async fn ensure<R: Linkable>(&self, id: R::Id, external: &str) -> Result<Linked, Error> {
        let wanted: i32 = id.into();
        let _alone = self.shared.alone(R::ENTITY, external).await;
        let found = self.internal_ids::<R>(external).await?;
        if let Some(conflict) = conflict(R::ENTITY, external, &found, wanted) {
            return Err(conflict);
        }
        if !found.is_empty() {
            return Ok(Linked::Existing);
        }
        let scope = self.shared.scope::<R>().await?;
        let link = IntegrationKeyLinkCreate::new()
            .integration_system_id(scope.system)
            .integration_entity_type_id(scope.entity)
            .internal_id(wanted)
            .external_id(external);
        let created = self
            .shared
            .client()
            .integration_key_links()
            .create(link)
            .await?;
        Ok(Linked::Created(created.id))
    }
}

/// The error when an external id is linked to another record than the one that is wanted.
pub(super) fn conflict(
    entity: &'static str,
    external: &str,
    linked: &BTreeSet<i32>,
    wanted: i32,
) -> Option<Error> {
    let existing = linked.iter().find(|existing| **existing != wanted)?;
    let problem = KeyLinkProblem::Conflict {
        entity,
        external: external.to_owned(),
        existing: *existing,
        wanted,
    };
    Some(refused(CREATE, problem))
}
