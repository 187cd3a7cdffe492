//! Key links: which record here is which thing in another system, typed by kind of record.
//!
//! The vendor keeps such pairs for an integration: system, kind of record, id here, key there. The vendor's own example
//! links a Salesforce account to a customer:
//!
//! ```no_run
//! # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
//! use revio_api::key_links::Linked;
//! use revio_api::prelude::*;
//! use revio_api::resources::customers::Customer;
//!
//! let links = client.key_links("SALESFORCE");
//! match links.ensure::<Customer>(CustomerId(1015), "0012D00000dAsFzQAK").await? {
//!     Linked::Created(link) => println!("linked; keep {link}: no list shows it again"),
//!     Linked::Existing => println!("was linked already"),
//! }
//! let customer: Option<CustomerId> = links.find::<Customer>("0012D00000dAsFzQAK").await?;
//! assert_eq!(customer, Some(CustomerId(1015)));
//! # Ok(())
//! # }
//! ```
//!
//! # What isn't known
//! - The list of key links has one documented filter, the external id. Everything that starts from an id here
//!   ([`find_external`](KeyLinks::find_external), [`pairs`](KeyLinks::pairs)) reads the whole list, 500 links a call.
//! - A link has an id of its own, but nobody has seen under which name a list shows it. Only the response to a create shows
//!   it: [`Linked::Created`] hands it on, and changing or removing a link needs it.
//! - Whether the vendor refuses a second link for the same external id isn't documented. This client looks before it
//!   links; two programs that look at the same moment can both link. Clones of one handle take turns.

mod bulk;
mod ensure;
mod lookup;
mod pairs;
mod problem;
#[cfg(feature = "unverified")]
mod relink;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

pub use self::bulk::{BulkItem, Progress};
pub use self::ensure::Linked;
use self::lookup::Shared;
pub use self::pairs::{Pair, Pairs};
pub use self::problem::KeyLinkProblem;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Outcome};
use crate::identified::Identified;
use crate::lists::Paged;
use crate::operation::Operation;
use crate::record::Record;
use crate::request::{ListRequest, Request};
use crate::resources::integration_key_links::IntegrationKeyLinksList;

/// A kind of record that can be linked; the vendor has twelve.
///
/// ```
/// use revio_api::key_links::Linkable;
/// use revio_api::resources::service_products::ServiceProduct;
///
/// assert_eq!(ServiceProduct::ENTITY, "Service_Product");
/// ```
pub trait Linkable: Identified {
    /// The name of the kind among the integration entity types. The vendor writes it in title case and in capitals;
    /// case, spaces and underscores don't count.
    const ENTITY: &'static str;
}

/// The key links of one outside system; made by [`Client::key_links`].
///
/// Clones share what was looked up. `Debug` shows the system's name.
#[derive(Clone)]
pub struct KeyLinks {
    shared: Arc<Shared>,
}

impl Client {
    /// The key links of an outside system, by the name that it has among the account's integration systems.
    ///
    /// Nothing is sent yet. The ids of the system and of the entity types are looked up when they are first needed, and
    /// kept for this handle and its clones: make one handle and keep it.
    ///
    /// ```
    /// use revio_api::{Client, Credentials};
    ///
    /// let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
    /// let links = client.key_links("SALESFORCE");
    /// assert_eq!(links.system(), "SALESFORCE");
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    pub fn key_links(&self, system: impl Into<String>) -> KeyLinks {
        KeyLinks {
            shared: Arc::new(Shared::new(self.clone(), system.into())),
        }
    }
}

impl KeyLinks {
    /// The name of the outside system, as it was given.
    pub fn system(&self) -> &str {
        self.shared.system()
    }

    /// The record that an external id is linked to.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::resources::customers::Customer;
    ///
    /// let links = client.key_links("SALESFORCE");
    /// if let Some(id) = links.find::<Customer>("0012D00000dAsFzQAK").await? {
    ///     let customer = client.customers().get(id).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a call fails; or with [`Error::key_link_problem`] when the system isn't known, or when the external id is
    /// linked to several records.
    pub async fn find<R: Linkable>(&self, external: &str) -> Result<Option<R::Id>, Error> {
        let found = self.internal_ids::<R>(external).await?;
        let mut ids = found.iter().copied();
        match (ids.next(), ids.next()) {
            (Some(_), Some(_)) => {
                let problem = KeyLinkProblem::Ambiguous {
                    entity: R::ENTITY,
                    external: external.to_owned(),
                    internal: found.into_iter().collect(),
                };
                Err(refused(LIST, problem))
            }
            (id, _) => Ok(id.map(R::Id::from)),
        }
    }

