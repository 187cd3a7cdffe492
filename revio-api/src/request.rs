//! What every request offers.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Error;
use crate::operation::Operation;
use crate::record::Record;
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::runtime::Sink;
use crate::types::Page;

/// What every request value can do.
///
/// Setters with plain names are fields of the API; those that start with `with_` are options of this client. A request
/// can be awaited for its value alone, or [sent](Request::send) for the whole [`Response`].
///
/// ```
/// use std::time::Duration;
/// use revio_api::Request;
///
/// /// Works for any request, whatever it answers.
/// async fn status_of<R: Request>(request: R) -> Result<u16, revio_api::Error> {
///     let response = request.with_timeout(Duration::from_secs(60)).send().await?;
///     Ok(response.status())
/// }
/// # fn assert<R: Request>() { let _ = status_of::<R>; }
/// ```
pub trait Request: Sized {
    /// What the server answers.
    type Output;

    /// What the schema says about the operation.
    const OPERATION: &'static Operation;

    /// The options of this one request.
    fn options_mut(&mut self) -> &mut Options;

    /// Sends the request and waits for the whole response.
    fn send(self) -> impl Future<Output = Result<Response<Self::Output>, Error>> + Send;

    /// Adds a query parameter that has no setter. Repeating a name sends it several times.
    fn filter(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.options_mut()
            .filters
            .push((name.into(), value.to_string()));
        self
    }

    /// Limits the time of each attempt, from connecting to the last byte of the response, instead of the client's own
    /// limit. The whole call may take longer: its [`RetryPolicy`] has a limit for that.
    fn with_timeout(mut self, timeout: Duration) -> Self {
        self.options_mut().timeout = Some(timeout);
        self
    }

    /// Says how often this call may be tried, instead of the client's own policy.
    ///
    /// No policy makes a call that is unsafe or moves money be sent twice.
    fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.options_mut().retry = Some(policy);
        self
    }

    /// Vouches for this call: carrying it out twice does no more than carrying it out once. An unsafe call is then
    /// retried like an idempotent one. For others, those that move money among them, it changes nothing.
    ///
    /// A patch that only replaces values is such a call, unless the server does more than to store them.
    fn assume_idempotent(mut self) -> Self {
        self.options_mut().idempotent = true;
        self
    }

    /// A note of your own, such as an invoice number, by which you recognise the call in the client's journal and in
    /// its report of a call that nobody waited for. It isn't sent. It is written to a file: leave personal data out.
    fn with_note(mut self, note: impl Into<String>) -> Self {
        self.options_mut().note = Some(note.into());
        self
    }
}

/// A request that reads one page of a list.
///
/// ```
/// use revio_api::prelude::*;
///
/// fn newest(client: &Client) -> impl revio_api::Request {
///     client.bills().list().page_size(100).sort("-created_date")
/// }
/// # let _ = newest;
/// ```
pub trait ListRequest: Request<Output = Page<Self::Item>> + Clone + Send + 'static {
    /// What the list holds.
    type Item: Record;

    /// Which page is asked for.
    fn paging_mut(&mut self) -> &mut Paging;

    /// A number that stands for what is sent beside the paging: the path, the filters and their values. It is the same in
    /// every process and release, and a [`Cursor`](crate::lists::Cursor) keeps it, so that a list isn't resumed with other
    /// filters by mistake. A request that doesn't say is taken at its word.
    #[doc(hidden)]
    fn fingerprint(&self) -> u64 {
        0
    }

    /// Asks for this page; the first one is 1, which is also the default.
    fn page(mut self, page: i32) -> Self {
        self.paging_mut().page = Some(page);
        self
    }

    /// Asks for this many records on a page: 1 to 500, and 10 when it isn't set. What the vendor does with a larger
    /// number isn't known.
    fn page_size(mut self, page_size: i32) -> Self {
        self.paging_mut().page_size = Some(page_size);
        self
    }

    /// Sorts by a field of the record; a leading `-` sorts in descending order. Seen in working code, not documented.
    fn sort(mut self, field: impl Into<String>) -> Self {
        self.paging_mut().sort = Some(field.into());
        self
    }
}

/// Which page of a list a request asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    /// The page, counted from 1.
    pub page: Option<i32>,
    /// Records on a page.
    pub page_size: Option<i32>,
    /// The field to sort by, `-` in front for descending order.
    pub sort: Option<String>,
}

/// Options of one request; set through the methods of [`Request`].
///
/// `Debug` shows the names of filters, never their values, and no note.
///
/// ```
/// use std::time::Duration;
/// use revio_api::{Client, Credentials, Request};
///
/// let client = Client::builder(Credentials::new("api_user", "client_code", "password")).build()?;
/// let mut request = client.customers().list().filter("search.name", "Ann").with_timeout(Duration::from_secs(5));
/// let shown = format!("{:?}", request.options_mut());
/// assert_eq!(shown, r#"Options { timeout: Some(5s), retry: None, filters: ["search.name"], .. }"#);
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) idempotent: bool,
    pub(crate) note: Option<String>,
    pub(crate) filters: Vec<(String, String)>,
    pub(crate) sink: Option<Arc<Sink>>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.filters.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("filters", &names)
            .finish_non_exhaustive()
    }
}
