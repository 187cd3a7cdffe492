//! Payments whose response is lost, looked up in the sandbox: on any date, and whatever a server makes of a payment.

use std::time::{Duration, SystemTime};

use revio_api::ids::{CustomerId, PaymentId};
use revio_api::payments::Checked;
use revio_api::resources::payments::PaymentCreate;
use revio_api::{Client, Error, Outcome};
use revio_sandbox::{
    Fault, FaultRule, Faults, PaymentSettings, ReferenceForm, Sandbox, SandboxBuilder,
};
use revio_tests::direct::Direct;
use revio_tests::stand::builder;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// 40 characters.
const REFERENCE: &str = "000acme-2026-07-31-invoice-4711-of-july.";

/// Loses the response to every payment, which is recorded or not.
fn losing(fault: Fault, recorded: bool) -> SandboxBuilder {
    let lost = FaultRule::on("payments_create", fault).executed(recorded);
    Sandbox::builder()
        .customers(40)
        .faults(Faults::default().rule(lost))
}

async fn pay(sandbox: &Sandbox) -> Result<Checked, Error> {
    let client: Client = builder(sandbox)
        .base_url(sandbox.base_url())
        .build()
        .expect("the client is built");
    let payment = PaymentCreate::new()
        .customer_id(CustomerId(1015))
        .amount("120.50".parse().expect("an amount"))
        .reference_number(REFERENCE);
    let checked = client.payments().create_checked(payment);
    let checked = checked.look_again_after(Duration::ZERO).await;
    let report = sandbox.report();
    let sent = report.operation("payments_create").expect("it was sent");
    assert_eq!(sent.arrived, 1);
    checked
}

/// The id of the newest payment that the server has.
async fn newest(sandbox: &Sandbox) -> PaymentId {
    let direct = Direct::to(sandbox);
    let page = direct.get("/Payments?page_size=1&sort=-payment_id").await;
    let id = page["records"][0]["payment_id"].as_i64().expect("an id");
    PaymentId(id.try_into().expect("32 bits"))
}

/// The payments that could be it.
fn candidates(checked: &Result<Checked, Error>) -> Vec<PaymentId> {
    match checked {
        Ok(Checked::Found(payment)) => vec![payment.payment_id],
        Ok(Checked::Ambiguous(payments, _) | Checked::Executed(payments, _)) => {
            payments.iter().map(|payment| payment.payment_id).collect()
        }
        _ => Vec::new(),
    }
}

/// The clocks of client and server agree, or are months apart.
#[tokio::test]
async fn the_recipe_works_on_any_date() {
    let now = SystemTime::now();
    let starts = [
        None,
        Some(now),
        Some(now - 200 * DAY),
        Some(now + 200 * DAY),
    ];
    for start in starts {
        // A 503 brings the server's time along, a broken connection doesn't.
        for (fault, recorded) in [
            (Fault::Reset, true),
            (Fault::Reset, false),
            (Fault::status(503), true),
        ] {
            let mut sandbox = losing(fault.clone(), recorded);
            if let Some(start) = start {
                sandbox = sandbox.starts_at(start);
            }
            let sandbox = sandbox.start().await.expect("the sandbox starts");
            let checked = pay(&sandbox).await;
            let context = format!("{start:?}, {fault:?}: {checked:?}");
            match checked {
                Ok(Checked::Found(payment)) if recorded => {
                    assert_eq!(payment.payment_id, newest(&sandbox).await, "{context}");
                }
                Ok(Checked::NotSeen(error)) if !recorded => {
                    assert_eq!(error.outcome(), Outcome::Unknown, "{context}");
                }
                _ => panic!("{context}"),
            }
        }
    }
}

#[tokio::test]
async fn whatever_the_server_makes_of_it_it_is_a_candidate() {
    let forms = [
        ReferenceForm::First(20),
        ReferenceForm::UpperCase,
        ReferenceForm::WithoutLeadingZeros,
        ReferenceForm::Gateway,
    ];
    let sets = (0..1_usize << forms.len()).map(|set| (set, set % 3 == 1));
    for (set, negative) in sets.chain([(0, true)]) {
        let chosen = (0..).zip(forms).filter(|(bit, _)| set & (1 << bit) != 0);
        let mut settings = chosen.fold(PaymentSettings::default(), |settings, (_, form)| {
            settings.reference(form)
        });
        if negative {
            settings = settings.negative_amounts();
        }
        // From one end of the earth to the other.
        let zone = [-12, -1, 1, 14][set % 4];
        let sandbox = losing(Fault::Reset, true)
            .zone(zone)
            .payments(settings.clone());
        let sandbox = sandbox.start().await.expect("the sandbox starts");
        let checked = pay(&sandbox).await;
        let context = format!("{settings:?}, {zone}: {checked:?}");
        assert_eq!(candidates(&checked), [newest(&sandbox).await], "{context}");
        let found = matches!(checked, Ok(Checked::Found(_)));
        assert_eq!(found, set == 0 && !negative, "{context}");
    }
}

/// The server says 201 and where the payment is; the rest is lost.
#[tokio::test]
async fn a_payment_that_was_executed_is_created() {
    let sandbox = losing(Fault::Truncated, true).start().await;
    let sandbox = sandbox.expect("the sandbox starts");
    let checked = pay(&sandbox).await;
    let Ok(Checked::Created(id)) = checked else {
        panic!("{checked:?}")
    };
    assert_eq!(id, newest(&sandbox).await);
}
