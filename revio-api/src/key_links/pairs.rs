//! All links of one kind of record, for reports and comparisons.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};

use super::{KeyLinks, LIST, Linkable, incomplete};
use crate::error::Error;
use crate::lists::Paged;

/// A record here and the same thing's id in the outside system.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Pair<Id> {
    /// The record's id here.
    pub internal: Id,
    /// Its id there.
    pub external: String,
}

/// All links of one kind of record; made by [`KeyLinks::pairs`].
///
/// It is a [`Stream`], and can be read without any other crate by [`try_next`](Self::try_next). It ends after the last
/// pair, or after the first error.
#[must_use = "links are read only when it is polled"]
pub struct Pairs<Id> {
    inner: BoxStream<'static, Result<Pair<Id>, Error>>,
}

impl KeyLinks {
    /// All links of one kind of record in this system, in the server's order.
    ///
    /// The vendor's list can't be filtered by system or kind, so this reads the key links of all systems: one call for
    /// each 500. Where the list may not be complete, the last thing that comes is an error.
    /// They have no id to sort by, so a link that is made or removed meanwhile may be missed or, rarely,
    /// others come twice.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::resources::customers::Customer;
    ///
    /// let mut pairs = client.key_links("SALESFORCE").pairs::<Customer>();
    /// while let Some(pair) = pairs.try_next().await? {
    ///     println!("{},{}", pair.internal, pair.external);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pairs<R: Linkable>(&self) -> Pairs<R::Id> {
        let links = self.clone();
        let scope = async move { links.shared.scope::<R>().await.map(|scope| (links, scope)) };
        let pairs = stream::once(scope).map_ok(|(links, scope)| {
            stream::try_unfold(links.list().stream(), move |mut records| async move {
                while let Some(link) = records.try_next().await? {
                    if let Some((internal, external)) = scope.pair(link) {
                        let internal = internal.into();
                        return Ok(Some((Pair { internal, external }, records)));
                    }
                }
                if records.report().complete {
                    Ok(None)
                } else {
                    Err(incomplete(LIST))
                }
            })
        });
        Pairs {
            inner: pairs.try_flatten().boxed(),
        }
    }
}

impl<Id> Pairs<Id> {
    /// The next pair, or `None` after the last one.
    ///
    /// # Errors
    /// When a call fails; or with [`Error::key_link_problem`] when the system isn't known.
    pub async fn try_next(&mut self) -> Result<Option<Pair<Id>>, Error> {
        TryStreamExt::try_next(&mut self.inner).await
    }
}

impl<Id> Stream for Pairs<Id> {
    type Item = Result<Pair<Id>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.inner.poll_next_unpin(context)
    }
}

impl<Id> fmt::Debug for Pairs<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pairs")
    }
}
