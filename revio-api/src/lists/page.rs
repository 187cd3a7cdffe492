//! What a walk hands out.

use super::cursor::Cursor;

/// One page of a walk through a list.
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use revio_api::prelude::*;
///
/// let mut pages = client.customers().list().pages();
/// while let Some(page) = pages.try_next().await? {
///     println!("page {}: {} records", page.number, page.records.len());
///     // First the records, then the cursor: a crash in between repeats a page and loses none.
///     std::fs::write("customers.cursor", serde_json::to_string(&page.cursor)?)?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ListPage<T> {
    /// The records that weren't handed out before, in the server's order.
    pub records: Vec<T>,
    /// The number of the page, counted from 1.
    pub number: i32,
    /// Whether the server says that another page follows.
    pub has_more: bool,
    /// Ids of the records left out because this walk had handed them out already. They come twice when the list
    /// changes while it is read, since the vendor counts pages anew for every call.
    pub duplicates: Vec<i64>,
    /// Where to go on after this page.
    pub cursor: Cursor,
}

/// The records of the page, one by one.
impl<T> IntoIterator for ListPage<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}

/// What a walk through a list has done so far.
///
/// ```
/// use revio_api::prelude::*;
///
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
/// let records = client.customers().list().stream();
/// assert_eq!(records.report().pages, 0);
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListReport {
    /// Pages handed out.
    pub pages: u64,
    /// Records on them, without the duplicates.
    pub records: u64,
    /// Records left out because they had been handed out before.
    pub duplicates: u64,
    /// Pages whose `record_count` differs from the records that the server sent.
    pub miscounted: u64,
    /// Whether ids came in another order than was asked for: the vendor ignores a `sort` by a field that it can't sort
    /// by. Seen only where the list is sorted by the record's own id.
    pub unsorted: bool,
    /// Whether these are all records of the list: the server said that no page follows, or sent an empty page where it
    /// never says so; no page was miscounted, and none was empty though more pages followed.
    pub complete: bool,
    /// Pages asked for, those among them that were asked for ahead and not needed in the end.
    pub asked: u64,
}
