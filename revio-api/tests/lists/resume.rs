//! Going on after a failure, a crash, or in the middle of a page.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use revio_api::lists::{Cursor, Paged};
use revio_api::resources::webhook_receivers::WebhookReceiversList;
use revio_api::{Client, Credentials, ErrorKind, ListRequest, Outcome, Request};

use crate::drain;
use crate::fake::{Bare, Fake, Made, Row, cut, failure};

/// What a crash leaves behind.
fn stored(cursor: &Cursor) -> Cursor {
    serde_json::from_str(&serde_json::to_string(cursor).unwrap()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_came_before_a_failure_is_kept_and_the_rest_can_be_read_later() {
    for prefetch in [1, 4] {
        let broken = Arc::new(AtomicBool::new(true));
        let switch = Arc::clone(&broken);
        let numbers: Vec<i64> = (1..=10).collect();
        let fake = Fake::<Row>::new(move |asked| {
            if asked.page == 2 && switch.load(Ordering::SeqCst) {
                Err(failure())
            } else {
                cut(&numbers, asked)
            }
        });
        let request = fake.page_size(3);
        let mut list = request.clone().stream().prefetch(prefetch);
        let (before, error) = drain(&mut list).await;
        assert_eq!(before, [1, 2, 3]);
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Config, "the page's own error");
        assert!(error.to_string().ends_with("(page 2)"), "{error}");
        assert_eq!(error.resume(), Some(&list.cursor()));

        broken.store(false, Ordering::SeqCst);
        let cursor = stored(error.resume().unwrap());
        let mut rest = request.pages_from(&cursor).unwrap().records();
        let (after, error) = drain(&mut rest).await;
        assert!(error.is_none());
        assert_eq!(after, [4, 5, 6, 7, 8, 9, 10]);
    }
}

/// Breaks off after every possible number of records.
async fn anywhere<T: Made>() {
    for handed_out in 0..=10 {
        let fake = Fake::<T>::counting(10);
        let request = fake.clone().page_size(4).filtered("Ann");
        let mut list = request.clone().stream().prefetch(2);
        let mut numbers = Vec::new();
        for _ in 0..handed_out {
            numbers.push(list.try_next().await.unwrap().unwrap().number());
        }
        let cursor = stored(&list.cursor());
        drop(list);
        let mut rest = request.clone().pages_from(&cursor).unwrap().records();
        numbers.extend(drain(&mut rest).await.0);
        assert_eq!(
            numbers,
            (1..=10).collect::<Vec<_>>(),
            "after {handed_out} records"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn any_record_is_a_place_to_go_on() {
    anywhere::<Row>().await;
    anywhere::<Bare>().await;
}

#[tokio::test(start_paused = true)]
async fn breaking_off_twice_on_one_page_loses_and_repeats_nothing() {
    async fn run<T: Made>() {
        let request = Fake::<T>::counting(6).page_size(5);
        let mut numbers = Vec::new();
        let mut cursor = request.clone().pages().cursor();
        while !cursor.is_done() {
            let mut list = request.clone().pages_from(&cursor).unwrap().records();
            if let Some(record) = list.try_next().await.unwrap() {
                numbers.push(record.number());
            }
            cursor = stored(&list.cursor());
        }
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    }
    run::<Row>().await;
    run::<Bare>().await;
}

#[tokio::test(start_paused = true)]
async fn records_pushed_forward_while_nothing_ran_are_known() {
    let fake = Fake::<Row>::new(|asked| {
        // After the first page one more record stands in front.
        let numbers: Vec<i64> = match asked.page {
            1 => vec![9, 8, 7, 6, 5, 4],
            _ => vec![10, 9, 8, 7, 6, 5, 4],
        };
        cut(&numbers, asked)
    });
    let request = fake.page_size(3).sort("-row_id");
    let first = request.clone().pages().try_next().await.unwrap().unwrap();
    let mut rest = request.pages_from(&stored(&first.cursor)).unwrap();
    let second = rest.try_next().await.unwrap().unwrap();
    assert_eq!(second.duplicates, [7]);
    assert_eq!(
        second.into_iter().map(|row| row.row_id).collect::<Vec<_>>(),
        [6, 5]
    );
}

#[tokio::test(start_paused = true)]
async fn a_stuck_server_is_noticed_across_a_crash() {
    let fake = Fake::<Bare>::new(|_| Ok((vec![1, 2], true)));
    let first = fake.clone().pages().try_next().await.unwrap().unwrap();
    let mut rest = fake.pages_from(&stored(&first.cursor)).unwrap();
    assert_eq!(rest.try_next().await.unwrap_err().kind(), ErrorKind::Paging);
}

#[tokio::test(start_paused = true)]
async fn a_list_read_to_its_end_stays_read() {
    let fake = Fake::<Row>::counting(3);
    let mut list = fake.clone().stream();
    drain(&mut list).await;
    let cursor = stored(&list.cursor());
    assert!(cursor.is_done());
    let asked = fake.asked().len();
    let mut again = fake.clone().pages_from(&cursor).unwrap();
    assert!(again.try_next().await.unwrap().is_none());
    assert_eq!(fake.asked().len(), asked, "nothing is asked for");
    assert!(again.cursor().is_done());
}

#[tokio::test(start_paused = true)]
async fn size_and_sort_come_from_the_cursor() {
    let fake = Fake::<Row>::counting(9);
    let mut pages = fake.clone().page_size(4).sort("-name").pages();
    pages.try_next().await.unwrap();
    let mut rest = fake
        .clone()
        .pages_from(&pages.cursor())
        .unwrap()
        .in_server_order();
    rest.try_next().await.unwrap();
    let second = fake.asked().pop().unwrap();
    assert_eq!(
        (second.page_size, second.sort.as_deref()),
        (Some(4), Some("-name"))
    );

    let unsorted = fake.clone().pages().in_server_order().cursor();
    let mut list = fake.clone().pages_from(&unsorted).unwrap();
    list.try_next().await.unwrap();
    assert_eq!(fake.asked().pop().unwrap().sort, None);
}

#[tokio::test(start_paused = true)]
async fn another_request_is_refused() {
    let request = Fake::<Row>::counting(9).filtered("Ann");
    let cursor = request.clone().page_size(4).pages().cursor();
    let refused = |request: Fake<Row>, cursor: &Cursor| {
        let error = request.pages_from(cursor).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(error.outcome(), Outcome::NotSent);
        error.to_string()
    };
    for (other, reason) in [
        (request.clone().filtered("Bob"), "other filters"),
        (request.clone().page_size(5), "another size"),
        (request.clone().sort("name"), "another sort"),
    ] {
        let text = refused(other, &cursor);
        assert!(text.contains(reason), "{text}");
    }
    let altered = |from: &str, to: &str| -> Cursor {
        let text = serde_json::to_string(&cursor).unwrap();
        assert!(text.contains(from), "{text}");
        serde_json::from_str(&text.replace(from, to)).unwrap()
    };
    for (from, to, reason) in [
        (r#""version":1"#, r#""version":2"#, "another layout"),
        ("customers_list", "bills_list", "another list"),
        (r#""page_size":4"#, r#""page_size":0"#, "damaged"),
    ] {
        let text = refused(request.clone(), &altered(from, to));
        assert!(text.contains(reason), "{text}");
    }
    assert!(request.asked().is_empty(), "nothing is sent");
}

#[test]
fn a_real_request_is_told_by_its_filters_and_not_by_its_paging() {
    let client = |user: &str| {
        Client::builder(Credentials::new(user, "code", "password"))
            .build()
            .unwrap()
    };
    let list = || -> WebhookReceiversList { client("user").webhook_receivers().list() };
    let plain = list().fingerprint();
    assert_eq!(
        plain,
        list().page(3).page_size(7).sort("-name").fingerprint()
    );
    assert_eq!(
        plain,
        client("other").webhook_receivers().list().fingerprint()
    );
    assert_ne!(plain, list().filter("name", "Ann").fingerprint());
    assert_ne!(
        list().filter("name", "Ann").fingerprint(),
        list().filter("name", "Bob").fingerprint()
    );
    // Stored cursors hold it: a release that counts it differently has to count up their version.
    assert_eq!(plain, 14_130_584_118_143_822_955);
}

#[test]
fn a_cursor_shows_nothing_made_of_the_filters() {
    let cursor = Fake::<Row>::counting(1).filtered("Ann").pages().cursor();
    let text: serde_json::Value = serde_json::to_value(&cursor).unwrap();
    let filters = text["filters"].as_str().unwrap();
    assert_eq!(filters.len(), 16);
    assert!(!format!("{cursor:?}").contains(filters));
}
