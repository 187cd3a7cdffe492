//! What every page is asked with, and what is handed out.

use std::time::Duration;

use futures_util::TryStreamExt;
use revio_api::lists::{Paged, Pages, Records};
use revio_api::{ListRequest, Request};

use crate::drain;
use crate::fake::{Bare, Fake, Row};

#[tokio::test(start_paused = true)]
async fn every_page_carries_filters_sort_size_and_options() {
    let fake = Fake::<Row>::counting(9).filtered("Ann");
    let mut request = fake
        .clone()
        .filter("extra", 1)
        .with_timeout(Duration::from_secs(7))
        .sort("-created_date")
        .page_size(2);
    let options = format!("{:?}", request.options_mut());
    assert!(
        options.contains("7s") && options.contains("extra"),
        "{options}"
    );
    let (numbers, error) = drain(&mut request.stream().prefetch(3)).await;
    assert!(error.is_none());
    assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
    let asked = fake.asked();
    assert!((1..=5).all(|page| asked.iter().any(|asked| asked.page == page)));
    for page in &asked {
        assert_eq!(page.filter.as_deref(), Some("Ann"));
        assert_eq!(page.sort.as_deref(), Some("-created_date"));
        assert_eq!(page.page_size, Some(2));
        assert_eq!(page.options, options);
    }
}

#[tokio::test(start_paused = true)]
async fn large_pages_sorted_by_the_own_id_unless_the_request_says_otherwise() {
    let with_id = Fake::<Row>::counting(3);
    drain(&mut with_id.clone().stream()).await;
    assert_eq!(with_id.asked()[0].page_size, Some(500));
    assert_eq!(with_id.asked()[0].sort.as_deref(), Some("row_id"));

    let without = Fake::<Bare>::counting(3);
    drain(&mut without.clone().stream()).await;
    assert_eq!(without.asked()[0].sort, None);

    let unsorted = Fake::<Row>::counting(3);
    let mut list = unsorted.clone().stream().in_server_order();
    drain(&mut list).await;
    assert_eq!(unsorted.asked()[0].sort, None);

    let sorted = Fake::<Row>::counting(3);
    drain(&mut sorted.clone().sort("name").stream().in_server_order()).await;
    assert_eq!(sorted.asked()[0].sort.as_deref(), Some("name"));
}

#[tokio::test(start_paused = true)]
async fn the_order_stays_once_reading_began() {
    let fake = Fake::<Row>::counting(4);
    let mut list = fake.clone().page_size(2).stream();
    list.try_next().await.unwrap();
    drain(&mut list.in_server_order()).await;
    for page in fake.asked() {
        assert_eq!(page.sort.as_deref(), Some("row_id"));
    }
}

#[tokio::test(start_paused = true)]
async fn starts_at_the_page_that_the_request_asks_for() {
    let fake = Fake::<Row>::counting(9);
    let mut list = fake.clone().page(3).page_size(2).stream().prefetch(1);
    assert_eq!(drain(&mut list).await.0, [5, 6, 7, 8, 9]);
    assert_eq!(fake.pages_asked(), [3, 4, 5]);
}

#[tokio::test(start_paused = true)]
async fn pages_say_where_they_stand() {
    let fake = Fake::<Row>::counting(5);
    let mut pages = fake.page_size(2).pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        assert_eq!(page.cursor, pages.cursor());
        seen.push((page.number, page.records.len(), page.has_more));
        assert_eq!(page.cursor.page(), page.number + 1);
        assert_eq!(page.cursor.is_done(), !page.has_more);
    }
    assert_eq!(seen, [(1, 2, true), (2, 2, true), (3, 1, false)]);
    assert!(
        pages.next().await.is_none(),
        "a list that ended stays ended"
    );
    let report = pages.report();
    assert_eq!((report.pages, report.records, report.duplicates), (3, 5, 0));
}

#[tokio::test(start_paused = true)]
async fn an_empty_list_is_one_empty_page() {
    let fake = Fake::<Row>::counting(0);
    let mut pages = fake.clone().pages();
    assert!(pages.try_next().await.unwrap().unwrap().records.is_empty());
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(fake.pages_asked(), [1]);
}

#[tokio::test(start_paused = true)]
async fn the_usual_stream_methods_work_and_a_stream_can_move_to_another_task() {
    fn movable<T: Send + 'static>(list: T) -> T {
        list
    }
    let pages: Pages<Fake<Row>> = movable(Fake::<Row>::counting(5).page_size(2).pages());
    let lengths: Vec<usize> = pages
        .map_ok(|page| page.records.len())
        .try_collect()
        .await
        .unwrap();
    assert_eq!(lengths, [2, 2, 1]);

    let records: Records<Fake<Row>> = movable(Fake::<Row>::counting(5).page_size(2).stream());
    let rows: Vec<Row> = tokio::spawn(records.try_collect()).await.unwrap().unwrap();
    assert_eq!(rows.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_list_shows_where_it_stands_and_no_records() {
    let mut list = Fake::<Row>::counting(987_654).page_size(2).stream();
    list.try_next().await.unwrap();
    let shown = format!("{list:?}");
    assert!(
        shown.contains(r#"operation: "customers_list""#) && !shown.contains("row_id: "),
        "{shown}"
    );
}
