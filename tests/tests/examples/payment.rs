//! A payment that must be recorded exactly once, whatever comes in between.

use revio_sandbox::{PaymentSettings, ReferenceForm, Sandbox};
use revio_test_server::Request;
use revio_tests::direct::Direct;
use revio_tests::program::Program;
use revio_tests::relay::{Fate, Relay};
use tempfile::TempDir;

const REFERENCE: &str = "acme-2026-0731";
const ARGUMENTS: [&str; 3] = ["1015", "120.50", REFERENCE];

struct Till {
    sandbox: Sandbox,
    /// Where the journal is.
    folder: TempDir,
}

impl Till {
    async fn open() -> Self {
        Self::with(PaymentSettings::default()).await
    }

    async fn with(settings: PaymentSettings) -> Self {
        let sandbox = Sandbox::builder().customers(40).payments(settings).start();
        Self {
            sandbox: sandbox.await.expect("the sandbox starts"),
            folder: TempDir::new().expect("a folder"),
        }
    }

    fn program(&self) -> Program {
        let path = env!("CARGO_BIN_EXE_record_payment");
        Program::new(path, self.folder.path(), &self.sandbox)
    }

    /// A relay that does this to every payment that is sent.
    async fn relay(&self, fate: Fate) -> Relay {
        let fate = move |request: &Request| match request.method.as_str() {
            "POST" => fate,
            _ => Fate::Pass,
        };
        Relay::before(self.sandbox.base_url(), fate).await
    }

    /// The payments with the reference number that the server has, and how often one was sent to it.
    async fn payments(&self) -> (Vec<i64>, usize) {
        let all = Direct::to(&self.sandbox)
            .get("/Payments?page_size=500")
            .await;
        assert_eq!(all["has_more"], false);
        let all = all["records"].as_array().expect("records");
        let ours = all
            .iter()
            .filter(|payment| payment["reference_number"] == REFERENCE);
        let ids = ours
            .map(|payment| {
                assert_eq!(payment["customer_id"], 1015);
                assert_eq!(payment["amount"].to_string(), "120.50");
                payment["payment_id"].as_i64().expect("an id")
            })
            .collect();
        let requests = self.sandbox.requests();
        let sent = requests.iter().filter(|request| request.method == "POST");
        (ids, sent.count())
    }

    /// The one payment that there must be, sent once.
    async fn only(&self) -> i64 {
        let (ids, sent) = self.payments().await;
        assert_eq!((ids.len(), sent), (1, 1));
        ids[0]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_recorded_once_however_often_the_program_runs() {
    let till = Till::open().await;
    let out = till.program().run(&ARGUMENTS).await.success();
    let payment = till.only().await;
    assert_eq!(out, format!("{REFERENCE}: recorded as payment {payment}\n"));
    let out = till.program().run(&ARGUMENTS).await.success();
    assert_eq!(
        out,
        format!("{REFERENCE}: recorded already, as payment {payment}\n")
    );
    till.only().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_whose_response_is_lost_is_found() {
    let till = Till::open().await;
    let relay = till.relay(Fate::LoseReply).await;
    let program = till.program().calling(relay.base_url());
    let out = program.run(&ARGUMENTS).await.success();
    let payment = till.only().await;
    assert_eq!(
        out,
        format!("{REFERENCE}: recorded as payment {payment}; only the response was lost\n")
    );
    // It is settled in the journal, too: a second run finds the payment and nothing to look into.
    let out = till.program().run(&ARGUMENTS).await.success();
    assert_eq!(
        out,
        format!("{REFERENCE}: recorded already, as payment {payment}\n")
    );
    till.only().await;
}

/// Killed between the server's reply and its arrival.
#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_died_finds_what_it_recorded() {
    let till = Till::open().await;
    let relay = till.relay(Fate::HoldReply).await;
    let running = till.program().calling(relay.base_url()).start(&ARGUMENTS);
    relay.holds(1).await;
    assert_eq!(running.killed().await.out, "");
    let payment = till.only().await;

    let out = till.program().run(&ARGUMENTS).await.success();
    assert_eq!(
        out,
        format!(
            "{REFERENCE}: an earlier run recorded payment {payment}, its response got lost\n\
             {REFERENCE}: recorded already, as payment {payment}\n"
        )
    );
    till.only().await;
    let out = till.program().run(&ARGUMENTS).await.success();
    assert_eq!(
        out,
        format!("{REFERENCE}: recorded already, as payment {payment}\n")
    );
}

/// Killed while the payment was still on its way: nobody can tell whether it will arrive, so it isn't sent again.
#[tokio::test(flavor = "multi_thread")]
async fn a_payment_on_its_way_is_not_sent_again() {
    let till = Till::open().await;
    let relay = till.relay(Fate::HoldRequest).await;
    let running = till.program().calling(relay.base_url()).start(&ARGUMENTS);
    relay.holds(1).await;
    running.killed().await;

    let said = till.program().run(&ARGUMENTS).await;
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(
        said.out
            .contains("may have sent it, and no payment has this reference number"),
        "{said:?}"
    );
    assert!(said.out.contains("not sent again"), "{said:?}");
    assert_eq!(till.payments().await, (vec![], 0));
    // Another payment isn't held up by it.
    let out = till
        .program()
        .run(&["1016", "5.00", "other-1"])
        .await
        .success();
    assert!(out.contains("other-1: recorded as payment"), "{out}");

    relay.release().await;
    let out = till.program().run(&ARGUMENTS).await.success();
    let (ids, _) = till.payments().await;
    assert_eq!(ids.len(), 1);
    assert!(
        out.ends_with(&format!("recorded already, as payment {}\n", ids[0])),
        "{out}"
    );
}

/// The gateway's number has taken the place of the reference number, so that nothing but customer and amount is left.
#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_the_gateway_renamed_is_not_recorded_again() {
    let settings = PaymentSettings::default().reference(ReferenceForm::Gateway);
    let till = Till::with(settings).await;
    let relay = till.relay(Fate::LoseReply).await;
    let said = till
        .program()
        .calling(relay.base_url())
        .run(&ARGUMENTS)
        .await;
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(
        said.out.contains("whether it is one of these:\n  payment "),
        "{said:?}"
    );
    // Then as if nothing had been written down.
    let elsewhere = TempDir::new().expect("a folder");
    let path = env!("CARGO_BIN_EXE_record_payment");
    let again = || Program::new(path, elsewhere.path(), &till.sandbox);
    let said = again().run(&ARGUMENTS).await;
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(said.out.contains("not sent; look in Rev.io"), "{said:?}");
    assert_eq!(till.payments().await.1, 1);
    let [customer, amount, reference] = ARGUMENTS;
    let out = again()
        .run(&[customer, amount, reference, "anyway"])
        .await
        .success();
    assert!(out.contains("recorded as payment"), "{out}");
    assert_eq!(till.payments().await.1, 2);
}
