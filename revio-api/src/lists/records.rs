//! A list, record by record.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;
use std::vec;

use futures_core::Stream;

use super::cursor::Cursor;
use super::page::ListReport;
use super::pages::Pages;
use crate::error::Error;
use crate::record::Record;
use crate::request::ListRequest;

/// A list, record by record; made by [`Paged::stream`](super::Paged::stream).
///
/// It is a [`Stream`], and can be read without any other crate by [`try_next`](Self::try_next). It ends after the last
/// record, or after the first error; what came before an error has been handed out by then. Settings and behaviour are
/// those of [`Pages`].
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
/// use revio_api::prelude::*;
///
/// let mut customers = client.customers().list().stream().prefetch(8);
/// while let Some(customer) = customers.try_next().await? {
///     println!("{}", customer.customer_id);
/// }
/// println!("{} came twice", customers.report().duplicates);
/// # Ok(())
/// # }
/// ```
#[must_use = "a list is read only when it is polled"]
pub struct Records<R: ListRequest> {
    pages: Pages<R>,
    current: vec::IntoIter<R::Item>,
    /// Where the page stands whose records are handed out, counting as read those that were.
    position: Cursor,
    handed: u64,
}

impl<R: ListRequest> Records<R> {
    pub(super) fn new(pages: Pages<R>) -> Self {
        Self {
            position: pages.cursor(),
            pages,
            current: Vec::new().into_iter(),
            handed: 0,
        }
    }

    /// See [`Pages::prefetch`].
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.pages = self.pages.prefetch(pages);
        self
    }

    /// See [`Pages::max_pages`].
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// See [`Pages::empty_pages`].
    pub fn empty_pages(mut self, pages: u32) -> Self {
        self.pages = self.pages.empty_pages(pages);
        self
    }

    /// See [`Pages::in_server_order`].
    pub fn in_server_order(mut self) -> Self {
        self.pages = self.pages.in_server_order();
        if self.pages.report().pages == 0 {
            self.position = self.pages.cursor();
        }
        self
    }

    /// The next record, or `None` after the last one.
    ///
    /// A future that is dropped before it is ready loses nothing.
    ///
    /// # Errors
    /// What went wrong with the page that holds it. [`Error::resume`] says where to go on.
    pub async fn try_next(&mut self) -> Result<Option<R::Item>, Error> {
        self.next().await.transpose()
    }

    /// The next record or what went wrong with its page, or `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<R::Item, Error>> {
        poll_fn(|context| self.poll_record(context)).await
    }

    /// Where to go on: after the last record that was handed out, in the middle of a page if need be.
    pub fn cursor(&self) -> Cursor {
        if self.current.len() == 0 {
            self.pages.cursor()
        } else {
            self.position.clone()
        }
    }

    /// What was read so far. Records that were read and not yet handed out don't count.
    pub fn report(&self) -> ListReport {
        let report = self.pages.report();
        ListReport {
            records: self.handed,
            complete: report.complete && self.current.len() == 0,
            ..report
        }
    }

    /// The earliest time that it was for the server, as far as the pages said so.
    pub(crate) fn server_date(&self) -> Option<SystemTime> {
        self.pages.server_date()
    }

    pub(super) fn want(&mut self, records: usize) {
        self.pages.want(records);
    }

    fn poll_record(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Item, Error>>> {
        loop {
            if let Some(record) = self.current.next() {
                // Else the pages ahead would stand still while this one is handed out.
                self.pages.keep_moving(context);
                match record.record_id() {
                    Some(id) => self.position.ids.push(id),
                    None => self.position.skip += 1,
                }
                self.handed += 1;
                return Poll::Ready(Some(Ok(record)));
            }
            let before = self.pages.cursor();
            match ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    self.position = before;
                    self.position.ids.extend(page.duplicates);
                    self.current = page.records.into_iter();
                }
            }
        }
    }
}

impl<R: ListRequest> Stream for Records<R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_record(context)
    }
}

/// Nothing in it is pinned but what is boxed.
impl<R: ListRequest> Unpin for Records<R> {}

impl<R: ListRequest> fmt::Debug for Records<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records")
            .field("pages", &self.pages)
            .field("records", &self.handed)
            .finish_non_exhaustive()
    }
}
