//! Whole lists: page by page, record by record, or all at once.
//!
//! The vendor cuts every list into pages and says on each whether another one follows; it gives no total and no token.
//! [`Paged`] adds to every list request what that takes:
//!
//! - filters, sort, credentials and options go with every page; only the page's number changes;
//! - 500 records a page unless the request says otherwise, sorted by the record's own id where it has one;
//! - several pages under way at once, handed out in order ([`Pages::prefetch`]);
//! - records that come twice because the list changes meanwhile are left out and counted ([`ListPage::duplicates`]),
//!   over the whole walk. A record that moves to a page already read is missed, as the vendor gives no way to notice;
//! - a list ends when the server says so, and at nothing else: a 200 that is no page is an error. Where `has_more` is
//!   missing, only an empty page ends the list. [`ListReport::complete`] says whether all of that went well;
//! - pages that bring nothing new again and again, empty pages without end and endless lists are errors;
//! - a [`Cursor`] that can be stored, and every error says [where to go on](crate::Error::resume).
//!
//! Streams are `Send` and `'static`, spawn nothing, and dropping one cancels what is under way.

mod collect;
pub(crate) mod cursor;
mod fingerprint;
mod guard;
mod order;
mod page;
mod pages;
mod prefetch;
mod records;

pub use self::collect::{Collected, Incomplete};
pub use self::cursor::Cursor;
pub(crate) use self::fingerprint::of_request as fingerprint;
pub use self::page::{ListPage, ListReport};
pub use self::pages::Pages;
pub use self::records::Records;
use crate::error::Error;
use crate::request::ListRequest;

/// Adds to a list request the ways to read the whole list.
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
/// use revio_api::prelude::*;
///
/// let mut changed = client.customers().list().updated_date_start("2026-01-31".parse::<RevioDateTime>().unwrap()).stream();
/// while let Some(customer) = changed.try_next().await? {
///     println!("{}", customer.customer_id);
/// }
/// # Ok(())
/// # }
/// ```
pub trait Paged: ListRequest {
    /// The list page by page, from the page that the request asks for, or else the first.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::prelude::*;
    ///
    /// let mut pages = client.customers().list().pages();
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("page {}: {} customers", page.number, page.records.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn pages(self) -> Pages<Self> {
        Pages::new(self)
    }

    /// The list page by page from where another walk stood. The cursor gives page, page size and sort; filters are the
    /// request's own and must be the same as then.
    ///
    /// Records that the walk before had read are known back to the page before the cursor: those that come again are
    /// left out, ones from further back are not noticed.
    ///
    /// # Errors
    /// When the cursor belongs to another list, other filters, another page size or another sort. Nothing is sent.
    ///
    /// ```
    /// use revio_api::ErrorKind;
    /// use revio_api::prelude::*;
    ///
    /// let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
    /// let cursor = client.customers().list().page(7).pages().cursor();
    ///
    /// let pages = client.customers().list().pages_from(&cursor)?;
    /// assert_eq!(pages.cursor().page(), 7);
    ///
    /// let error = client.bills().list().pages_from(&cursor).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Request);
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    fn pages_from(self, cursor: &Cursor) -> Result<Pages<Self>, Error> {
        Pages::resume(self, cursor)
    }

    /// The list record by record. Resume one with `pages_from(cursor)?.records()`.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::prelude::*;
    ///
    /// let mut bills = client.bills().list().stream();
    /// while let Some(bill) = bills.try_next().await? {
    ///     println!("{}", bill.bill_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn stream(self) -> Records<Self> {
        self.pages().records()
    }

    /// The first `limit` records, or all when there are fewer. Asks for no page that isn't needed for that many, and
    /// for nothing at all when `limit` is 0.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::prelude::*;
    ///
    /// let newest = client.bills().list().sort("-created_date").collect_up_to(20).await?;
    /// assert!(newest.len() <= 20);
    /// # Ok(())
    /// # }
    /// ```
    fn collect_up_to(
        mut self,
        limit: usize,
    ) -> impl Future<Output = Result<Collected<Self::Item>, Incomplete<Self::Item>>> + Send {
        if let Ok(few @ 1..pages::PAGE_SIZE) = i32::try_from(limit) {
            self.paging_mut().page_size.get_or_insert(few);
        }
        collect::collect(self.stream(), limit)
    }
}

impl<R: ListRequest> Paged for R {}
