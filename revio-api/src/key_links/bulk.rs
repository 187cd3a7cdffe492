//! Linking many records.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::ops::ControlFlow;

use futures_util::{StreamExt, stream};

use super::ensure::{CREATE, Linked, conflict};
use super::lookup::Scope;
use super::{KeyLinkProblem, KeyLinks, LIST, Linkable, incomplete, refused, walk};
use crate::error::Error;

/// Links that are looked for or made at the same time: enough to be several times faster than one by one, and far from
/// the vendor's quota.
const IN_FLIGHT: usize = 4;

/// One pair of a bulk and what became of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct BulkItem<Id> {
    /// The record's id here.
    pub internal: Id,
    /// Its id there.
    pub external: String,
    /// Whether it is linked now, or why not.
    pub outcome: Result<Linked, Error>,
}

/// How far a bulk is.
#[non_exhaustive]
pub struct Progress<'a, Id> {
    /// How many pairs are dealt with.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// The pair that was dealt with just now.
    pub item: &'a BulkItem<Id>,
}

impl<Id> fmt::Debug for Progress<'_, Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Progress({} of {})", self.done, self.total)
    }
}

impl KeyLinks {
    /// Links many records, each as [`ensure`](Self::ensure) does, and says of every pair what became of it, in the order
    /// given. One failure doesn't keep the others from being linked.
    ///
    /// Reads all key links first, of all systems, at one call for each 500: a pair that is linked already costs nothing
    /// more, and a record that is linked to another external id is noticed
    /// ([`ReverseConflict`](KeyLinkProblem::ReverseConflict)). A new link costs the two calls of
    /// [`ensure`](Self::ensure), four links at a time. For a few pairs in an account with many links call that instead.
    ///
    /// `progress` is called once for every pair, as soon as it is dealt with, which isn't the order given. To stop
    /// early, drop the future: what is linked stays linked, and a second run finds it.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::ids::CustomerId;
    /// use revio_api::resources::customers::Customer;
    ///
    /// let accounts = [(CustomerId(1015), "0012D00000dAsFzQAK"), (CustomerId(1016), "0012D00000dAsG0QAK")];
    /// let items = client
    ///     .key_links("SALESFORCE")
    ///     .bulk_ensure::<Customer>(accounts, |progress| eprintln!("{} of {}", progress.done, progress.total))
    ///     .await?;
    /// for item in items {
    ///     if let Err(error) = item.outcome {
    ///         eprintln!("{} is not linked to {}: {error}", item.internal, item.external);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the key links can't be read, or with [`Error::key_link_problem`] when the system isn't known. Nothing was
    /// linked then.
    pub async fn bulk_ensure<R: Linkable>(
        &self,
        pairs: impl IntoIterator<Item = (R::Id, impl Into<String>)>,
        mut progress: impl FnMut(Progress<'_, R::Id>),
    ) -> Result<Vec<BulkItem<R::Id>>, Error> {
        let wanted: Vec<(R::Id, String)> = pairs
            .into_iter()
            .map(|(id, external)| (id, external.into()))
            .collect();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut known = self.known(self.shared.scope::<R>().await?).await?;

        let mut items: Vec<Option<BulkItem<R::Id>>> = wanted.iter().map(|_| None).collect();
        let mut done = 0;
        let mut settle = |index: usize, outcome: Result<Linked, Error>| {
            let (internal, external) = &wanted[index];
            done += 1;
            let item = items[index].insert(BulkItem {
                internal: *internal,
                external: external.clone(),
                outcome,
            });
            progress(Progress {
                done,
                total: wanted.len(),
                item,
            });
        };

        let mut open: Vec<usize> = (0..wanted.len()).collect();
        while !open.is_empty() {
            let (round, later) = {
                let mut round = Vec::new();
                let mut later = Vec::new();
                let mut taken = Taken::default();
                for index in open {
                    let (id, external) = &wanted[index];
                    let id: i32 = (*id).into();
                    match known.classify(R::ENTITY, id, external) {
                        Some(outcome) => settle(index, outcome),
                        // What shares an id with another pair waits until that one is known.
                        None if taken.take(id, external) => round.push(index),
                        None => later.push(index),
                    }
                }
                (round, later)
            };
            let mut linking = stream::iter(round)
                .map(|index| {
                    let (id, external) = &wanted[index];
                    async move { (index, self.ensure::<R>(*id, external).await) }
                })
                .buffer_unordered(IN_FLIGHT);
            while let Some((index, outcome)) = linking.next().await {
                if outcome.is_ok() {
                    let (id, external) = &wanted[index];
                    known.add((*id).into(), external.clone());
                }
                settle(index, outcome);
            }
            open = later;
        }
        Ok(items.into_iter().flatten().collect())
    }

    /// All links that count.
    async fn known(&self, scope: Scope) -> Result<Known, Error> {
        let mut known = Known::default();
        let complete = walk(self.list(), |link| {
            if let Some((internal, external)) = scope.pair(link) {
                known.add(internal, external);
            }
            ControlFlow::Continue(())
        })
        .await?;
        if complete {
            Ok(known)
        } else {
            Err(incomplete(LIST))
        }
    }
}

/// Links, from both sides.
#[derive(Default)]
struct Known {
    internal: HashMap<String, BTreeSet<i32>>,
    external: HashMap<i32, BTreeSet<String>>,
}

impl Known {
    fn add(&mut self, internal: i32, external: String) {
        self.external
            .entry(internal)
            .or_default()
            .insert(external.clone());
        self.internal.entry(external).or_default().insert(internal);
    }

    /// What is clear about a pair without asking the server.
    fn classify(
        &self,
        entity: &'static str,
        internal: i32,
        external: &str,
    ) -> Option<Result<Linked, Error>> {
        if external.is_empty() {
            return Some(Err(refused(CREATE, KeyLinkProblem::EmptyExternalId)));
        }
        if let Some(linked) = self.internal.get(external) {
            let conflict = conflict(entity, external, linked, internal);
            return Some(conflict.map_or(Ok(Linked::Existing), Err));
        }
        let existing = self.external.get(&internal)?.first()?;
        let problem = KeyLinkProblem::ReverseConflict {
            entity,
            internal,
            existing: existing.clone(),
            wanted: external.to_owned(),
        };
        Some(Err(refused(CREATE, problem)))
    }
}

/// The ids of a round, of which each may come only once.
#[derive(Default)]
struct Taken<'a> {
    internal: HashSet<i32>,
    external: HashSet<&'a str>,
}

impl<'a> Taken<'a> {
    fn take(&mut self, internal: i32, external: &'a str) -> bool {
        let free = !self.internal.contains(&internal) && !self.external.contains(external);
        if free {
            self.internal.insert(internal);
            self.external.insert(external);
        }
        free
    }
}
