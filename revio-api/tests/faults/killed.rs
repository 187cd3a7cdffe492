//! A program that is killed in the middle of a payment, at each point of the journal.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use revio_api::journal::{Doubt, Journal};
use revio_api::prelude::*;
use revio_api::resources::payments::PaymentCreate;
use revio_api::{Request, RetryPolicy};

use crate::fault::{Fault, FaultServer, deaf};
use crate::time::standing_still;

const JOURNAL: &str = "REVIO_TEST_JOURNAL";
const URL: &str = "REVIO_TEST_URL";
const CLOSED: &str = "REVIO_TEST_QUOTA_CLOSED";
const HOUR: Duration = Duration::from_secs(3600);

/// The program that is killed: makes a payment, and then stays.
async fn pay() -> ! {
    let variable = |name| std::env::var(name).expect(name);
    let journal = Journal::open(variable(JOURNAL)).expect("a journal");
    let client = Client::builder(Credentials::new("user", "code", "password"))
        .base_url(variable(URL))
        .journal(journal)
        .timeout(HOUR)
        .retry(RetryPolicy::new().base_delay(HOUR).max_delay(HOUR))
        .build()
        .expect("a client");
    if variable(CLOSED) == "true" {
        client.quota().close_until(Instant::now() + HOUR);
    }
    let payment = PaymentCreate::new().amount(Money::from_cents(12_050));
    let _ = client
        .payments()
        .create(payment)
        .with_note("invoice 7")
        .filter("call", "paid")
        .send()
        .await;
    std::future::pending().await
}

/// A program that doesn't outlive the test.
struct Doomed(Child);

impl Drop for Doomed {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(journal: &Path, url: &str, closed: bool) -> Doomed {
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args([
            "--exact",
            "killed::no_call_is_lost_when_the_program_is_killed",
        ])
        .env(JOURNAL, journal)
        .env(URL, url)
        .env(CLOSED, closed.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    Doomed(child)
}

/// Waits until the journal's last whole line has this state.
async fn reaches(journal: &Path, state: &str) {
    let wanted = format!(r#""state":"{state}""#);
    loop {
        let text = std::fs::read_to_string(journal).unwrap_or_default();
        let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
        if whole
            .lines()
            .last()
            .is_some_and(|line| line.contains(&wanted))
        {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[test]
fn no_call_is_lost_when_the_program_is_killed() {
    if std::env::var_os(JOURNAL).is_none() {
        return standing_still(kill_at_each_point());
    }
    tokio::runtime::Runtime::new()
        .expect("a runtime")
        .block_on(pay());
}

async fn kill_at_each_point() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_socket, deaf) = deaf();

    for (state, fault, effects, doubt) in [
        // Waiting for the quota.
        ("intent", None, 0, None),
        // The server has it and doesn't answer.
        ("sending", Some(Fault::Hang), 1, Some(Doubt::Unanswered)),
        ("answered", Some(Fault::Nothing), 1, None),
        (
            "unknown",
            Some(Fault::ReadThenClose),
            1,
            Some(Doubt::Unknown),
        ),
        // Waiting to try again.
        ("not_sent", Some(Fault::NotTls), 0, None),
    ] {
        let journal = folder.path().join(state);
        let server = FaultServer::start(1, "").await;
        server.script(move |_| fault.unwrap_or(Fault::Nothing));
        let url = match fault {
            Some(Fault::NotTls) => deaf.clone(),
            _ => server.url("http"),
        };
        let child = start(&journal, &url, fault.is_none());
        reaches(&journal, state).await;
        while server.effects("paid") < effects {
            tokio::task::yield_now().await;
        }
        drop(child);

        let open = Journal::open(&journal).expect("a journal").unresolved();
        assert_eq!(open.len(), usize::from(doubt.is_some()), "{state}");
        for call in open {
            assert_eq!(Some(call.doubt), doubt, "{state}");
            assert_eq!(call.operation, "payments_create");
            assert_eq!(call.note.as_deref(), Some("invoice 7"));
        }
        assert_eq!(server.effects("paid"), effects, "{state}");
    }
}
