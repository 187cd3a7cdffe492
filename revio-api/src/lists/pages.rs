//! A list, page by page.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use futures_core::Stream;

use super::cursor::{Cursor, Start, hex};
use super::fingerprint;
use super::guard::Guard;
use super::order::Order;
use super::page::{ListPage, ListReport};
use super::prefetch::Window;
use super::records::Records;
use crate::error::{Error, Outcome};
use crate::record::Record;
use crate::request::ListRequest;
use crate::response::Response;
use crate::types::Page;

/// Records on a page when the request doesn't say: the most that the vendor documents, since a call counts the same
/// however much it brings.
pub(super) const PAGE_SIZE: i32 = 500;
const PREFETCH: usize = 4;
const MAX_PAGES: u32 = 20_000;
const EMPTY_PAGES: u32 = 2;

/// A list, page by page; made by [`Paged::pages`](super::Paged::pages).
///
/// It is a [`Stream`], and can be read without any other crate by [`try_next`](Self::try_next). It ends after the last
/// page, or after the first error; what came before an error has been handed out by then.
///
/// Pages are asked for while it is polled and at no other time, and dropping it cancels those under way. Where
/// handling a page takes longer than the client's time limit, use [`prefetch(1)`](Self::prefetch): a page asked for
/// ahead would run out of time meanwhile.
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
/// use revio_api::prelude::*;
///
/// let mut pages = client.bills().list().customer_id(CustomerId(1015)).pages().prefetch(8);
/// while let Some(page) = pages.try_next().await? {
///     for bill in page {
///         println!("{:?}", bill.bill_id);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a list is read only when it is polled"]
pub struct Pages<R: ListRequest> {
    request: R,
    position: Cursor,
    window: Window<R::Item>,
    guard: Guard,
    order: Option<Order>,
    report: ListReport,
    /// The earliest time that a page gave as the server's.
    server_date: Option<SystemTime>,
    /// Whether this crate chose the order.
    own_sort: bool,
    /// How many records the reader has use for.
    wanted: usize,
    ended: bool,
}

impl<R: ListRequest> Pages<R> {
    pub(super) fn new(mut request: R) -> Self {
        let paging = request.paging_mut();
        let page_size = *paging.page_size.get_or_insert(PAGE_SIZE);
        let own_sort = paging.sort.is_none();
        if own_sort {
            paging.sort = R::Item::ID_FIELD.map(str::to_owned);
        }
        let start = Start {
            page: paging.page.unwrap_or(1),
            page_size,
            sort: paging.sort.clone(),
        };
        let position = Cursor::start(R::OPERATION.id(), request.fingerprint(), start);
        Self::at(request, position, own_sort)
    }

    pub(super) fn resume(mut request: R, cursor: &Cursor) -> Result<Self, Error> {
        let filters = request.fingerprint();
        let paging = request.paging_mut();
        let (page_size, sort) = (paging.page_size, paging.sort.as_deref());
        if let Some(problem) = cursor.refuses(R::OPERATION.id(), filters, page_size, sort) {
            return Err(Error::request(R::OPERATION, problem));
        }
        paging.page_size = Some(cursor.page_size());
        paging.sort = cursor.sort().map(str::to_owned);
        Ok(Self::at(request, cursor.clone(), false))
    }

    fn at(request: R, position: Cursor, own_sort: bool) -> Self {
        Self {
            request,
            window: Window::new(position.page, PREFETCH),
            guard: Guard::new(MAX_PAGES, EMPTY_PAGES, &position.ids),
            order: Order::by::<R::Item>(position.sort()),
            report: ListReport {
                // Of a list that was read to its end before, nobody knows more than that.
                complete: position.done && !position.doubtful,
                ..ListReport::default()
            },
            server_date: None,
            own_sort,
            wanted: usize::MAX,
            ended: position.done,
            position,
        }
    }

