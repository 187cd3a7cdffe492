//! When pages are asked for, and which are cancelled.

use std::time::Duration;

use revio_api::ListRequest;
use revio_api::lists::Paged;
use tokio::time::{Instant, timeout};

use crate::drain;
use crate::fake::{Fake, Row, cut, failure};

#[tokio::test(start_paused = true)]
async fn doubles_each_round_trip_up_to_the_limit() {
    let fake = Fake::<Row>::counting(20);
    drain(&mut fake.clone().page_size(1).stream().prefetch(4)).await;
    assert_eq!(
        fake.times_asked()[..15],
        [
            0, 100, 100, 200, 200, 200, 200, 300, 300, 300, 300, 400, 400, 400, 400
        ]
    );
    assert_eq!(fake.most_under_way(), 4);
    assert!(fake.asked_once_each());
}

#[tokio::test(start_paused = true)]
async fn four_pages_at_most_when_nothing_is_set() {
    let fake = Fake::<Row>::counting(30);
    drain(&mut fake.clone().page_size(1).stream()).await;
    assert_eq!(fake.most_under_way(), 4);
}

#[tokio::test(start_paused = true)]
async fn one_means_one_after_the_other_and_none_before_it_is_wanted() {
    for pages in [0, 1] {
        let fake = Fake::<Row>::counting(4);
        let mut list = fake.clone().page_size(2).pages().prefetch(pages);
        assert!(fake.asked().is_empty(), "nothing before it is polled");
        list.try_next().await.unwrap();
        assert_eq!(fake.pages_asked(), [1]);
        list.try_next().await.unwrap();
        assert_eq!(fake.pages_asked(), [1, 2]);
        assert!(list.try_next().await.unwrap().is_none());
        assert_eq!(fake.pages_asked(), [1, 2]);
    }
}

#[tokio::test(start_paused = true)]
async fn records_of_one_page_come_without_waiting_for_the_next() {
    let fake = Fake::<Row>::counting(40);
    let mut list = fake.clone().page_size(10).stream().prefetch(1);
    let start = Instant::now();
    for _ in 0..10 {
        list.try_next().await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::from_millis(100));
    assert_eq!(fake.pages_asked(), [1]);
}

#[tokio::test(start_paused = true)]
async fn pages_ahead_move_on_while_records_are_handed_out() {
    let fake = Fake::<Row>::counting(40);
    let mut list = fake.clone().page_size(10).stream().prefetch(4);
    for _ in 0..11 {
        list.try_next().await.unwrap();
    }
    // The reader has begun with page two and is busy until the next pages must be here.
    assert_eq!(fake.pages_asked(), [1, 2, 3, 4, 5]);
    tokio::time::advance(Duration::from_millis(100)).await;
    assert_eq!(fake.under_way(), 2);
    list.try_next().await.unwrap();
    assert_eq!(
        fake.under_way(),
        0,
        "the pages ahead were received meanwhile"
    );
}

#[tokio::test(start_paused = true)]
async fn what_lies_beyond_the_end_is_cancelled_and_stays_within_the_limit() {
    // The last page takes longer than those before it, so that it has to be waited for.
    let numbers: Vec<i64> = (1..=10).collect();
    let fake = Fake::<Row>::slow(
        move |asked| cut(&numbers, asked),
        |page| match page {
            1..10 => Duration::from_millis(100),
            10 => Duration::from_millis(500),
            _ => Duration::from_secs(10),
        },
    );
    let mut list = fake.clone().page_size(1).stream().prefetch(4);
    let start = Instant::now();
    assert_eq!(drain(&mut list).await.0.len(), 10);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "nobody waits for pages beyond"
    );
    let beyond = fake.pages_asked().iter().filter(|page| **page > 10).count();
    assert_eq!(beyond, 3);
    assert_eq!(fake.cancelled(), 3);
    assert_eq!(fake.under_way(), 0);
    assert_eq!(list.report().asked, 13);
}

#[tokio::test(start_paused = true)]
async fn an_end_that_arrives_early_stops_asking_at_once() {
    // Page 3 is the last; page 2 takes long.
    let numbers: Vec<i64> = (1..=3).collect();
    let fake = Fake::<Row>::slow(
        move |asked| cut(&numbers, asked),
        |page| Duration::from_millis(if page == 2 { 5_000 } else { 100 }),
    );
    let (numbers, error) = drain(&mut fake.clone().page_size(1).stream().prefetch(16)).await;
    assert!(error.is_none());
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(fake.pages_asked(), [1, 2, 3]);
}

#[tokio::test(start_paused = true)]
async fn a_failure_beyond_the_end_is_none() {
    let numbers: Vec<i64> = (1..=5).collect();
    let fake = Fake::<Row>::slow(
        move |asked| {
            if asked.page > 5 {
                Err(failure())
            } else {
                cut(&numbers, asked)
            }
        },
        |page| Duration::from_millis(if page == 5 { 5_000 } else { 100 }),
    );
    let (numbers, error) = drain(&mut fake.clone().page_size(1).stream().prefetch(8)).await;
    assert!(error.is_none());
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert!(fake.pages_asked().contains(&6));
}

#[tokio::test(start_paused = true)]
async fn dropping_the_list_cancels_what_is_under_way() {
    let fake = Fake::<Row>::slow(
        |asked| Ok((vec![i64::from(asked.page)], true)),
        |page| Duration::from_secs(if page > 4 { 60 } else { 1 }),
    );
    let mut pages = fake.clone().pages().prefetch(4);
    for _ in 0..4 {
        pages.try_next().await.unwrap();
    }
    // A page that takes longer than its reader waits isn't lost by that.
    assert!(
        timeout(Duration::from_secs(5), pages.try_next())
            .await
            .is_err()
    );
    assert_eq!((fake.under_way(), fake.cancelled()), (4, 0));
    drop(pages);
    assert_eq!((fake.under_way(), fake.cancelled()), (0, 4));
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_page_can_be_given_up_and_taken_up_again() {
    let fake = Fake::<Row>::counting(3);
    let mut list = fake.clone().page_size(1).stream();
    let mut numbers = Vec::new();
    loop {
        match timeout(Duration::from_millis(30), list.try_next()).await {
            Err(_) => {}
            Ok(Ok(Some(row))) => numbers.push(row.row_id),
            Ok(end) => break assert!(end.unwrap().is_none()),
        }
    }
    assert_eq!(numbers, [1, 2, 3]);
    assert!(fake.asked_once_each());
    assert_eq!(fake.cancelled(), 0);
}
