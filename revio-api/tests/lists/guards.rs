//! Lists that make no sense.

use revio_api::lists::Paged;
use revio_api::{ErrorKind, ListRequest};

use crate::drain;
use crate::fake::{Bare, Fake, Row};

/// Every page from the third on is the same, with more to follow.
#[allow(clippy::unnecessary_wraps, reason = "a server may fail")]
fn stuck(asked: &crate::fake::Asked) -> crate::fake::Answer {
    let first = i64::from(asked.page.min(3)) * 2;
    Ok((vec![first, first + 1], true))
}

#[tokio::test(start_paused = true)]
async fn a_page_that_comes_again_and_again_is_an_error() {
    for prefetch in [1, 8] {
        let fake = Fake::<Row>::new(stuck);
        let mut list = fake.clone().stream().prefetch(prefetch);
        let (numbers, error) = drain(&mut list).await;
        assert_eq!(numbers, [2, 3, 4, 5, 6, 7]);
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert_eq!(error.resume().unwrap().page(), 5);
        assert_eq!(
            error.to_string(),
            "customers_list: page 5 holds the same records as the page before it, so the server doesn't move on; \
             the rest of the list can't be read this way: try another page size or narrower filters (page 5)"
        );
        assert!(
            list.try_next().await.unwrap().is_none(),
            "an error ends the list"
        );
        assert_eq!(fake.under_way(), 0, "and cancels what lies ahead");
    }
}

#[tokio::test(start_paused = true)]
async fn without_ids_the_first_repetition_is_one_too_many() {
    let fake = Fake::<Bare>::new(stuck);
    let (numbers, error) = drain(&mut fake.stream()).await;
    assert_eq!(numbers, [2, 3, 4, 5, 6, 7]);
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert_eq!(error.resume().unwrap().page(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_grew_by_one_page_in_front_goes_on() {
    let fake = Fake::<Row>::new(|asked| {
        let page = if asked.page > 1 { asked.page - 1 } else { 1 };
        Ok((vec![i64::from(page)], asked.page < 5))
    });
    let mut list = fake.page_size(1).stream();
    let (numbers, error) = drain(&mut list).await;
    assert!(error.is_none());
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert_eq!(list.report().duplicates, 1);
}

#[tokio::test(start_paused = true)]
async fn single_records_without_ids_may_look_alike() {
    let fake = Fake::<Bare>::new(|asked| Ok((vec![7], asked.page < 4)));
    let (numbers, error) = drain(&mut fake.page_size(1).stream()).await;
    assert!(error.is_none());
    assert_eq!(numbers, [7, 7, 7, 7]);
}

#[tokio::test(start_paused = true)]
async fn an_endless_list_stops_at_the_limit() {
    let fake = Fake::<Row>::new(|asked| Ok((vec![i64::from(asked.page)], true)));
    let mut list = fake.clone().stream().prefetch(8).max_pages(10);
    let (numbers, error) = drain(&mut list).await;
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(error.to_string().contains("10 pages were read"), "{error}");
    let mut asked = fake.pages_asked();
    asked.sort_unstable();
    assert_eq!(
        asked,
        (1..=10).collect::<Vec<_>>(),
        "nothing beyond the limit"
    );

    // It can be resumed for as many pages again.
    let mut resumed = fake
        .pages_from(error.resume().unwrap())
        .unwrap()
        .max_pages(5)
        .records();
    assert_eq!(drain(&mut resumed).await.0, [11, 12, 13, 14, 15]);
}

#[tokio::test(start_paused = true)]
async fn a_list_as_long_as_the_limit_is_none() {
    let mut list = Fake::<Row>::counting(10).page_size(2).stream().max_pages(5);
    let (numbers, error) = drain(&mut list).await;
    assert!(error.is_none());
    assert_eq!(numbers.len(), 10);
}

/// Empty pages up to and including this one; then a last one with a record.
fn empty_until(last_empty: i32) -> impl Fn(&crate::fake::Asked) -> crate::fake::Answer {
    move |asked| match asked.page {
        1 => Ok((vec![1], true)),
        page if page <= last_empty => Ok((vec![], true)),
        _ => Ok((vec![2], false)),
    }
}

#[tokio::test(start_paused = true)]
async fn a_few_empty_pages_are_passed_over() {
    let mut list = Fake::<Row>::new(empty_until(3)).stream();
    let (numbers, error) = drain(&mut list).await;
    assert!(error.is_none());
    assert_eq!(numbers, [1, 2]);
    assert_eq!(list.report().pages, 4);
}

#[tokio::test(start_paused = true)]
async fn empty_pages_without_end_are_an_error() {
    for (limit, failing) in [(None, 4), (Some(0), 2), (Some(1), 3)] {
        let list = Fake::<Row>::new(empty_until(i32::MAX)).stream();
        let mut list = match limit {
            Some(limit) => list.empty_pages(limit),
            None => list,
        };
        let (numbers, error) = drain(&mut list).await;
        assert_eq!(numbers, [1]);
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert_eq!(error.resume().unwrap().page(), failing);
        assert!(
            error.to_string().contains(&format!("page {failing} is")),
            "{error}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn empty_pages_count_only_in_a_row() {
    let fake = Fake::<Row>::new(|asked| {
        let page = i64::from(asked.page);
        let records = if page % 3 == 0 { vec![page] } else { vec![] };
        Ok((records, asked.page < 12))
    });
    let (numbers, error) = drain(&mut fake.stream()).await;
    assert!(error.is_none());
    assert_eq!(numbers, [3, 6, 9, 12]);
}

#[tokio::test(start_paused = true)]
async fn the_last_possible_page_number_does_not_overflow() {
    let fake = Fake::<Row>::new(|_| Ok((vec![1], true)));
    let mut list = fake.page(i32::MAX).stream();
    let (numbers, error) = drain(&mut list).await;
    assert_eq!(numbers, [1]);
    assert_eq!(error.unwrap().kind(), ErrorKind::Paging);
}