    /// Sets how many pages may be under way or wait for their turn at most; 4 when it isn't set, and 1 asks for a page
    /// only when the one before it has been handed out.
    ///
    /// Reading starts with one page and adds one for every page that says that more follow, unless calls have to wait
    /// for the quota. Up to this many pages less one are asked for in vain at the end of a list.
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.window.set_most(pages);
        self
    }

    /// Sets after how many pages a list that doesn't end is an error; 20,000 when it isn't set.
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.guard.max_pages = pages;
        self
    }

    /// Sets how many empty pages in a row are passed over while the server says that more follow; 2 when it isn't
    /// set. One more is an error.
    pub fn empty_pages(mut self, pages: u32) -> Self {
        self.guard.empty_pages = pages;
        self
    }

    /// Leaves the order to the server where the request sets no sort, instead of sorting by the record's own id. A
    /// list that changes while it is read is then more likely to hand out a record twice or not at all.
    ///
    /// Changes nothing once the first page was asked for, nor for a list that is resumed.
    pub fn in_server_order(mut self) -> Self {
        if self.own_sort && self.window.asked() == 0 {
            self.request.paging_mut().sort = None;
            self.position.set_unsorted();
            self.order = None;
        }
        self
    }

    /// The records of the pages, one by one.
    pub fn records(self) -> Records<R> {
        Records::new(self)
    }

    /// The next page, or `None` after the last one.
    ///
    /// A future that is dropped before it is ready loses nothing.
    ///
    /// # Errors
    /// What went wrong with the page. [`Error::resume`] says where to go on.
    pub async fn try_next(&mut self) -> Result<Option<ListPage<R::Item>>, Error> {
        self.next().await.transpose()
    }

    /// The next page or what went wrong with it, or `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<ListPage<R::Item>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// Where to go on: after the last page that was handed out.
    pub fn cursor(&self) -> Cursor {
        self.position.clone()
    }

    /// What was read so far.
    pub fn report(&self) -> ListReport {
        ListReport {
            asked: self.window.asked(),
            ..self.report
        }
    }

    /// The earliest time that it was for the server, as far as it said so.
    pub(super) fn server_date(&self) -> Option<SystemTime> {
        self.server_date
    }

    /// Sets how many more records the reader has use for.
    pub(super) fn want(&mut self, records: usize) {
        self.wanted = records;
    }

    /// Lets the pages under way move on without asking for more.
    pub(super) fn keep_moving(&mut self, context: &mut Context<'_>) {
        self.window.poll(context);
    }

    pub(super) fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<ListPage<R::Item>, Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        if let Err(problem) = self.guard.before_page() {
            let error = Error::paging(R::OPERATION, Outcome::NotSent, problem);
            return Poll::Ready(Some(Err(self.stop(error))));
        }
        self.ask_ahead(context);
        let Some((number, response)) = self.window.take() else {
            return Poll::Pending;
        };
        let page = response.and_then(|response| self.admit(number, response));
        Poll::Ready(Some(page.map_err(|error| self.stop(error))))
    }

    /// Asks for pages until there is no more room, also before a page is handed out: the next ones are then under way
    /// while the reader is busy with it.
    fn ask_ahead(&mut self, context: &mut Context<'_>) {
        loop {
            let useful = useful_pages(self.wanted, self.position.page_size(), &self.guard);
            let request = &self.request;
            self.window.fill(useful, |page| {
                let mut request = request.clone();
                request.paging_mut().page = Some(page);
                Box::pin(request.send())
            });
            if !self.window.poll(context) {
                return;
            }
        }
    }

    /// Checks a page whose turn it is, and moves on behind it.
    fn admit(
        &mut self,
        number: i32,
        response: Response<Page<R::Item>>,
    ) -> Result<ListPage<R::Item>, Error> {
        self.server_date = response
            .server_date()
            .into_iter()
            .chain(self.server_date)
            .min();
        let page = response.value;
        // Where the server says that more follow, pages of one record may look alike.
        let telling = if page.says_more { 2 } else { 1 };
        let print = fingerprint::of_page(&page.records, telling);
        let previous = print.map(hex);
        let repeats = print.is_some() && previous == self.position.previous;
        let nothing_new = self
            .guard
            .check(number, &page, print, repeats)
            .map_err(|problem| Error::paging(R::OPERATION, Outcome::Unknown, problem))?;

        self.doubt(&page, nothing_new);
        let Page {
            mut records,
            has_more,
            ..
        } = page;
        let ids = records.iter().filter_map(Record::record_id).collect();
        let duplicates = self.guard.drop_duplicates(&mut records);
        records.drain(..self.position.skip.min(records.len()));

        if let Some(order) = &mut self.order {
            order.watch(&records);
            self.report.unsorted = order.broken;
        }

        self.report.pages += 1;
        self.report.records += records.len() as u64;
        self.report.duplicates += duplicates.len() as u64;
        self.wanted = self.wanted.saturating_sub(records.len());
        self.ended = !has_more;
        self.report.complete = !has_more && !self.position.doubtful;
        self.position.done = !has_more;
        self.position.page = number.saturating_add(1);
        self.position.previous = previous;
        self.position.ids = ids;
        self.position.skip = 0;
        Ok(ListPage {
            records,
            number,
            has_more,
            duplicates,
            cursor: self.position.clone(),
        })
    }

    /// Takes note of what speaks against the list being complete.
    fn doubt(&mut self, page: &Page<R::Item>, nothing_new: bool) {
        let miscounted = page.is_miscounted();
        self.report.miscounted += u64::from(miscounted);
        // An empty page ends a list whose server never says whether more follow. Where the page before had promised
        // more, it may as well be a page that lacks everything, unless it counts none itself; and so may an empty page
        // with more pages behind it.
        let promised = self.position.promised;
        let gap = page.is_empty()
            && (page.has_more || promised && (!page.says_more || page.record_count != Some(0)));
        // A page of records that are known already stands in the place of others.
        self.position.doubtful |= miscounted || gap || nothing_new;
        self.position.promised = page.says_more && page.has_more;
    }

    fn stop(&mut self, error: Error) -> Error {
        self.ended = true;
        // Nobody takes them any more.
        self.window.cancel();
        error.resuming(self.position.clone())
    }
}

/// How many pages it would take to get what is wanted, if all were full; no more than may be read.
fn useful_pages(wanted: usize, page_size: i32, guard: &Guard) -> usize {
    let full = usize::try_from(page_size).unwrap_or(1).max(1);
    let allowed = usize::try_from(guard.pages_left()).unwrap_or(usize::MAX);
    wanted.div_ceil(full).min(allowed)
}

impl<R: ListRequest> Stream for Pages<R> {
    type Item = Result<ListPage<R::Item>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

/// Nothing in it is pinned but what is boxed.
impl<R: ListRequest> Unpin for Pages<R> {}

impl<R: ListRequest> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("position", &self.position)
            .field("report", &self.report)
            .finish_non_exhaustive()
    }
}
