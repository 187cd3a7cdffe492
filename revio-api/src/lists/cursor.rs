//! Where a walk through a list stands, in a form that can be stored.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The layout of a stored cursor. A release that changes what a field means counts it up.
const VERSION: u32 = 1;

/// Where a walk through a list stands: which list it is, the next page, and what was read last.
///
/// Store it with serde after the records before it are safe, and go on from there with
/// [`pages_from`](super::Paged::pages_from), in this process or another. It holds ids, and a number made from the
/// filters, but no other data of the records.
///
/// ```
/// use revio_api::lists::Cursor;
/// use revio_api::prelude::*;
///
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
/// let pages = client.customers().list().name("Ann").pages();
/// let stored = serde_json::to_string(&pages.cursor())?;
///
/// let cursor: Cursor = serde_json::from_str(&stored)?;
/// assert_eq!((cursor.operation(), cursor.page()), ("customers_list", 1));
/// let resumed = client.customers().list().name("Ann").pages_from(&cursor)?;
/// assert_eq!(resumed.cursor(), cursor);
///
/// let error = client.customers().list().name("Bob").pages_from(&cursor).unwrap_err();
/// assert!(error.to_string().contains("other filters"));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    version: u32,
    operation: Cow<'static, str>,
    /// The request's fingerprint in hexadecimal: JSON readers of other languages round numbers of this size.
    filters: String,
    pub(super) page: i32,
    page_size: i32,
    sort: Option<String>,
    /// Whether the list has been read to its end.
    #[serde(default)]
    pub(super) done: bool,
    /// Whether the server said of the page before that another one follows.
    #[serde(default)]
    pub(super) promised: bool,
    /// Whether something so far speaks against the list being complete.
    #[serde(default)]
    pub(super) doubtful: bool,
    /// The fingerprint of the page before, in hexadecimal.
    #[serde(default)]
    pub(super) previous: Option<String>,
    /// Ids of the page before, and of the records of this page that were handed out already.
    #[serde(default)]
    pub(super) ids: Vec<i64>,
    /// How many records of this page were handed out already, where they have no ids.
    #[serde(default)]
    pub(super) skip: usize,
}

/// Where a list starts.
pub(super) struct Start {
    pub(super) page: i32,
    pub(super) page_size: i32,
    pub(super) sort: Option<String>,
}

impl Cursor {
    /// The start of a list.
    pub(super) fn start(operation: &'static str, filters: u64, paging: Start) -> Self {
        Self {
            version: VERSION,
            operation: Cow::Borrowed(operation),
            filters: hex(filters),
            page: paging.page,
            page_size: paging.page_size,
            sort: paging.sort,
            done: false,
            promised: false,
            doubtful: false,
            previous: None,
            ids: Vec::new(),
            skip: 0,
        }
    }

    /// What keeps a request of this operation, with these filters, page size and sort, from going on from here.
    pub(super) fn refuses(
        &self,
        operation: &str,
        filters: u64,
        page_size: Option<i32>,
        sort: Option<&str>,
    ) -> Option<&'static str> {
        if self.version != VERSION {
            return Some(
                "the cursor has another layout than this release reads; start the list anew, or resume it with the \
                 release that made the cursor",
            );
        }
        if self.operation != operation {
            return Some("the cursor belongs to another list; resume the list it came from");
        }
        if self.filters != hex(filters) {
            return Some(
                "the cursor belongs to a request with other filters; repeat them exactly, or start anew",
            );
        }
        if self.page_size < 1 {
            return Some("the cursor is damaged: its page size is not positive; start anew");
        }
        if page_size.is_some_and(|size| size != self.page_size) {
            return Some(
                "the cursor counts pages of another size; leave the page size out, or start anew",
            );
        }
        if sort.is_some() && sort != self.sort() {
            return Some(
                "the cursor belongs to a request with another sort; leave the sort out, or start anew",
            );
        }
        None
    }

    /// The identifier of the list operation, such as `customers_list`.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The page that is read next, counted from 1.
    pub fn page(&self) -> i32 {
        self.page
    }

    /// Whether the list was read to its end. Going on from here yields nothing.
    pub fn is_done(&self) -> bool {
        self.done
    }

    pub(super) fn page_size(&self) -> i32 {
        self.page_size
    }

    pub(super) fn sort(&self) -> Option<&str> {
        self.sort.as_deref()
    }

    /// Forgets the order, before anything was read.
    pub(super) fn set_unsorted(&mut self) {
        self.sort = None;
    }
}

pub(super) fn hex(number: u64) -> String {
    format!("{number:016x}")
}

/// Without the number that stands for the filters: it can be traced back to short ones.
impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cursor")
            .field("operation", &self.operation)
            .field("page", &self.page)
            .field("page_size", &self.page_size)
            .field("sort", &self.sort)
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}
