//! Pages asked for ahead of their turn.
//!
//! The vendor gives no total, only whether another page follows, so every page ahead is a guess. Guessing starts small:
//! one page under way, one more with every page that says that more follow, which doubles them each round trip up to
//! the limit.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::stream::{FuturesUnordered, StreamExt};

use crate::response::Response;
use crate::runtime::CallResult;
use crate::types::Page;

/// A page that was asked for.
pub(super) type Asked<T> = Pin<Box<dyn Future<Output = CallResult<Page<T>>> + Send>>;

/// The pages that are under way or wait for their turn. Dropping it cancels them.
pub(super) struct Window<T> {
    under_way: FuturesUnordered<Numbered<T>>,
    waiting: BTreeMap<i32, CallResult<Page<T>>>,
    /// The page whose turn it is.
    turn: i32,
    /// The first page that wasn't asked for yet.
    unasked: i32,
    /// No page after this one can be of use.
    last: i32,
    /// How many pages may be under way or wait by now.
    room: usize,
    /// The most that `room` grows to.
    most: usize,
    asked: u64,
}

impl<T> Window<T> {
    /// Starts before this page.
    pub(super) fn new(first: i32, most: usize) -> Self {
        Self {
            under_way: FuturesUnordered::new(),
            waiting: BTreeMap::new(),
            turn: first,
            unasked: first,
            last: i32::MAX,
            room: 1,
            most: most.max(1),
            asked: 0,
        }
    }

    pub(super) fn set_most(&mut self, most: usize) {
        self.most = most.max(1);
        self.room = self.room.min(self.most);
    }

    /// How many pages were asked for.
    pub(super) fn asked(&self) -> u64 {
        self.asked
    }

    /// Asks for as many pages as there is room for, but never for more than `useful` at a time.
    pub(super) fn fill(&mut self, useful: usize, mut ask: impl FnMut(i32) -> Asked<T>) {
        let room = self.room.min(useful.max(1));
        while self.unasked <= self.last && self.under_way.len() + self.waiting.len() < room {
            self.under_way.push(Numbered {
                page: self.unasked,
                response: ask(self.unasked),
            });
            self.unasked = self.unasked.saturating_add(1);
            self.asked += 1;
        }
    }

    /// Lets the pages under way move on; says whether one arrived.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> bool {
        let mut arrived = false;
        while let Poll::Ready(Some((page, response))) = self.under_way.poll_next_unpin(context) {
            self.learn(page, &response);
            self.waiting.insert(page, response);
            arrived = true;
        }
        arrived
    }

    /// The page whose turn it is, if it is here.
    pub(super) fn take(&mut self) -> Option<(i32, CallResult<Page<T>>)> {
        let page = self.turn;
        let response = self.waiting.remove(&page)?;
        self.turn = page.saturating_add(1);
        Some((page, response))
    }

    /// Drops everything that is under way or waits.
    pub(super) fn cancel(&mut self) {
        self.under_way.clear();
        self.waiting.clear();
    }

    /// What a page says about the ones after it, as soon as it is here and before its turn.
    fn learn(&mut self, page: i32, response: &CallResult<Page<T>>) {
        match response {
            Ok(response) if response.value.has_more => {
                if !response.value.is_empty() && !quota_binds(response) {
                    self.room = self.most.min(self.room + 1);
                }
            }
            // The list ends here at the latest, or the walk does.
            Ok(_) | Err(_) => self.end_at(page),
        }
    }

    /// Cancels what was asked for after this page.
    fn end_at(&mut self, page: i32) {
        if page >= self.last {
            return;
        }
        self.last = page;
        self.waiting.retain(|number, _| *number <= page);
        self.under_way = std::mem::take(&mut self.under_way)
            .into_iter()
            .filter(|asked| asked.page <= page)
            .collect();
    }
}

/// Whether a call had to wait for the quota. More pages ahead would then only wait longer.
fn quota_binds<T>(response: &Response<T>) -> bool {
    !response.waited().is_zero()
}

struct Numbered<T> {
    page: i32,
    response: Asked<T>,
}

impl<T> Future for Numbered<T> {
    type Output = (i32, CallResult<Page<T>>);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(context));
        Poll::Ready((self.page, response))
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};
    use std::time::Duration;

    use super::Window;
    use crate::meta::Meta;
    use crate::response::Response;
    use crate::types::Page;

    /// How many pages there is room for after each of these, given how long each had to wait for the quota.
    fn room(waited: &[u64]) -> Vec<usize> {
        let mut window = Window::new(1, 5);
        waited
            .iter()
            .map(|seconds| {
                let meta = Meta {
                    waited: Duration::from_secs(*seconds),
                    ..Meta::default()
                };
                window.fill(1, |_| {
                    let response = Response::new(Page::new(vec![()], true), meta.clone());
                    Box::pin(async { Ok(response) })
                });
                assert!(window.poll(&mut Context::from_waker(Waker::noop())));
                assert!(window.take().is_some());
                window.room
            })
            .collect()
    }

    #[test]
    fn grows_with_every_page_that_did_not_wait_for_the_quota() {
        assert_eq!(room(&[0, 0, 0, 0, 0, 0]), [2, 3, 4, 5, 5, 5]);
        assert_eq!(room(&[0, 0, 1, 1, 0]), [2, 3, 3, 3, 4]);
        assert_eq!(room(&[1, 1]), [1, 1]);
    }
}
