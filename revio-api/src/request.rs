//! What every request offers, and what every reply carries beside its value.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::error::{Error, Outcome};
use crate::operation::Operation;
use crate::record::Record;
use crate::retry::RetryPolicy;
use crate::runtime::Sink;
use crate::types::{FileBody, Page};

/// What every request value can do.
///
/// Setters with plain names are fields of the API; those that start with `with_` are options of this client. A request
/// can be awaited for its value alone, or [sent](Request::send) for the whole [`Response`].
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use revio_api::Request;
///
/// /// Works for any request, whatever it answers.
/// async fn status_of<R: Request>(request: R) -> Result<u16, revio_api::Error> {
///     let reply = request.with_timeout(Duration::from_secs(60)).send().await?;
///     Ok(reply.status())
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

    /// Sends the request and waits for the whole reply.
    fn send(self) -> impl Future<Output = Result<Response<Self::Output>, Error>> + Send;

    /// Adds a query parameter that has no setter. Repeating a name sends it several times.
    fn filter(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.options_mut()
            .filters
            .push((name.into(), value.to_string()));
        self
    }

    /// Limits the time of each attempt, from connecting to the last byte of the reply, instead of the client's own
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

    /// A number that stands for what is sent beside the paging: the path, the filters and their values.
    ///
    /// A [`Cursor`](crate::lists::Cursor) keeps it, so that a list isn't resumed with other filters by mistake. It is
    /// the same in every process and release, and no secret: who knows the filters but for a short value can find that
    /// value by trying.
    fn fingerprint(&self) -> u64;

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
/// use std::time::{Duration, SystemTime};
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

/// A value with what the server said beside it.
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
/// use revio_api::Request;
///
/// let reply = client.customers().list().send().await?;
/// println!("status {}, {} records", reply.status(), reply.value.len());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The decoded body.
    pub value: T,
    meta: Meta,
}

/// Status and headers that outlive the body.
#[derive(Clone, Default)]
pub(crate) struct Meta {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    /// What time it is for the server.
    pub(crate) date: Option<SystemTime>,
    pub(crate) attempts: u32,
    pub(crate) waited: Duration,
    pub(crate) journal_id: Option<Box<str>>,
}

impl Meta {
    /// Where the new record is, if there is one: with another status `Location` has another meaning.
    pub(crate) fn new_record(&self) -> Option<&str> {
        let location = self.location.as_deref();
        location.filter(|_| self.status == Outcome::CREATED)
    }
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, meta: Meta) -> Self {
        Self { value, meta }
    }

    /// A reply that no server gave, with status 200 and nothing else beside the value: for requests of your own that
    /// stand in for the server in tests.
    pub fn stand_in(value: T) -> Self {
        let meta = Meta {
            status: 200,
            ..Meta::default()
        };
        Self { value, meta }
    }

    /// The HTTP status, always 2xx.
    pub fn status(&self) -> u16 {
        self.meta.status
    }

    /// The `Location` header: where a created record lives.
    pub fn location(&self) -> Option<&str> {
        self.meta.location.as_deref()
    }

    /// The server's name for this exchange, if it gave one. Quote it to the vendor's support.
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id.as_deref()
    }

    /// How many attempts it took: 1 if nothing went wrong.
    pub fn attempts(&self) -> u32 {
        self.meta.attempts
    }

    /// How long the call waited for the account's quota, over all its attempts.
    pub fn waited(&self) -> Duration {
        self.meta.waited
    }

    /// What time it is for the server, to the second, if it says so (the `Date` header): for asking what has changed
    /// since, where the clock of this machine may differ.
    pub fn server_date(&self) -> Option<SystemTime> {
        self.meta.date
    }

    pub(crate) fn meta_mut(&mut self) -> &mut Meta {
        &mut self.meta
    }

    /// The same reply with another value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: make(self.value),
            meta: self.meta,
        }
    }
}

impl Response<FileBody> {
    /// The error of a body that isn't what it was asked for.
    pub(crate) fn undecodable(self, operation: &'static Operation, detail: &str) -> Error {
        Error::decode(operation, &self.meta, None, detail, self.value.bytes)
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.meta.status)
            .field("request_id", &self.meta.request_id)
            .finish_non_exhaustive()
    }
}
