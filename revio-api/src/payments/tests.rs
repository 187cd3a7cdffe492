//! What is found after a lost response. What a server may make of the payment is in `tests/payments`.

use std::future::IntoFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use revio_test_server::{Action, Request, Server, ok, reply};

use super::Checked;
use crate::ids::{CustomerId, PaymentId};
use crate::journal::Journal;
use crate::resources::payments::PaymentCreate;
use crate::support::SkippingClock;
use crate::{Client, Credentials, Error, ErrorKind, Outcome};

fn client(server: &Server, clock: &SkippingClock, journal: Option<Journal>) -> Client {
    let builder = Client::builder(Credentials::new("user", "code", "password"))
        .base_url(server.url())
        .clock(Arc::new(clock.clone()));
    match journal {
        Some(journal) => builder.journal(journal),
        None => builder,
    }
    .build()
    .unwrap()
}

fn payment() -> PaymentCreate {
    PaymentCreate::new()
        .customer_id(CustomerId(7))
        .amount("120.50".parse().unwrap())
}

/// A payment of the list: id, customer, amount, reference.
fn record(id: i32, customer: i32, amount: &str, reference: &str) -> String {
    let created = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now());
    format!(
        r#"{{"payment_id":{id},"customer_id":{customer},"amount":{amount},"reference_number":{reference},"created_date":"{}"}}"#,
        created.format("%Y-%m-%dT%H:%M:%S")
    )
}

/// Loses the reply to every payment, and lists these.
async fn losing(records: Vec<String>) -> Server {
    serving(records, |_| Action::SendAndClose(Vec::new())).await
}

async fn serving(
    records: Vec<String>,
    create: impl Fn(&Request) -> Action + Send + Sync + 'static,
) -> Server {
    let list = page(&records);
    Server::start(move |request| match request.method.as_str() {
        "POST" => create(request),
        _ => ok(&list),
    })
    .await
}

fn page(records: &[String]) -> String {
    format!(
        r#"{{"ok":true,"has_more":false,"record_count":{},"records":[{}]}}"#,
        records.len(),
        records.join(",")
    )
}

fn sent(server: &Server) -> (usize, usize) {
    let captured = server.captured();
    let posts = captured.iter().filter(|it| it.method == "POST").count();
    (posts, captured.len() - posts)
}

async fn run(server: &Server, body: PaymentCreate) -> Result<Checked, Error> {
    client(server, &SkippingClock::default(), None)
        .payments()
        .create_checked(body)
        .await
}

