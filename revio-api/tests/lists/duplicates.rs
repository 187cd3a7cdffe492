//! Lists that change while they are read.

use std::sync::Mutex;

use revio_api::ListRequest;
use revio_api::lists::Paged;

use crate::drain;
use crate::fake::{Bare, Fake, Row, cut};

/// Newest first; before each page but the first, `change` is made to the list.
fn changing(change: fn(&mut Vec<i64>, i32)) -> impl Fn(&crate::fake::Asked) -> crate::fake::Answer {
    let numbers = Mutex::new((1..=9).rev().collect::<Vec<i64>>());
    move |asked| {
        let mut numbers = numbers.lock().unwrap();
        if asked.page > 1 {
            change(&mut numbers, asked.page);
        }
        cut(&numbers, asked)
    }
}

#[tokio::test(start_paused = true)]
async fn records_pushed_to_the_next_page_are_left_out_and_reported() {
    let fake = Fake::<Row>::new(changing(|numbers, page| {
        numbers.insert(0, 100 + i64::from(page));
    }));
    let mut pages = fake.page_size(3).sort("-created_date").pages().prefetch(1);
    let (mut numbers, mut dropped) = (Vec::new(), Vec::new());
    while let Some(page) = pages.try_next().await.unwrap() {
        numbers.extend(page.records.iter().map(|row| row.row_id));
        dropped.push(page.duplicates);
    }
    assert_eq!(numbers, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    assert_eq!(dropped, [vec![], vec![7], vec![5], vec![3]]);
    assert_eq!(pages.report().duplicates, 3);
    assert_eq!(pages.report().records, 9);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_shrinks_ends_where_it_ends() {
    let fake = Fake::<Row>::new(changing(|numbers, _| numbers.truncate(5)));
    let mut list = fake.page_size(3).stream().prefetch(1);
    let (numbers, error) = drain(&mut list).await;
    assert!(error.is_none());
    assert_eq!(numbers, [9, 8, 7, 6, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_record_that_comes_back_much_later_is_noticed_too() {
    let fake = Fake::<Row>::new(|asked| {
        let first = i64::from(asked.page) * 2;
        let page = if asked.page == 40 {
            vec![2, first]
        } else {
            vec![first, first + 1]
        };
        Ok((page, asked.page < 40))
    });
    let mut list = fake.stream();
    let (numbers, error) = drain(&mut list).await;
    assert!(error.is_none());
    assert_eq!(numbers, (2..=80).collect::<Vec<_>>());
    assert_eq!(list.report().duplicates, 1);
}

#[tokio::test(start_paused = true)]
async fn twice_on_one_page_and_below_zero() {
    let fake = Fake::<Row>::new(|_| Ok((vec![-1, 1, -1, i64::MIN, i64::MAX], false)));
    let page = fake.pages().try_next().await.unwrap().unwrap();
    assert_eq!(page.duplicates, [-1]);
    assert_eq!(
        page.into_iter().map(|row| row.row_id).collect::<Vec<_>>(),
        [-1, 1, i64::MIN, i64::MAX]
    );
}

#[tokio::test(start_paused = true)]
async fn records_without_an_id_are_passed_on_as_they_come() {
    let fake = Fake::<Bare>::new(|asked| Ok((vec![1, i64::from(asked.page)], asked.page < 3)));
    let mut list = fake.stream();
    assert_eq!(drain(&mut list).await.0, [1, 1, 1, 2, 1, 3]);
    assert_eq!(list.report().duplicates, 0);
}