    /// The external id that a record is linked to; of several, the first in the server's order.
    ///
    /// The vendor's list can't be filtered by the record, so this reads the whole list of key links, of all systems,
    /// until the record comes: one call for each 500 links. Nothing of it is kept. For many records use
    /// [`pairs`](Self::pairs).
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::ids::CustomerId;
    /// use revio_api::resources::customers::Customer;
    ///
    /// let account: Option<String> = client.key_links("SALESFORCE").find_external::<Customer>(CustomerId(1015)).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a call fails; or with [`Error::key_link_problem`] when the system isn't known.
    pub async fn find_external<R: Linkable>(&self, id: R::Id) -> Result<Option<String>, Error> {
        let scope = self.shared.scope::<R>().await?;
        let wanted: i32 = id.into();
        let mut found = None;
        let complete = walk(self.list(), |link| match scope.pair(link) {
            Some((internal, external)) if internal == wanted => {
                found = Some(external);
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        })
        .await?;
        if found.is_none() && !complete {
            return Err(incomplete(LIST));
        }
        Ok(found)
    }

    /// Whether an external id has been processed already: whether any record of this kind is linked to it.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::resources::payments::Payment;
    ///
    /// if client.key_links("SALESFORCE").is_processed::<Payment>("a0B2D00000PAYMENT").await? {
    ///     return Ok(());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a call fails; or with [`Error::key_link_problem`] when the system isn't known.
    pub async fn is_processed<R: Linkable>(&self, external: &str) -> Result<bool, Error> {
        Ok(!self.internal_ids::<R>(external).await?.is_empty())
    }

    /// The records that an external id is linked to: one, if nobody linked it twice.
    async fn internal_ids<R: Linkable>(&self, external: &str) -> Result<BTreeSet<i32>, Error> {
        if external.is_empty() {
            return Err(refused(LIST, KeyLinkProblem::EmptyExternalId));
        }
        let scope = self.shared.scope::<R>().await?;
        let mut found = BTreeSet::new();
        // How the server compares texts isn't known, so what it sends is compared again.
        let complete = walk(self.list().external_id(external), |link| {
            if let Some((internal, key)) = scope.pair(link)
                && key == external
            {
                found.insert(internal);
            }
            ControlFlow::Continue(())
        })
        .await?;
        if found.is_empty() && !complete {
            return Err(incomplete(LIST));
        }
        Ok(found)
    }

    fn list(&self) -> IntegrationKeyLinksList {
        self.shared.client().integration_key_links().list()
    }
}

impl fmt::Debug for KeyLinks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyLinks")
            .field("system", &self.system())
            .finish_non_exhaustive()
    }
}

const LIST: &Operation = IntegrationKeyLinksList::OPERATION;

/// Reads a list until its end, or until `see` has seen enough.
async fn walk<R>(
    request: R,
    mut see: impl FnMut(R::Item) -> ControlFlow<()> + Send,
) -> Result<bool, Error>
where
    R: ListRequest + Send + 'static,
    R::Item: Record,
{
    let mut records = request.stream();
    while let Some(record) = records.try_next().await? {
        if see(record).is_break() {
            return Ok(true);
        }
    }
    Ok(records.report().complete)
}

/// The error of a list whose end can be doubted: that something isn't on it proves nothing.
fn incomplete(operation: &'static Operation) -> Error {
    let detail = "the list may not be complete, since a page was empty or its `record_count` differs from \
                  its records; what isn't on it could be linked all the same: try again later";
    Error::paging(operation, Outcome::NotSent, detail)
}

/// The error for a problem that was seen before anything was changed.
fn refused(operation: &'static Operation, problem: KeyLinkProblem) -> Error {
    Error::problem(ErrorKind::KeyLink, Outcome::NotSent, operation, problem)
}