#[tokio::test]
async fn an_answered_payment_is_not_looked_up() {
    let server = serving(Vec::new(), |_| {
        reply("201 Created", &[], r#"{"ok":true,"id":31}"#)
    })
    .await;
    let checked = run(&server, payment()).await.unwrap();
    assert!(matches!(checked, Checked::Created(id) if id == PaymentId(31)));
    assert_eq!(sent(&server), (1, 0));
}

#[tokio::test]
async fn a_refused_payment_is_not_looked_up() {
    let server = serving(Vec::new(), |_| reply("400 Bad Request", &[], "no")).await;
    let error = run(&server, payment()).await.unwrap_err();
    assert_eq!(
        (error.status(), error.outcome()),
        (Some(400), Outcome::Rejected)
    );
    assert_eq!(sent(&server), (1, 0));
}

#[tokio::test]
async fn the_reference_number_identifies_it() {
    let server = losing(vec![
        record(1, 7, "120.50", r#""other""#),
        record(2, 8, "120.50", r#""acme-1""#),
        record(3, 7, "120.51", r#""acme-1""#),
        record(4, 7, "120.5", r#"" acme-1 ""#),
        record(5, 7, "120.50", "null"),
        record(6, 7, "120.50", r#""""#),
    ])
    .await;
    let checked = run(&server, payment().reference_number("acme-1"))
        .await
        .unwrap();
    let Checked::Found(found) = checked else {
        panic!("{checked:?}")
    };
    assert_eq!(found.payment_id, PaymentId(4));
    assert_eq!(sent(&server), (1, 1));
    let target = &server.captured()[1].target;
    assert!(
        target.contains("created_date_start=20") && target.contains("page_size=500"),
        "{target}"
    );
}

#[tokio::test]
async fn a_reference_number_that_was_used_twice_identifies_nothing() {
    let server = losing(vec![
        record(1, 7, "120.50", "null"),
        record(2, 7, "120.50", r#""acme-1""#),
        record(3, 7, "120.50", r#""acme-1""#),
    ])
    .await;
    let checked = run(&server, payment().reference_number("acme-1"))
        .await
        .unwrap();
    let Checked::Ambiguous(candidates, error) = checked else {
        panic!("{checked:?}")
    };
    // The most similar first; the first one may be what the gateway made of it.
    let ids: Vec<i32> = candidates.iter().map(|it| it.payment_id.0).collect();
    assert_eq!(ids, [2, 3, 1]);
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(sent(&server), (1, 1));
}

#[tokio::test]
async fn without_a_reference_number_nothing_is_certain() {
    // The server may not have kept the number either.
    for (body, reference) in [
        (payment(), r#""anything""#),
        (payment().reference_number("  "), "null"),
        (payment().reference_number("acme-1"), "null"),
    ] {
        let server = losing(vec![
            record(1, 7, "120.50", reference),
            record(2, 7, "99", "null"),
        ])
        .await;
        let checked = run(&server, body).await.unwrap();
        let Checked::Ambiguous(candidates, _) = checked else {
            panic!("{checked:?}")
        };
        assert_eq!(candidates.len(), 1);
        assert_eq!(sent(&server), (1, 1));
    }
}

#[tokio::test]
async fn what_is_not_there_is_looked_for_twice_and_never_sent_again() {
    let old = record(9, 7, "120.50", "null").replace(r#""20"#, r#""19"#);
    for records in [vec![], vec![record(1, 8, "120.50", "null")], vec![old]] {
        let server = losing(records).await;
        let clock = SkippingClock::default();
        let checked = client(&server, &clock, None)
            .payments()
            .create_checked(payment().amount("120.50".parse().unwrap()))
            .look_again_after(Duration::from_secs(33))
            .await
            .unwrap();
        assert!(
            matches!(&checked, Checked::NotSeen(error) if error.outcome() == Outcome::Unknown),
            "{checked:?}"
        );
        assert_eq!(clock.slept(), [Duration::from_secs(33)]);
        assert_eq!(sent(&server), (1, 2));
    }
}

/// The response says that the payment was recorded, in a form that has an id or none.
#[tokio::test]
async fn a_recorded_payment_without_an_id_is_looked_for() {
    let created = |headers: &'static [(&str, &str)], body: &'static str| {
        move |_: &Request| reply("201 Created", headers, body)
    };
    let location = &[("Location", "/v1/Payments/77")];
    for (headers, body) in [
        (&location[..], ""),
        (&[], r#"{"payment_id":77}"#),
        (&[], r#"[{"id":77}]"#),
    ] {
        let server = serving(Vec::new(), created(headers, body)).await;
        let checked = run(&server, payment()).await.unwrap();
        assert!(matches!(checked, Checked::Created(id) if id == PaymentId(77)));
        assert_eq!(sent(&server), (1, 0));
    }
    for body in ["", r#"{"id":0}"#, r#"{"ok":true}"#] {
        let ours = record(4, 7, "120.50", r#""acme-1""#);
        let server = serving(vec![ours], created(&[], body)).await;
        let checked = run(&server, payment().reference_number("acme-1")).await;
        assert!(matches!(checked, Ok(Checked::Found(found)) if found.payment_id == PaymentId(4)));

        let similar = record(4, 7, "120.50", r#""gw-1""#);
        for (records, looks) in [(vec![similar], 1), (vec![], 2)] {
            let count = records.len();
            let server = serving(records, created(&[], body)).await;
            let checked = run(&server, payment().reference_number("acme-1")).await;
            let Ok(Checked::Executed(candidates, error)) = checked else {
                panic!("{checked:?}")
            };
            assert_eq!(candidates.len(), count);
            assert_eq!(error.outcome(), Outcome::Executed);
            assert_eq!(sent(&server), (1, looks));
        }
    }
}

/// The server may take its time, which the second look makes up for.
#[tokio::test]
async fn a_payment_that_appears_late_is_found() {
    for status in ["201 Created", "504 Gateway Timeout"] {
        let looks = AtomicUsize::new(0);
        let server = Server::start(move |request| match request.method.as_str() {
            "POST" => reply(status, &[], ""),
            _ if looks.fetch_add(1, Ordering::Relaxed) == 0 => ok(page(&[])),
            _ => ok(page(&[record(4, 7, "120.50", r#""acme-1""#)])),
        })
        .await;
        let checked = run(&server, payment().reference_number("acme-1")).await;
        assert!(matches!(checked, Ok(Checked::Found(found)) if found.payment_id == PaymentId(4)));
        assert_eq!(sent(&server), (1, 2));
    }
}

/// A page that a gateway shows proves nothing, but it is no lost response either.
#[tokio::test]
async fn a_success_of_unknown_origin_is_not_called_not_seen() {
    let page = |_: &Request| reply("200 OK", &[], "<html>Please log in</html>");
    let server = serving(Vec::new(), page).await;
    let checked = run(&server, payment().reference_number("acme-1")).await;
    let Ok(Checked::Ambiguous(candidates, error)) = checked else {
        panic!("{checked:?}")
    };
    assert_eq!((candidates.len(), error.outcome()), (0, Outcome::Unknown));
    assert_eq!(sent(&server), (1, 2));
}

#[tokio::test]
async fn a_look_up_that_fails_leaves_the_outcome_unknown() {
    let server = Server::start(|request| match request.method.as_str() {
        "POST" => reply("504 Gateway Timeout", &[], ""),
        _ => reply("403 Forbidden", &[], ""),
    })
    .await;
    let error = run(&server, payment()).await.unwrap_err();
    assert_eq!(
        (error.outcome(), error.status()),
        (Outcome::Unknown, Some(504))
    );
    assert_eq!(
        error.to_string(),
        "payments_create: 504 from server: gateway timeout; looking it up failed too"
    );
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.starts_with("payments_list: 403"), "{cause}");
    assert_eq!(sent(&server), (1, 1));
}

#[tokio::test]
async fn a_payment_without_customer_or_amount_is_not_sent() {
    let server = losing(Vec::new()).await;
    let amount = PaymentCreate::new().amount("1".parse().unwrap());
    let customer = PaymentCreate::new().customer_id(CustomerId(7));
    for body in [amount, customer] {
        let error = run(&server, body).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Request, Outcome::NotSent)
        );
    }
    assert_eq!(sent(&server), (0, 0));
}

#[tokio::test]
async fn the_journal_learns_of_what_was_found() {
    let folder = tempfile::tempdir().unwrap();
    for (records, left) in [
        (vec![record(4, 7, "120.50", r#""acme-1""#)], 0),
        (vec![], 1),
    ] {
        let path = folder.path().join(format!("{left}.jsonl"));
        let journal = Journal::open(&path).unwrap();
        let server = losing(records).await;
        let checked = client(&server, &SkippingClock::default(), Some(journal.clone()))
            .payments()
            .create_checked(payment().reference_number("acme-1"))
            .with_note("invoice 7")
            .await
            .unwrap();
        let open = journal.unresolved();
        assert_eq!(open.len(), left, "{checked:?}");
        if let Checked::NotSeen(error) = checked {
            assert_eq!(error.journal_id(), Some(open[0].id.as_str()));
            assert_eq!(open[0].note.as_deref(), Some("invoice 7"));
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            !text.contains("120.50") && !text.contains("acme-1"),
            "{text}"
        );
    }
}

/// Whenever it is dropped after the reply was lost, the hook is told: of the call while it is under way, or of the
/// look-up.
#[tokio::test]
async fn a_dropped_look_up_reports_what_is_not_known() {
    let server = Server::start(|request| match request.method.as_str() {
        "POST" => Action::SendAndClose(Vec::new()),
        _ => Action::Hang,
    })
    .await;
    let (sender, mut told) = tokio::sync::mpsc::unbounded_channel();
    let client = Client::builder(Credentials::new("user", "code", "password"))
        .base_url(server.url())
        .on_detached(move |detached| {
            let outcome = detached.result().map_err(Error::outcome);
            let note = detached.note().map(str::to_owned);
            // The test may have ended.
            let _ = sender.send((detached.operation().id(), note, outcome));
        })
        .build()
        .unwrap();
    let checked = client
        .payments()
        .create_checked(payment())
        .with_note("invoice 7");
    let calling = tokio::spawn(checked.into_future());
    while sent(&server) != (1, 1) {
        tokio::task::yield_now().await;
    }
    calling.abort();
    assert!(calling.await.unwrap_err().is_cancelled());
    assert_eq!(
        told.recv().await,
        Some((
            "payments_create",
            Some("invoice 7".to_owned()),
            Err(Outcome::Unknown)
        ))
    );
    assert!(told.try_recv().is_err());
}
