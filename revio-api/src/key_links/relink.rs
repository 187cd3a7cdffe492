//! Changing and removing links.

use super::{KeyLinkProblem, KeyLinks, Linkable, refused};
use crate::error::Error;
use crate::ids::IntegrationKeyLinkId;
use crate::request::Request;
use crate::resources::integration_key_links::{
    IntegrationKeyLinkReplace, IntegrationKeyLinksReplace,
};

impl KeyLinks {
    /// Makes a link lead from another external id, or to another record.
    ///
    /// Not verified: needs the feature `unverified` and is outside semver. The vendor documents that a link can be
    /// replaced; that its id goes into the path is assumed. The id is the one that [`Linked::Created`] holds: a list
    /// doesn't show it, so a link that another program made can't be changed. Conflicts aren't looked for, since the
    /// link itself can't be identified in the list.
    ///
    /// [`Linked::Created`]: super::Linked::Created
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client, link: revio_api::ids::IntegrationKeyLinkId) -> Result<(), revio_api::Error> {
    /// use revio_api::ids::CustomerId;
    /// use revio_api::resources::customers::Customer;
    ///
    /// client.key_links("SALESFORCE").relink::<Customer>(link, CustomerId(1016), "0012D00000dAsFzQAK").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a call fails; or with [`Error::key_link_problem`] when the system isn't known.
    pub async fn relink<R: Linkable>(
        &self,
        link: IntegrationKeyLinkId,
        id: R::Id,
        external: &str,
    ) -> Result<(), Error> {
        if external.is_empty() {
            let operation = IntegrationKeyLinksReplace::OPERATION;
            return Err(refused(operation, KeyLinkProblem::EmptyExternalId));
        }
        let scope = self.shared.scope::<R>().await?;
        let body = IntegrationKeyLinkReplace::new()
            .integration_system_id(scope.system)
            .integration_entity_type_id(scope.entity)
            .internal_id(id.into())
            .external_id(external.to_owned());
        let links = self.shared.client().integration_key_links();
        links.replace(link, body).await
    }

    /// Removes a link.
    ///
    /// Not verified: needs the feature `unverified` and is outside semver. The vendor documents that a link can be
    /// deleted; that its id goes into the path is assumed, and at least one other resource takes the id in a body
    /// instead. The id is the one that [`Linked::Created`] holds: a link that another program made can't be removed.
    ///
    /// [`Linked::Created`]: super::Linked::Created
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client, link: revio_api::ids::IntegrationKeyLinkId) -> Result<(), revio_api::Error> {
    /// client.key_links("SALESFORCE").unlink(link).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the call fails.
    pub async fn unlink(&self, link: IntegrationKeyLinkId) -> Result<(), Error> {
        self.shared
            .client()
            .integration_key_links()
            .delete(link)
            .await
    }
}
