//! Records a payment once, also when the response is lost, the program dies on the way, or it is started twice.
//!
//! ```sh
//! cargo run --package revio-api --example record_payment -- 1015 120.50 acme-2026-0731
//! ```
//!
//! The arguments are the customer, the amount, and a reference number that no other payment has: by it the payment is
//! found again. The gateway overwrites it when a payment is processed digitally, so a payment of the same customer and
//! amount in the last week stops the program as well; `anyway` as a fourth argument says that none of these is it. The
//! account is that of the environment, as `Client::from_env` describes. Calls are written down in the file that
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
    let (customer, amount, reference, anyway) = match arguments.as_slice() {
        [customer, amount, reference] => (customer, amount, reference, false),
        [customer, amount, reference, last] if last == "anyway" => {
            (customer, amount, reference, true)
        }
        _ => {
            eprintln!("usage: record_payment CUSTOMER AMOUNT REFERENCE [anyway]");
            return ExitCode::from(2);
        }
    };
    match record(customer, amount, reference, anyway).await {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("not recorded: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn record(
    customer: &str,
    amount: &str,
    reference: &str,
    anyway: bool,
) -> Result<ExitCode, Box<dyn Error>> {
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
                "{note}: an earlier run recorded payment {}, its response got lost",
                payment.payment_id
            );
        } else {
            println!(
                "{note}: an earlier run may have sent it, and no payment has this reference number (call {})",
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
    let similar: Vec<&Payment> = recorded
        .iter()
        .filter(|payment| could_be(payment, customer, amount))
        .collect();
    if !similar.is_empty() && !anyway {
        println!("{reference}: not sent; look in Rev.io whether it is one of these:");
        print_ids(similar);
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
                "{reference}: recorded as payment {}; only the response was lost",
                payment.payment_id
            );
            ExitCode::SUCCESS
        }
        Ok(Checked::Executed(candidates, error)) => {
            println!("{reference}: recorded, and its id is not known ({error}); it may be:");
            print_ids(&candidates);
            ExitCode::SUCCESS
        }
        Ok(Checked::NotSeen(error)) => {
            println!(
                "{reference}: {error}; it isn't there, but may still arrive: run this again later"
            );
            ExitCode::from(3)
        }
        Ok(Checked::Ambiguous(candidates, error)) => {
            println!("{reference}: {error}; look in Rev.io whether it is one of these:");
            print_ids(&candidates);
            ExitCode::from(3)
        }
        Ok(other) => return Err(format!("a result this program doesn't know: {other:?}").into()),
        Err(error) if error.outcome() == Outcome::Unknown => {
            println!(
                "{reference}: {error}; whether it is there couldn't be found out: run this again later"
            );
            ExitCode::from(3)
        }
        Err(error) => return Err(error.into()),
    })
}

/// The payments of the last days, by the clock of the server or of this machine, whichever is behind.
async fn recent(client: &Client) -> Result<Vec<Payment>, Box<dyn Error>> {
    let here = SystemTime::now();
    let there = client.payments().list().page_size(1).send().await?;
    let now = there.server_date().unwrap_or(here).min(here);
    let since = DateTime::<Utc>::from(now - WEEK).date_naive();
    let payments = client.payments().list().created_date_start(since);
    let payments = payments.collect_up_to(100_000).await?;
    if !payments.complete {
        return Err("the payments of the last days could not all be read".into());
    }
    Ok(payments.records)
}

fn with_reference<'a>(payments: &'a [Payment], reference: &str) -> Option<&'a Payment> {
    let same = |payment: &&Payment| payment.reference_number.as_deref() == Some(reference);
    payments.iter().find(same)
}

/// Whether nothing but the reference number tells it from the payment that is to be recorded.
fn could_be(payment: &Payment, customer: CustomerId, amount: Money) -> bool {
    payment.customer_id.is_none_or(|its| its == customer)
        && payment
            .amount
            .is_none_or(|its| its == amount || its == -amount)
}

fn print_ids<'a>(payments: impl IntoIterator<Item = &'a Payment>) {
    for payment in payments {
        println!("  payment {}", payment.payment_id);
    }
}
