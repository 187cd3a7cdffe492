//! Whatever the latencies and however many pages are under way: the same records, in the same order, as one by one.

use std::time::Duration;

use proptest::prelude::*;
use revio_api::ListRequest;
use revio_api::lists::{Paged, Pages};
use revio_test_server::cases;
use tokio::time::Instant;

use crate::fake::{Asked, Bare, Fake, Made, Row, cut, failure};

/// What a walk came to.
#[derive(Debug, PartialEq)]
struct Walk {
    pages: Vec<(i32, Vec<i64>, Vec<i64>, bool)>,
    /// What ended it, if that was an error.
    error: Option<String>,
    cursor: revio_api::lists::Cursor,
}

async fn walk<T: Made>(mut pages: Pages<Fake<T>>) -> Walk {
    let mut seen = Vec::new();
    let error = loop {
        match pages.try_next().await {
            Ok(Some(page)) => {
                let numbers = page.records.iter().map(Made::number).collect();
                seen.push((page.number, numbers, page.duplicates, page.has_more));
            }
            Ok(None) => break None,
            Err(error) => break Some(error.to_string()),
        }
    };
    Walk {
        pages: seen,
        error,
        cursor: pages.cursor(),
    }
}

/// Runs with time that is simulated.
fn simulated<T>(run: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(run)
}

/// A latency for each page, over and over.
fn latency(millis: Vec<u64>) -> impl Fn(i32) -> Duration {
    move |page| {
        let at = usize::try_from(page).unwrap() % millis.len();
        Duration::from_millis(millis[at])
    }
}

fn latencies() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(prop_oneof![Just(0), 1..5_u64, 1..2_000_u64], 1..40)
}

/// A page as a server may answer it: records, whether more follow, or a failure.
fn page() -> impl Strategy<Value = Option<(Vec<i64>, bool)>> {
    let records = prop::collection::vec(0..12_i64, 0..4);
    prop_oneof![
        20 => (records, prop::bool::weighted(0.9)).prop_map(Some),
        1 => Just(None),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(200)) })]

    #[test]
    fn a_list_is_the_same_with_any_number_of_pages_ahead(
        count in 0..60_i64,
        page_size in 1..7_i32,
        ahead in 1..17_usize,
        millis in latencies(),
    ) {
        let numbers: Vec<i64> = (1..=count).collect();
        let expected = numbers.clone();
        simulated(async move {
            let fake = Fake::<Row>::slow(move |asked: &Asked| cut(&numbers, asked), latency(millis));
            let request = fake.clone().page_size(page_size);
            let start = Instant::now();
            let one_by_one = walk(request.clone().pages().prefetch(1)).await;
            let sequential = start.elapsed();
            let needed = fake.asked().len();

            let start = Instant::now();
            let together = walk(request.pages().prefetch(ahead)).await;
            prop_assert!(start.elapsed() <= sequential);
            prop_assert!(fake.asked().len() - needed < needed + ahead, "at most K - 1 in vain");
            prop_assert!(fake.most_under_way() <= ahead);

            let numbers: Vec<i64> = together.pages.iter().flat_map(|page| page.1.clone()).collect();
            prop_assert_eq!(numbers, expected);
            prop_assert_eq!(together, one_by_one);
            Ok(())
        })?;
    }

    #[test]
    fn a_list_that_makes_no_sense_comes_to_the_same_too(
        script in prop::collection::vec(page(), 1..30),
        ahead in 2..17_usize,
        millis in latencies(),
        with_id: bool,
    ) {
        let answer = move |asked: &Asked| {
            let at = usize::try_from(asked.page - 1).unwrap();
            match script.get(at) {
                Some(page) => page.clone().ok_or_else(failure),
                None => Ok((vec![], false)),
            }
        };
        simulated(async move {
            let (one_by_one, together) = if with_id {
                let fake = Fake::<Row>::slow(answer, latency(millis));
                (walk(fake.clone().pages().prefetch(1)).await, walk(fake.pages().prefetch(ahead)).await)
            } else {
                let fake = Fake::<Bare>::slow(answer, latency(millis));
                (walk(fake.clone().pages().prefetch(1)).await, walk(fake.pages().prefetch(ahead)).await)
            };
            prop_assert_eq!(together, one_by_one);
            Ok(())
        })?;
    }
}
