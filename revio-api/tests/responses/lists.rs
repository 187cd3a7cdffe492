//! A list ends only when the server says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use revio_api::prelude::*;
use revio_api::types::{Json, Page};
use revio_api::{Error, ErrorKind, Method};
use revio_test_server::{Action, Request, Server, ok};

use crate::{client, marked};

const PAGES: i32 = 10;
const SIZE: i32 = 50;

/// The page that is asked for.
fn number(asked: &Request) -> i32 {
    let page = asked.target.split("page=").nth(1).expect("a page");
    page.split('&')
        .next()
        .expect("a number")
        .parse()
        .expect("a number")
}

/// A proper page, its fields in the spelling that `spell` gives them.
pub(crate) fn page(number: i32, spell: impl Fn(&str) -> String) -> String {
    let first = (number - 1) * SIZE;
    let on_page = if number > PAGES { 0 } else { SIZE };
    let records: Vec<String> = (first + 1..=first + on_page)
        .map(|id| format!(r#"{{"customer_id":{id}}}"#))
        .collect();
    format!(
        r#"{{"{}":true,"{}":{},"{}":{on_page},"{}":[{}]}}"#,
        spell("ok"),
        spell("has_more"),
        number < PAGES,
        spell("record_count"),
        spell("records"),
        records.join(",")
    )
}

/// 500 customers on ten pages, of which the fifth is this, as often as it is asked for or only the first time.
async fn with_fifth(body: &str, once: bool) -> Server {
    let body = body.to_owned();
    let asked_for_fifth = AtomicUsize::new(0);
    Server::start(move |asked| match number(asked) {
        5 if !once || asked_for_fifth.fetch_add(1, Ordering::SeqCst) == 0 => ok(&body),
        number => ok(page(number, str::to_owned)),
    })
    .await
}

/// The list in every way that there is to read a whole one: how many records, and the error at the end.
async fn read_in_every_way(server: &Server) -> Vec<(&'static str, usize, Option<Error>)> {
    let client = client(server);
    let list = || client.customers().list().page_size(SIZE);
    let mut all = Vec::new();

    let (mut count, mut pages) = (0, list().pages());
    let error = loop {
        match pages.try_next().await {
            Ok(Some(page)) => count += page.records.len(),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    all.push(("pages", count, error));

    for prefetch in [1, 8] {
        let (mut count, mut records) = (0, list().stream().prefetch(prefetch));
        let error = loop {
            match records.try_next().await {
                Ok(Some(_)) => count += 1,
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        all.push(("stream", count, error));
    }

    all.push(match list().collect_up_to(10_000).await {
        Ok(collected) => {
            assert!(collected.complete && collected.report.complete);
            ("collect_up_to", collected.records.len(), None)
        }
        Err(incomplete) => (
            "collect_up_to",
            incomplete.records.len(),
            Some(incomplete.error),
        ),
    });

    let (mut count, mut choices) = (0, list().choices());
    let error = loop {
        match choices.try_next().await {
            Ok(Some(_)) => count += 1,
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    all.push(("choices", count, error));
    all
}

const NO_PAGES: [&str; 12] = [
    "{}",
    "[]",
    "null",
    "",
    r#"{"message":"server exploded"}"#,
    r#"{"error":{"code":1,"message":"server exploded"}}"#,
    r#"{"Ok":false,"error":"no"}"#,
    r#"{"ok":"false","error":"no"}"#,
    r#"{"ok":0,"records":[]}"#,
    r#"{"success":false,"reasons":[{"code":53000040,"message":"no"}]}"#,
    r#"{"ok":true,"has_more":false,"record_count":5}"#,
    r#"{"ok":true,"has_more":false,"data":[]}"#,
];

#[tokio::test]
async fn what_is_no_page_never_ends_a_list() {
    for body in NO_PAGES {
        let server = with_fifth(body, false).await;
        for (way, count, error) in read_in_every_way(&server).await {
            let error = error.unwrap_or_else(|| panic!("{way} of {body} ended after {count}"));
            assert_eq!(count, 200, "{way} of {body}: {error}");
            assert_eq!(
                error.resume().map(revio_api::lists::Cursor::page),
                Some(5),
                "{way} of {body}"
            );
            assert_eq!(error.status(), Some(200));
        }
        let sample = client(&server).customers().list().page_size(SIZE);
        assert!(sample.sample_fields(10_000).await.is_err(), "{body}");
    }
}

#[tokio::test]
async fn what_is_no_page_is_none_when_it_is_awaited_either() {
    for body in NO_PAGES {
        let server = with_fifth(body, false).await;
        let client = client(&server);
        let typed = client.customers().list().page(5).await.unwrap_err();
        let by_path = client.raw(Method::Get, "Customers").query("page", 5);
        let raw = by_path.json_response::<Page<Json>>().await.unwrap_err();
        for error in [typed, raw] {
            let message = error.api_message();
            if body.contains("exploded") {
                assert_eq!(message, Some("server exploded"), "{body}: {error}");
            } else if body.contains("no\"") {
                assert_eq!(message, Some("no"), "{body}: {error}");
            }
            if body.contains("alse,\"error") || body.contains("false\"") || body.contains("success")
            {
                assert_eq!(
                    (error.kind(), error.outcome()),
                    (ErrorKind::Api, revio_api::Outcome::Rejected),
                    "{body}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_page_that_states_a_passing_failure_is_asked_for_again() {
    for body in [
        r#"{"statusCode":429,"message":"Rate limit is exceeded"}"#,
        r#"{"StatusCode":"503","message":"later"}"#,
        r#"{"status":500,"title":"An error occurred"}"#,
        r#"{"error":{"code":502,"message":"bad gateway"}}"#,
        r#"{"ok":false,"code":429}"#,
    ] {
        let server = with_fifth(body, true).await;
        let client = client(&server);
        let list = client.customers().list().page_size(SIZE);
        let found = list.collect_up_to(10_000).await.unwrap();
        assert_eq!((found.len(), found.complete), (500, true), "{body}");

        let server = with_fifth(body, false).await;
        for (way, count, error) in read_in_every_way(&server).await {
            let error = error.expect(way);
            assert_eq!((count, error.attempts()), (200, 5), "{way} of {body}");
            assert_eq!(
                error.is_rate_limited(),
                body.contains("429"),
                "{way} of {body}"
            );
        }
    }
}

#[tokio::test]
async fn without_has_more_the_next_page_is_asked_for() {
    for unsaid in [r#""has_more":null,"#, r#""has_more":"perhaps","#, ""] {
        let fifth = page(5, str::to_owned).replace(r#""has_more":true,"#, unsaid);
        let server = with_fifth(&fifth, false).await;
        for (way, count, error) in read_in_every_way(&server).await {
            assert_eq!(
                (count, error.is_none()),
                (500, true),
                "{way} of {unsaid}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn where_the_server_never_says_more_only_an_empty_page_ends_the_list() {
    let server = Server::start(|asked| match number(asked) {
        number @ 1..=PAGES => ok(page(number, str::to_owned)
            .replace(r#""has_more":true,"#, "")
            .replace(r#""has_more":false,"#, "")),
        _ => ok(r#"{"ok":true,"records":[]}"#),
    })
    .await;
    for (way, count, error) in read_in_every_way(&server).await {
        assert_eq!((count, error.is_none()), (500, true), "{way}: {error:?}");
    }
}

#[tokio::test]
async fn other_spellings_are_read() {
    let capitals = |word: &str| {
        word.split('_')
            .map(|part| part[..1].to_uppercase() + &part[1..])
            .collect::<Vec<_>>()
            .join("_")
    };
    let pascal = move |word: &str| capitals(word).replace('_', "");
    let spellings: Vec<Box<dyn Fn(i32) -> String + Send + Sync>> = vec![
        Box::new(move |number| page(number, capitals)),
        Box::new(move |number| page(number, pascal)),
        Box::new(|number| page(number, str::to_uppercase)),
        Box::new(|number| marked(&page(number, str::to_owned))),
        Box::new(|number| {
            page(number, str::to_owned)
                .replace("true,", "\"true\",")
                .replace("false,", "\"False\",")
        }),
        Box::new(|number| {
            page(number, str::to_owned)
                .replace("true,", "1,")
                .replace("false,", "0,")
        }),
        Box::new(|number| page(number, str::to_owned).replace(r#"count":50"#, r#"count":"50""#)),
        Box::new(|number| page(number, str::to_owned).replace(r#"count":50"#, r#"count":50.0"#)),
        Box::new(|number| page(number, str::to_owned).replace(r#"count":50"#, r#"count":"""#)),
    ];
    for spell in spellings {
        let spell = Arc::new(spell);
        let body = spell(1);
        let server = Server::start(move |asked| ok(spell(number(asked)))).await;
        for (way, count, error) in read_in_every_way(&server).await {
            assert_eq!(
                (count, error.is_none()),
                (500, true),
                "{way} of {}: {error:?}",
                &body[..80]
            );
        }
    }
}

/// What a list reports that was read to its end.
async fn report(
    answer: impl Fn(i32) -> String + Send + Sync + 'static,
) -> revio_api::lists::ListReport {
    let server = Server::start(move |asked| ok(answer(number(asked)))).await;
    let mut pages = client(&server).customers().list().page_size(SIZE).pages();
    while pages.try_next().await.unwrap().is_some() {}
    pages.report()
}

#[tokio::test]
async fn what_makes_the_end_doubtful_is_reported() {
    let usual = report(|number| page(number, str::to_owned)).await;
    assert!(usual.complete && usual.miscounted == 0 && !usual.unsorted);

    let miscounted = report(|number| match number {
        3 => page(number, str::to_owned).replace(r#"count":50"#, r#"count":51"#),
        _ => page(number, str::to_owned),
    })
    .await;
    assert_eq!(
        (
            miscounted.records,
            miscounted.miscounted,
            miscounted.complete
        ),
        (500, 1, false)
    );

    let gap = report(|number| match number {
        3 => r#"{"ok":true,"has_more":true,"records":null}"#.to_owned(),
        _ => page(number, str::to_owned),
    })
    .await;
    assert_eq!((gap.records, gap.complete), (450, false));

    let broken_promise = report(|number| match number {
        3 => r#"{"records":[]}"#.to_owned(),
        _ => page(number, str::to_owned),
    })
    .await;
    assert_eq!(
        (broken_promise.records, broken_promise.complete),
        (100, false)
    );
}

#[tokio::test]
async fn an_error_beside_no_records_is_no_page() {
    for body in [
        r#"{"statusCode":400,"message":"no","has_more":false,"record_count":0,"records":null}"#,
        r#"{"error":"database timeout","records":[],"has_more":false}"#,
    ] {
        let server = with_fifth(body, false).await;
        for (way, count, error) in read_in_every_way(&server).await {
            assert_eq!((count, error.is_some()), (200, true), "{way} of {body}");
        }
    }
    let passing = r#"{"statusCode":429,"message":"slow down","has_more":false,"records":[]}"#;
    let server = with_fifth(passing, true).await;
    for (way, count, error) in read_in_every_way(&server).await {
        assert_eq!((count, error.is_none()), (500, true), "{way}: {error:?}");
    }
    let empty = r#"{"ok":true,"message":"no records found","has_more":false,"records":[]}"#;
    let server = Server::start(move |_| ok(empty)).await;
    let found = client(&server)
        .customers()
        .list()
        .collect_up_to(10)
        .await
        .unwrap();
    assert!(found.complete && found.is_empty());
}

#[tokio::test]
async fn a_page_in_the_place_of_another_one_makes_the_end_doubtful() {
    let replayed = report(|number| match number {
        5 => page(4, str::to_owned),
        _ => page(number, str::to_owned),
    })
    .await;
    assert_eq!(
        (replayed.records, replayed.duplicates, replayed.complete),
        (450, 50, false)
    );
}

#[tokio::test]
async fn known_and_empty_pages_in_turn_end_in_an_error_soon() {
    let server = Server::start(|asked| match number(asked) % 2 {
        1 => ok(page(1, str::to_owned)),
        _ => ok(r#"{"ok":true,"records":[],"has_more":true}"#),
    })
    .await;
    let mut records = client(&server).customers().list().page_size(SIZE).stream();
    let error = loop {
        match records.try_next().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("it never ends"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(server.captured().len() < 30);
}

#[tokio::test]
async fn doubt_outlives_the_process() {
    let server = Server::start(|asked| match number(asked) {
        10 => ok(page(10, str::to_owned).replace(r#"count":50"#, r#"count":51"#)),
        number => ok(page(number, str::to_owned)),
    })
    .await;
    let list = || client(&server).customers().list().page_size(SIZE);
    let found = list().collect_up_to(10_000).await.unwrap();
    assert!(!found.complete && found.cursor.is_done());
    let resumed = list().pages_from(&found.cursor).unwrap();
    assert!(!resumed.report().complete);
}

#[tokio::test]
async fn has_more_twice_that_contradicts_itself_says_nothing() {
    let fifth = page(5, str::to_owned)
        .replace(r#""has_more":true,"#, r#""has_more":true,"hasMore":false,"#);
    let server = with_fifth(&fifth, false).await;
    for (way, count, error) in read_in_every_way(&server).await {
        assert_eq!((count, error.is_none()), (500, true), "{way}: {error:?}");
    }
}

#[tokio::test]
async fn ids_in_another_order_than_asked_for_are_reported() {
    for (sort, ids, unsorted) in [
        (None, [1, 2, 3], false),
        (None, [2, 1, 3], true),
        (Some("-customer_id"), [3, 2, 1], false),
        (Some("-customer_id"), [1, 2, 3], true),
        (Some("name"), [2, 1, 3], false),
    ] {
        let server = Server::start(move |asked| -> Action {
            let number = number(asked);
            let id = ids[usize::try_from(number - 1).unwrap().min(2)];
            ok(format!(
                r#"{{"has_more":{},"records":[{{"customer_id":{id}}}]}}"#,
                number < 3
            ))
        })
        .await;
        let list = client(&server).customers().list().page_size(1);
        let mut records = match sort {
            Some(sort) => list.sort(sort).stream(),
            None => list.stream(),
        };
        while records.try_next().await.unwrap().is_some() {}
        let report = records.report();
        assert_eq!(
            (report.unsorted, report.records),
            (unsorted, 3),
            "{sort:?} {ids:?}"
        );
    }
}

#[tokio::test]
async fn pages_that_alternate_end_in_an_error_soon() {
    let server = Server::start(|asked| {
        let number = number(asked) % 2 + 1;
        ok(page(number, str::to_owned).replace(r#""has_more":false"#, r#""has_more":true"#))
    })
    .await;
    for (way, count, error) in read_in_every_way(&server).await {
        let error = error.expect(way);
        assert_eq!(
            (count, error.kind()),
            (100, ErrorKind::Paging),
            "{way}: {error}"
        );
    }
    let asked = server.captured().len();
    assert!(asked < 80, "{asked} calls in five walks");
}
