//! Whole lists from a server that fails, repeats itself or lies: what a program gets, and what it is told.

use revio_api::ErrorKind;
use revio_api::lists::{ListReport, Records};
use revio_api::prelude::*;
use revio_api::resources::customers::CustomersList;
use revio_sandbox::{Fault, FaultRule, Faults};
use revio_tests::stand::Stand;

const LIST: &str = "customers_list";
const FIRST: i32 = 1001;
const CUSTOMERS: i32 = 40;

/// All customers, ten on a page, one page after the other: the call's number is the page's.
fn customers(stand: &Stand) -> Records<CustomersList> {
    let list = stand.client.customers().list().page_size(10);
    list.stream().prefetch(1)
}

/// The customers of pages 1 to 4.
fn ids(pages: impl IntoIterator<Item = i32>) -> Vec<i32> {
    let first = |page: i32| FIRST + (page - 1) * 10;
    let page = |page| first(page)..first(page) + 10;
    pages.into_iter().flat_map(page).collect()
}

/// Reads on to the end, or to the first error.
async fn drain(
    mut list: Records<CustomersList>,
) -> (Vec<i32>, ListReport, Option<revio_api::Error>) {
    let mut seen = Vec::new();
    let error = loop {
        match list.try_next().await {
            Ok(Some(customer)) => seen.push(customer.customer_id.get()),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    (seen, list.report(), error)
}

/// A stand where these calls of the list go wrong.
async fn stand(fault: Fault, calls: impl IntoIterator<Item = u64>) -> Stand {
    let stand = Stand::start().await;
    let rule = FaultRule::on(LIST, fault).calls(calls);
    let faults = Faults::default().rule(rule);
    stand.sandbox.set_faults(faults).expect("a rule");
    stand
}

#[tokio::test]
async fn a_list_without_faults_comes_whole_however_many_pages_are_under_way() {
    let stand = Stand::start().await;
    for pages in [1, 2, 4, 16] {
        let (seen, report, error) = drain(customers(&stand).prefetch(pages)).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(seen, ids(1..=4), "{pages} pages");
        assert_eq!((report.pages, report.duplicates), (4, 0));
    }
    assert_eq!(ids(1..=4).len(), usize::try_from(CUSTOMERS).expect("few"));
}

#[tokio::test]
async fn a_page_that_is_lost_on_its_way_is_asked_for_again() {
    for fault in [
        Fault::status(503),
        Fault::Truncated,
        Fault::Reset,
        Fault::Close,
    ] {
        let name = fault.name();
        let stand = stand(fault, [2, 4]).await;
        let (seen, _, error) = drain(customers(&stand)).await;
        assert!(error.is_none(), "{name}: {error:?}");
        assert_eq!(seen, ids(1..=4), "{name}");
        assert_eq!(stand.sandbox.requests().len(), 6, "{name}");
    }
}

#[tokio::test]
async fn a_page_that_can_not_be_had_keeps_those_before_and_says_where_to_go_on() {
    for fault in [Fault::status(400), Fault::Garbage, Fault::redirect()] {
        let name = fault.name();
        let stand = stand(fault, [3]).await;
        let (seen, _, error) = drain(customers(&stand)).await;
        let error = error.expect(name);
        assert_eq!(seen, ids(1..=2), "{name}");
        assert!(error.to_string().ends_with("(page 3)"), "{error}");
        let cursor = error.resume().expect(name);
        let rest = stand
            .client
            .customers()
            .list()
            .pages_from(cursor)
            .expect(name);
        let (seen, _, error) = drain(rest.prefetch(1).records()).await;
        assert!(error.is_none(), "{name}: {error:?}");
        assert_eq!(seen, ids(3..=4), "{name}");
    }
}

/// As when a page of records is added in front meanwhile: what came already is left out and told.
#[tokio::test]
async fn a_page_that_comes_twice_is_left_out_and_counted() {
    let stand = stand(Fault::DuplicatePage, [3]).await;
    let (seen, report, error) = drain(customers(&stand)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(seen, ids([1, 2, 4]));
    assert_eq!((report.records, report.duplicates), (30, 10));
}

#[tokio::test]
async fn an_end_that_is_none_costs_a_call_and_no_record() {
    let stand = stand(Fault::LyingHasMore, [4]).await;
    let (seen, report, error) = drain(customers(&stand)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(seen, ids(1..=4));
    assert_eq!(report.asked, 5);
}

#[tokio::test]
async fn a_list_that_never_ends_is_an_error_and_not_a_loop() {
    let stand = stand(Fault::LyingHasMore, 4..100).await;
    let (seen, report, error) = drain(customers(&stand)).await;
    let error = error.expect("an endless list");
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert_eq!(seen, ids(1..=4));
    assert!(report.asked < 10, "{report:?}");
}
