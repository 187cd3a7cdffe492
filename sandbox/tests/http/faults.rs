//! Faults as a caller sees them, byte by byte, and in the attempt report.

use std::time::{Duration, Instant};

use base64::Engine as _;
use revio_sandbox::{Fault, FaultRule, Faults, Sandbox};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::Client;

/// The bytes received on a connection, and how it ended.
struct Seen {
    bytes: Vec<u8>,
    error: Option<std::io::ErrorKind>,
}

impl Seen {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    fn body(&self) -> &[u8] {
        let head = self.bytes.windows(4).position(|it| it == b"\r\n\r\n");
        &self.bytes[head.expect("a head") + 4..]
    }

    fn length(&self) -> usize {
        let text = self.text().to_lowercase();
        let (_, rest) = text.split_once("content-length: ").expect("a length");
        let digits = rest.split("\r\n").next().expect("a line");
        digits.parse().expect("a number")
    }
}

async fn start(rule: FaultRule) -> Sandbox {
    let faults = Faults::seeded(1).rule(rule);
    let builder = Sandbox::builder().customers(30).faults(faults);
    builder.start().await.expect("a sandbox")
}

/// Sends a request as bytes and reads until the connection ends.
async fn send(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> Seen {
    let address = sandbox.base_url().strip_prefix("http://").expect("http");
    let host = address.split('/').next().expect("a host");
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    let account = sandbox.credentials();
    let plain = format!(
        "{}@{}:{}",
        account.user(),
        account.client(),
        account.password()
    );
    let basic = base64::engine::general_purpose::STANDARD.encode(plain);
    let request = format!(
        "{method} /v1{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {basic}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut bytes = Vec::new();
    let error = stream.read_to_end(&mut bytes).await.err();
    Seen {
        bytes,
        error: error.map(|error| error.kind()),
    }
}

async fn pay(sandbox: &Sandbox) -> Seen {
    let body = sandbox.example_body("payments_create", 1).expect("a body");
    send(sandbox, "POST", "/Payments", &body.to_string()).await
}

/// How often the payment was executed, by the report and by the ledger.
async fn payments(sandbox: &Sandbox) -> (usize, u64) {
    let report = sandbox.report();
    let executed = report
        .operation("payments_create")
        .expect("an attempt")
        .executed;
    sandbox.set_faults(Faults::default()).expect("none");
    let amount = sandbox.example_body("payments_create", 1).expect("a body")["amount"].clone();
    let mut count = 0;
    for page in 1.. {
        let seen = send(
            sandbox,
            "GET",
            &format!("/Payments?page_size=500&page={page}"),
            "",
        )
        .await;
        let page: Value = serde_json::from_slice(seen.body()).expect("a page");
        let records = page["records"].as_array().expect("records");
        count += records
            .iter()
            .filter(|it| it["amount"] == amount && it["payment_id"].as_u64() > Some(60))
            .count() as u64;
        if page["has_more"] == false {
            break;
        }
    }
    (executed, count)
}

#[tokio::test]
async fn connections_that_end_without_a_response() {
    for (fault, executed) in [
        (Fault::Reset, 1),
        (Fault::Close, 1),
        (Fault::CloseUnread, 0),
    ] {
        let name = fault.name();
        let sandbox = start(FaultRule::on("payments_create", fault)).await;
        let seen = pay(&sandbox).await;
        assert!(seen.bytes.is_empty(), "{name}: {}", seen.text());
        if name == "reset" {
            assert_eq!(seen.error, Some(std::io::ErrorKind::ConnectionReset));
        }
        let report = sandbox.report();
        let payments = report.operation("payments_create").expect("an attempt");
        assert_eq!(
            (payments.arrived, payments.executed),
            (1, executed),
            "{name}"
        );
        assert_eq!(payments.faults[name], 1);
        assert!(payments.statuses.is_empty());
        assert_eq!(report.calls[0].attempts[0].status, None);
    }
}

#[tokio::test]
async fn execution_can_be_configured() {
    for (fault, by_default) in [
        (Fault::Reset, 1),
        (Fault::status(500), 0),
        (Fault::HtmlBadGateway, 0),
    ] {
        for chosen in [None, Some(true), Some(false)] {
            let mut rule = FaultRule::on("payments_create", fault.clone());
            if let Some(executed) = chosen {
                rule = rule.executed(executed);
            }
            let sandbox = start(rule).await;
            pay(&sandbox).await;
            let expected = chosen.map_or(by_default, usize::from);
            let (executed, booked) = payments(&sandbox).await;
            assert_eq!(
                (executed, booked),
                (expected, expected as u64),
                "{fault:?} {chosen:?}"
            );
        }
    }
}

#[tokio::test]
async fn responses_that_are_damaged_below_http() {
    let whole = send(
        &start(FaultRule::anywhere(Fault::Latency { ms: 0 })).await,
        "GET",
        "/Customers/1015",
        "",
    )
    .await;
    let sandbox = start(FaultRule::anywhere(Fault::Truncated)).await;
    let seen = send(&sandbox, "GET", "/Customers/1015", "").await;
    assert_eq!(
        (seen.length(), seen.body().len()),
        (whole.body().len(), whole.body().len() / 2)
    );
    let sandbox = start(FaultRule::anywhere(Fault::WrongLength)).await;
    let seen = send(&sandbox, "GET", "/Customers/1015", "").await;
    assert_eq!(
        (seen.length(), seen.body().len()),
        (whole.body().len() / 2, whole.body().len())
    );
    let drip = Fault::Drip { bytes: 500, ms: 1 };
    let sandbox = start(FaultRule::anywhere(drip)).await;
    let seen = send(&sandbox, "GET", "/Customers/1015", "").await;
    assert_eq!(seen.body().len(), whole.body().len());
    let started = Instant::now();
    let sandbox = start(FaultRule::anywhere(Fault::Latency { ms: 40 })).await;
    send(&sandbox, "GET", "/Customers/1015", "").await;
    assert!(started.elapsed() >= Duration::from_millis(40));
}

#[tokio::test]
async fn hanging_connections_are_logged_and_aborted() {
    let sandbox = start(FaultRule::anywhere(Fault::Hang)).await;
    tokio::select! {
        seen = send(&sandbox, "GET", "/Customers/1015", "") => panic!("{}", seen.text()),
        () = async {
            while sandbox.requests().is_empty() {
                tokio::task::yield_now().await;
            }
        } => {}
    }
    let report = sandbox.report();
    let attempt = &report.calls[0].attempts[0];
    assert_eq!(
        (attempt.fault.as_deref(), attempt.executed),
        (Some("hang"), true)
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn responses_that_are_wrong_in_http() {
    let sandbox = start(FaultRule::anywhere(Fault::too_many(9))).await;
    let seen = send(&sandbox, "GET", "/Bills", "").await.text();
    assert!(
        seen.starts_with("HTTP/1.1 429 ") && seen.contains("retry-after: 9\r\n"),
        "{seen}"
    );
    let sandbox = start(FaultRule::anywhere(Fault::redirect())).await;
    let seen = send(&sandbox, "GET", "/Bills?page=2", "").await.text();
    assert!(
        seen.contains("location: http://elsewhere.invalid/v1/Bills?page=2\r\n"),
        "{seen}"
    );
    let sandbox = start(FaultRule::anywhere(Fault::OkWithError)).await;
    let seen = send(&sandbox, "GET", "/Bills", "").await;
    assert!(seen.text().starts_with("HTTP/1.1 200 ") && seen.text().contains(r#""ok":false"#));
    let sandbox = start(FaultRule::anywhere(Fault::Garbage)).await;
    let seen = send(&sandbox, "GET", "/Bills", "").await;
    assert!(serde_json::from_slice::<Value>(seen.body()).is_err());
    let sandbox = start(FaultRule::anywhere(Fault::GzipBomb { mib: 50 })).await;
    let seen = send(&sandbox, "GET", "/Bills", "").await;
    assert!(seen.text().contains("content-encoding: gzip\r\n"));
    assert!(seen.body().len() < 1 << 20);
}

#[tokio::test]
async fn page_faults_return_wrong_pages() {
    let ids = async |fault: Option<Fault>, page: u32| {
        let rules = fault.map(|fault| FaultRule::on("customers_list", fault));
        let client = Client::with(
            Sandbox::builder()
                .customers(30)
                .faults(rules.into_iter().fold(Faults::default(), Faults::rule)),
        )
        .await;
        let path = format!("/Customers?page_size=10&page={page}");
        let page = client.get(&path).await.expect(200).json();
        let ids = page["records"].as_array().expect("records").iter();
        let ids: Vec<u64> = ids.filter_map(|it| it["customer_id"].as_u64()).collect();
        (
            ids[0],
            ids[ids.len() - 1],
            page["has_more"].as_bool().expect("a flag"),
        )
    };
    assert_eq!(ids(None, 2).await, (1011, 1020, true));
    assert_eq!(ids(Some(Fault::DuplicatePage), 2).await, (1001, 1010, true));
    assert_eq!(ids(Some(Fault::MissingPage), 2).await, (1021, 1030, false));
    assert_eq!(ids(Some(Fault::ShiftingPage), 2).await, (1012, 1021, true));
    assert_eq!(ids(Some(Fault::LyingHasMore), 2).await, (1011, 1020, false));
    assert_eq!(ids(Some(Fault::LyingHasMore), 3).await, (1021, 1030, true));
}

#[tokio::test]
async fn invalid_rules_are_refused_with_their_number() {
    for (rule, problem) in [
        (
            FaultRule::on("payments_creat", Fault::Reset),
            "no operation payments_creat",
        ),
        (
            FaultRule::on("payments_create", Fault::MissingPage),
            "is no list",
        ),
        (
            FaultRule::anywhere(Fault::status(200)),
            "must be from 300 to 599",
        ),
        (FaultRule::anywhere(Fault::Reset).chance(1.5), "from 0 to 1"),
        (
            FaultRule::anywhere(Fault::Reset).chance(f64::NAN),
            "from 0 to 1",
        ),
        (
            FaultRule::anywhere(Fault::Reset).calls([0]),
            "counted from 1",
        ),
        (
            FaultRule::anywhere(Fault::CloseUnread).executed(true),
            "can't be executed",
        ),
        (
            FaultRule::anywhere(Fault::Truncated).executed(false),
            "must be executed",
        ),
        (FaultRule::anywhere(Fault::GzipBomb { mib: 0 }), "1 to 1024"),
        (
            FaultRule::anywhere(Fault::Drip { bytes: 0, ms: 1 }),
            "at least 1",
        ),
    ] {
        let faults = Faults::default()
            .rule(FaultRule::anywhere(Fault::Reset))
            .rule(rule);
        let error = Sandbox::builder()
            .faults(faults)
            .start()
            .await
            .expect_err(problem);
        let text = error.to_string();
        assert!(
            text.starts_with("fault rule 2: ") && text.contains(problem),
            "{text}"
        );
    }
}

#[tokio::test]
async fn attempts_of_one_call_are_grouped() {
    let rule = FaultRule::on("payments_create", Fault::Reset).calls([1]);
    let sandbox = start(rule).await;
    pay(&sandbox).await;
    pay(&sandbox).await;
    send(&sandbox, "GET", "/Bills", "").await;
    send(&sandbox, "GET", "/Bills", "").await;
    let report = sandbox.report();
    let repeated = report.repeated_effects();
    assert_eq!(repeated.len(), 1, "reads may be repeated");
    let attempts: Vec<_> = repeated[0]
        .attempts
        .iter()
        .map(|it| (it.number, it.status, it.executed))
        .collect();
    assert_eq!(attempts, [(1, None, true), (2, Some(201), true)]);
}
