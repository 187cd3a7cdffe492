//! Records a payment once, also when the reply is lost, the program dies on the way, or it is started twice.
//!
//! ```sh
//! cargo run --package revio-api --example record_payment -- 1015 120.50 acme-2026-0731
//! ```
//!
//! The arguments are the customer, the amount, and a reference number that no other payment has: by it the payment is
//! found again. The account is that of the environment, as `Client::from_env` describes; a sandbox has to be started
//! with `--now`, or what was recorded a moment ago looks months old. Calls are written down in the file that
//! `PAYMENT_JOURNAL` names, or else in `payments.journal`.
//!
//! Exit status: 0 when the payment is recorded, 1 when it isn't, 3 when that isn't known.

use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use revio_api::Outcome;
use revio_api::journal::Journal;
use revio_api::payments::Checked;
use revio_api::prelude::*;
use revio_api::resources::payments::{Payment, PaymentCreate};

/// How far back a payment with the same reference number is looked for.
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [customer, amount, reference] = arguments.as_slice() else {
        eprintln!("usage: record_payment CUSTOMER AMOUNT REFERENCE");
        return ExitCode::from(2);
    };
    match record(customer, amount, reference).await {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("not recorded: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn record(customer: &str, amount: &str, reference: &str) -> Result<ExitCode, Box<dyn Error>> {
    let customer = CustomerId(customer.parse()?);
    let amount: Money = amount.parse()?;
    let journal = Journal::open(
        std::env::var("PAYMENT_JOURNAL")
            .as_deref()
            .unwrap_or("payments.journal"),
    )?;
    let client = Client::builder_from_env()?
        .journal(journal.clone())
        .build()?;

    let recorded = recent(&client).await?;
    let mut in_doubt = false;
    for call in journal.unresolved() {
        let note = call.note.as_deref().unwrap_or("without a reference number");
        if let Some(payment) = with_reference(&recorded, note) {
            journal.resolve(&call.id)?;
            println!(
                "{note}: an earlier run recorded payment {}, its reply got lost",
                payment.payment_id
            );
        } else {
            println!(
                "{note}: an earlier run may have sent it, and it isn't there (call {})",
                call.id
            );
            in_doubt |= note == reference;
        }
    }
    if let Some(payment) = with_reference(&recorded, reference) {
        println!(
            "{reference}: recorded already, as payment {}",
            payment.payment_id
        );
        return Ok(ExitCode::SUCCESS);
    }
    if in_doubt {
        println!("{reference}: not sent again; look in Rev.io, or run this again later");
        return Ok(ExitCode::from(3));
    }

    let payment = PaymentCreate::new()
        .customer_id(customer)
        .amount(amount)
        .reference_number(reference);
    let checked = client
        .payments()
        .create_checked(payment)
        .with_note(reference);
    Ok(match checked.await {
        Ok(Checked::Created(id)) => {
            println!("{reference}: recorded as payment {id}");
            ExitCode::SUCCESS
        }
        Ok(Checked::Found(payment)) => {
            println!(
                "{reference}: recorded as payment {}; only the reply was lost",
                payment.payment_id
            );
            ExitCode::SUCCESS
        }
        Ok(Checked::NotSeen(error)) => {
            println!(
                "{reference}: {error}; it isn't there, but may still arrive: run this again later"
            );
            ExitCode::from(3)
        }
        Ok(Checked::Ambiguous(candidates, error)) => {
            println!("{reference}: {error}; look in Rev.io which of these it is:");
            for candidate in candidates {
                println!("  payment {}", candidate.payment_id);
            }
            ExitCode::from(3)
        }
        Ok(other) => return Err(format!("an answer this program doesn't know: {other:?}").into()),
        Err(error) if error.outcome() == Outcome::Unknown => {
            println!(
                "{reference}: {error}; whether it is there couldn't be found out: run this again later"
            );
            ExitCode::from(3)
        }
        Err(error) => return Err(error.into()),
    })
}

/// The payments of the last days.
async fn recent(client: &Client) -> Result<Vec<Payment>, Box<dyn Error>> {
    let since = DateTime::<Utc>::from(SystemTime::now() - WEEK).date_naive();
    let payments = client.payments().list().created_date_start(since);
    let payments = payments.collect_up_to(100_000).await?;
    if !payments.complete {
        return Err("too many payments to look through; shorten the time".into());
    }
    Ok(payments.records)
}

fn with_reference<'a>(payments: &'a [Payment], reference: &str) -> Option<&'a Payment> {
    let same = |payment: &&Payment| payment.reference_number.as_deref() == Some(reference);
    payments.iter().find(same)
}
