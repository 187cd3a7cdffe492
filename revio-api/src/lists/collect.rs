//! A list, or its beginning, as one vector.

use std::fmt;
use std::ops::Deref;

use super::cursor::Cursor;
use super::page::ListReport;
use super::records::Records;
use crate::error::Error;
use crate::request::ListRequest;

/// The first records of a list; made by [`Paged::collect_up_to`](super::Paged::collect_up_to).
///
/// It reads as a slice, and its `Debug` counts the records without showing them.
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
/// use revio_api::prelude::*;
///
/// let products = client.products().list().collect_up_to(10_000).await?;
/// if !products.complete {
///     eprintln!("these are only the first {}", products.len());
/// }
/// for product in products {
///     println!("{}", product.product_id);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Collected<T> {
    /// The records, in the server's order.
    pub records: Vec<T>,
    /// Whether these are all records of the list; see [`ListReport::complete`].
    pub complete: bool,
    /// Where to go on after the last of the records.
    pub cursor: Cursor,
    /// What was read.
    pub report: ListReport,
}

impl<T> Deref for Collected<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.records
    }
}

/// The records, one by one.
impl<T> IntoIterator for Collected<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}

impl<T> fmt::Debug for Collected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Collected")
            .field("records", &self.records.len())
            .field("complete", &self.complete)
            .field("cursor", &self.cursor)
            .field("report", &self.report)
            .finish()
    }
}

/// A list that broke off: what was read before, and why.
///
/// `?` turns it into the [`Error`] alone, which says [where to go on](Error::resume).
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
/// use revio_api::prelude::*;
///
/// if let Err(incomplete) = client.products().list().collect_up_to(10_000).await {
///     eprintln!("{} products, then: {incomplete}", incomplete.records.len());
///     return Err(incomplete.error);
/// }
/// # Ok(())
/// # }
/// ```
#[non_exhaustive]
pub struct Incomplete<T> {
    /// The records before the page that failed.
    pub records: Vec<T>,
    /// What went wrong with the page, and where to go on.
    pub error: Error,
}

impl<T> From<Incomplete<T>> for Error {
    fn from(incomplete: Incomplete<T>) -> Self {
        incomplete.error
    }
}

impl<T> fmt::Display for Incomplete<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T> fmt::Debug for Incomplete<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incomplete")
            .field("records", &self.records.len())
            .field("error", &self.error)
            .finish()
    }
}

impl<T> std::error::Error for Incomplete<T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.error)
    }
}

/// Reads this many records and no page more than that takes.
pub(super) async fn collect<R: ListRequest>(
    mut list: Records<R>,
    limit: usize,
) -> Result<Collected<R::Item>, Incomplete<R::Item>> {
    list.want(limit);
    let mut records = Vec::new();
    while records.len() < limit {
        match list.try_next().await {
            Ok(Some(record)) => records.push(record),
            Ok(None) => break,
            Err(error) => return Err(Incomplete { records, error }),
        }
    }
    let report = list.report();
    Ok(Collected {
        records,
        complete: report.complete,
        cursor: list.cursor(),
        report,
    })
}
