//! Lists of choices, as drop-down fields need them: id and label.
//!
//! The vendor has no calls for that: a drop-down is an ordinary list of which only two fields are kept.
//!
//! ```no_run
//! # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
//! use revio_api::prelude::*;
//!
//! let mut products = client.products().list().choices();
//! while let Some(choice) = products.try_next().await? {
//!     println!("{:?} {}", choice.id, choice.label.as_deref().unwrap_or("(no description)"));
//! }
//! # Ok(())
//! # }
//! ```

use std::borrow::Cow;
use std::fmt::{self, Debug};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::StreamExt;
use serde::Serialize;

use crate::error::Error;
use crate::lists::{ListReport, Paged, Records};
use crate::record::Record;
use crate::request::ListRequest;
use crate::runtime::redacted;

/// A record with something that people know it by: a name, a number, a description.
///
/// ```
/// use revio_api::choices::Labelled;
/// use revio_api::resources::products::Product;
///
/// let product: Product = serde_json::from_str(r#"{"product_id": 5, "description": "Hosted seat"}"#)?;
/// assert_eq!(product.label().as_deref(), Some("Hosted seat"));
/// # Ok::<_, serde_json::Error>(())
/// ```
pub trait Labelled: Record {
    /// The type of the record's own id; [`NoId`] where it has none.
    type Id: Copy + Eq + Debug + Serialize + Send + Sync + 'static;

    /// The record's own id, if it has one.
    fn choice_id(&self) -> Option<Self::Id>;

    /// What people know the record by, if the server sent it. It may be personal data, such as a contact's name.
    fn label(&self) -> Option<Cow<'_, str>>;
}

/// The id of records that have none, or whose id's name isn't known. There is no such value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum NoId {}

/// One choice of a drop-down field. `Debug` doesn't show the label, since it may be personal data.
///
/// ```
/// use revio_api::choices::Choice;
/// use revio_api::resources::products::Product;
///
/// let product: Product = serde_json::from_str(r#"{"product_id": 5, "description": "Hosted seat"}"#)?;
/// let choice = Choice::of(&product);
/// assert_eq!(serde_json::to_string(&choice)?, r#"{"id":5,"label":"Hosted seat"}"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Choice<Id> {
    /// The record's id; `None` only where the record has none of its own.
    pub id: Option<Id>,
    /// What people know the record by, if the server sent it.
    pub label: Option<String>,
}

impl<Id> Choice<Id> {
    /// What a drop-down field shows of a record.
    pub fn of<R: Labelled<Id = Id>>(record: &R) -> Self {
        Self {
            id: record.choice_id(),
            label: record.label().map(Cow::into_owned),
        }
    }
}

impl<Id: Debug> Debug for Choice<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choice")
            .field("id", &self.id)
            .field("label", &redacted(&self.label))
            .finish()
    }
}

/// Adds to every list whose records have a label a way to read it as choices.
pub trait ListChoices: Paged
where
    Self::Item: Labelled,
{
    /// The whole list as choices, in the list's order.
    ///
    /// What [`stream`](Paged::stream) does, this does too; its settings can be made there:
    ///
    /// ```no_run
    /// # fn example(client: revio_api::Client) {
    /// use revio_api::choices::Choices;
    /// use revio_api::prelude::*;
    ///
    /// let all = client.contacts().list().choices();
    /// let faster = Choices::from(client.contacts().list().stream().prefetch(8));
    /// # }
    /// ```
    fn choices(self) -> Choices<Self> {
        Choices::from(self.stream())
    }
}

impl<R> ListChoices for R
where
    R: Paged,
    R::Item: Labelled,
{
}

/// A list as choices; made by [`ListChoices::choices`].
///
/// It is a [`Stream`], and can be read without any other crate by [`try_next`](Self::try_next). It ends after the last
/// choice, or after the first error.
#[must_use = "a list is read only when it is polled"]
pub struct Choices<R: ListRequest> {
    records: Records<R>,
}

impl<R> Choices<R>
where
    R: ListRequest + Send + 'static,
    R::Item: Labelled,
{
    /// The next choice, or `None` after the last one.
    ///
    /// # Errors
    /// When a page can't be read.
    pub async fn try_next(&mut self) -> Result<Option<ChoiceOf<R>>, Error> {
        let record = self.records.try_next().await?;
        Ok(record.as_ref().map(Choice::of))
    }

    /// What was read so far, and whether these are all choices.
    pub fn report(&self) -> ListReport {
        self.records.report()
    }
}

/// What a list's choices look like.
type ChoiceOf<R> = Choice<<<R as ListRequest>::Item as Labelled>::Id>;

impl<R: ListRequest> From<Records<R>> for Choices<R> {
    fn from(records: Records<R>) -> Self {
        Self { records }
    }
}

impl<R> Stream for Choices<R>
where
    R: ListRequest + Send + 'static,
    R::Item: Labelled,
{
    type Item = Result<ChoiceOf<R>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.records.poll_next_unpin(context);
        polled.map(|next| next.map(|record| Ok(Choice::of(&record?))))
    }
}

impl<R: ListRequest> Debug for Choices<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choices")
            .field("records", &self.records)
            .finish()
    }
}
