//! The beginning of a list, and no more than it takes.

use revio_api::lists::Paged;
use revio_api::{Error, ListRequest};

use crate::fake::{Bare, Fake, Made, Row, cut, failure};

fn numbers<T: Made>(records: &[T]) -> Vec<i64> {
    records.iter().map(Made::number).collect()
}

#[tokio::test(start_paused = true)]
async fn asks_for_no_page_that_is_not_needed() {
    for (limit, pages) in [(1, 1), (10, 1), (11, 2), (35, 4), (40, 4), (100, 10)] {
        let fake = Fake::<Row>::counting(100);
        let found = fake
            .clone()
            .page_size(10)
            .collect_up_to(limit)
            .await
            .unwrap();
        assert_eq!(found.len(), limit);
        assert_eq!(fake.asked().len(), pages, "for {limit} records");
        assert_eq!(found.complete, limit == 100);
        assert_eq!(found.cursor.is_done(), limit == 100);
    }
}

#[tokio::test(start_paused = true)]
async fn asks_for_little_in_vain_when_there_are_fewer() {
    let fake = Fake::<Row>::counting(100);
    let found = fake.clone().page_size(10).collect_up_to(400).await.unwrap();
    assert!(found.complete);
    assert_eq!(found.len(), 100);
    assert!(fake.asked().len() < 10 + 4, "{:?}", fake.pages_asked());
}

#[tokio::test(start_paused = true)]
async fn a_few_records_make_a_small_page() {
    for (limit, page_size) in [(1, 1), (20, 20), (499, 499), (500, 500), (usize::MAX, 500)] {
        let fake = Fake::<Row>::counting(30);
        fake.clone().collect_up_to(limit).await.unwrap();
        assert_eq!(fake.asked()[0].page_size, Some(page_size));
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_for_nothing() {
    let fake = Fake::<Row>::counting(30);
    let found = fake.clone().collect_up_to(0).await.unwrap();
    assert!(found.is_empty() && !found.complete);
    assert!(fake.asked().is_empty());
}

#[tokio::test(start_paused = true)]
async fn as_many_as_there_are_is_all() {
    let found = Fake::<Row>::counting(30).collect_up_to(30).await.unwrap();
    assert!(found.complete);
    assert_eq!(found.report.records, 30);
    assert_eq!(found.into_iter().last().unwrap().row_id, 30);
}

#[tokio::test(start_paused = true)]
async fn duplicates_do_not_count() {
    let fake = Fake::<Row>::new(|asked| {
        let first = i64::from(asked.page) * 3;
        Ok((vec![first, first + 1, first + 3], asked.page < 9))
    });
    let found = fake.clone().page_size(3).collect_up_to(6).await.unwrap();
    assert_eq!(numbers(&found), [3, 4, 6, 7, 9, 10]);
    assert_eq!(fake.asked().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn goes_on_after_the_last_record_of_the_beginning() {
    async fn run<T: Made>() {
        let request = Fake::<T>::counting(30).page_size(10);
        let found = request.clone().collect_up_to(14).await.unwrap();
        let mut rest = request.pages_from(&found.cursor).unwrap().records();
        let next = rest.try_next().await.unwrap().unwrap();
        assert_eq!(next.number(), 15);
    }
    run::<Row>().await;
    run::<Bare>().await;
}

#[tokio::test(start_paused = true)]
async fn a_failure_keeps_what_came_before() {
    let numbers_there: Vec<i64> = (1..=30).collect();
    let fake = Fake::<Row>::new(move |asked| {
        if asked.page == 3 {
            Err(failure())
        } else {
            cut(&numbers_there, asked)
        }
    });
    let incomplete = fake.page_size(10).collect_up_to(100).await.unwrap_err();
    assert_eq!(numbers(&incomplete.records), (1..=20).collect::<Vec<_>>());
    assert_eq!(incomplete.error.resume().unwrap().page(), 3);
    assert_eq!(incomplete.to_string(), incomplete.error.to_string());
    assert!(format!("{incomplete:?}").starts_with("Incomplete { records: 20, error: "));
    let error = Error::from(incomplete);
    assert_eq!(error.resume().unwrap().page(), 3);
}
