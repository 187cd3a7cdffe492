//! A list in memory: scripted pages, latency by the paused clock, and a log of what was asked.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use revio_api::resources::customers::CustomersList;
use revio_api::types::Page;
use revio_api::{
    Client, Credentials, Error, ListRequest, Operation, Options, Paging, Record, Request, Response,
};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

/// A record with an id of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) row_id: i64,
}

impl Record for Row {
    const ID_FIELD: Option<&'static str> = Some("row_id");

    fn record_id(&self) -> Option<i64> {
        Some(self.row_id)
    }
}

/// A record without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bare {
    pub(crate) number: i64,
}

impl Record for Bare {}

/// What the tests make records of.
pub(crate) trait Made: Record + Clone + Sync {
    fn made(number: i64) -> Self;
    fn number(&self) -> i64;
}

impl Made for Row {
    fn made(number: i64) -> Self {
        Self { row_id: number }
    }

    fn number(&self) -> i64 {
        self.row_id
    }
}

impl Made for Bare {
    fn made(number: i64) -> Self {
        Self { number }
    }

    fn number(&self) -> i64 {
        self.number
    }
}

/// One page that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) page: i32,
    pub(crate) page_size: Option<i32>,
    pub(crate) sort: Option<String>,
    pub(crate) filter: Option<String>,
    pub(crate) options: String,
    pub(crate) at: Duration,
}

pub(crate) type Answer = Result<(Vec<i64>, bool), Error>;

struct Shared {
    answer: Box<dyn Fn(&Asked) -> Answer + Send + Sync>,
    latency: Box<dyn Fn(i32) -> Duration + Send + Sync>,
    log: Mutex<Vec<Asked>>,
    start: Instant,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
    cancelled: AtomicUsize,
}

/// A list request that is answered in memory.
pub(crate) struct Fake<T> {
    shared: Arc<Shared>,
    options: Options,
    paging: Paging,
    filter: Option<String>,
    record: PhantomData<fn() -> T>,
}

/// An error like any other.
pub(crate) fn failure() -> Error {
    Client::builder(Credentials::new("", "code", "password"))
        .build()
        .unwrap_err()
}

/// How a server cuts a list that doesn't change into pages.
#[allow(clippy::unnecessary_wraps, reason = "a server may fail")]
pub(crate) fn cut(numbers: &[i64], asked: &Asked) -> Answer {
    let size = usize::try_from(asked.page_size.unwrap_or(10)).unwrap();
    let start = usize::try_from(asked.page - 1).unwrap() * size;
    let page: Vec<i64> = numbers.iter().skip(start).take(size).copied().collect();
    Ok((page, start + size < numbers.len()))
}

impl<T> Fake<T> {
    pub(crate) fn new(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::slow(answer, |_| Duration::from_millis(100))
    }

    /// A list of the numbers from 1 to `count`.
    pub(crate) fn counting(count: i64) -> Self {
        let numbers: Vec<i64> = (1..=count).collect();
        Self::new(move |asked| cut(&numbers, asked))
    }

    pub(crate) fn slow(
        answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
        latency: impl Fn(i32) -> Duration + Send + Sync + 'static,
    ) -> Self {
        Self {
            shared: Arc::new(Shared {
                answer: Box::new(answer),
                latency: Box::new(latency),
                log: Mutex::default(),
                start: Instant::now(),
                under_way: AtomicUsize::default(),
                most_under_way: AtomicUsize::default(),
                cancelled: AtomicUsize::default(),
            }),
            options: Options::default(),
            paging: Paging::default(),
            filter: None,
            record: PhantomData,
        }
    }

    pub(crate) fn filtered(mut self, filter: &str) -> Self {
        self.filter = Some(filter.to_owned());
        self
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shared.log.lock().unwrap().clone()
    }

    /// The numbers of the pages asked for, in the order of asking.
    pub(crate) fn pages_asked(&self) -> Vec<i32> {
        self.asked().iter().map(|asked| asked.page).collect()
    }

    /// When pages were asked for, in milliseconds.
    pub(crate) fn times_asked(&self) -> Vec<u128> {
        self.asked()
            .iter()
            .map(|asked| asked.at.as_millis())
            .collect()
    }

    pub(crate) fn most_under_way(&self) -> usize {
        self.shared.most_under_way.load(Ordering::SeqCst)
    }

    pub(crate) fn under_way(&self) -> usize {
        self.shared.under_way.load(Ordering::SeqCst)
    }

    pub(crate) fn cancelled(&self) -> usize {
        self.shared.cancelled.load(Ordering::SeqCst)
    }

    /// Whether no page was asked for twice.
    pub(crate) fn asked_once_each(&self) -> bool {
        let pages = self.pages_asked();
        pages.iter().collect::<HashSet<_>>().len() == pages.len()
    }
}

impl<T> Clone for Fake<T> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            options: self.options.clone(),
            paging: self.paging.clone(),
            filter: self.filter.clone(),
            record: PhantomData,
        }
    }
}

/// Counts a call while it lasts, and notes when it is dropped before its end.
struct UnderWay(Arc<Shared>, bool);

impl UnderWay {
    fn new(shared: &Arc<Shared>) -> Self {
        let now = shared.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        shared.most_under_way.fetch_max(now, Ordering::SeqCst);
        Self(Arc::clone(shared), false)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::SeqCst);
        if !self.1 {
            self.0.cancelled.fetch_add(1, Ordering::SeqCst);
        }
    }
}

impl<T: Made> Request for Fake<T> {
    type Output = Page<T>;
    const OPERATION: &'static Operation = CustomersList::OPERATION;

    fn options_mut(&mut self) -> &mut Options {
        &mut self.options
    }

    async fn send(self) -> Result<Response<Page<T>>, Error> {
        let asked = Asked {
            page: self.paging.page.expect("a page number"),
            page_size: self.paging.page_size,
            sort: self.paging.sort.clone(),
            filter: self.filter.clone(),
            options: format!("{:?}", self.options),
            at: self.shared.start.elapsed(),
        };
        self.shared.log.lock().unwrap().push(asked.clone());
        let mut under_way = UnderWay::new(&self.shared);
        sleep((self.shared.latency)(asked.page)).await;
        under_way.1 = true;
        let (numbers, has_more) = (self.shared.answer)(&asked)?;
        let records = numbers.into_iter().map(T::made).collect();
        Ok(Response::stand_in(Page::new(records, has_more)))
    }
}

impl<T: Made> ListRequest for Fake<T> {
    type Item = T;

    fn paging_mut(&mut self) -> &mut Paging {
        &mut self.paging
    }

    fn fingerprint(&self) -> u64 {
        let mut hash = DefaultHasher::new();
        self.filter.hash(&mut hash);
        hash.finish()
    }
}
