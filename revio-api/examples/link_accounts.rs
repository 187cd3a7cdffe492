//! Links customers to the accounts of another system, once, however often it runs.
//!
//! ```sh
//! cargo run --package revio-api --example link_accounts -- SALESFORCE 1015=0012D00000dAsFzQAK
//! ```
//!
//! The arguments are the name that the system has among the account's integration systems, and pairs of a customer
//! and its id over there. Without arguments the program does what the vendor's page on linking shows: it makes
//! Salesforce account 0012D00000dAsFzQAK customer 1015. The account is that of the environment; see
//! `Client::from_env`.

use std::error::Error;
use std::process::ExitCode;

use revio_api::key_links::Linked;
use revio_api::prelude::*;
use revio_api::resources::customers::Customer;

const SYSTEM: &str = "SALESFORCE";
const PAIR: &str = "1015=0012D00000dAsFzQAK";

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let system = arguments.next().unwrap_or_else(|| SYSTEM.to_owned());
    let mut pairs: Vec<String> = arguments.collect();
    if pairs.is_empty() {
        pairs.push(PAIR.to_owned());
    }
    match link(&system, &pairs).await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failed) => {
            eprintln!("{failed} of {} are not linked", pairs.len());
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Links the pairs and says how many could not be.
async fn link(system: &str, pairs: &[String]) -> Result<usize, Box<dyn Error>> {
    let mut wanted = Vec::new();
    for pair in pairs {
        let (customer, account) = pair
            .split_once('=')
            .ok_or_else(|| format!("{pair} is no pair: write CUSTOMER=ACCOUNT"))?;
        wanted.push((CustomerId(customer.parse()?), account));
    }
    let client = Client::from_env()?;
    // The ids of the system and of the kind of record are looked up once for this handle.
    let links = client.key_links(system);

    let items = links
        .bulk_ensure::<Customer>(wanted, |progress| {
            let item = progress.item;
            print!(
                "{} of {}: customer {} = {}: ",
                progress.done, progress.total, item.internal, item.external
            );
            match &item.outcome {
                Ok(Linked::Created(link)) => {
                    println!("linked by link {link}; keep that id, no list shows it");
                }
                Ok(Linked::Existing) => println!("was linked already"),
                Err(error) => println!("{error}"),
            }
        })
        .await?;

    println!("looked up from the other side:");
    for item in items.iter().filter(|item| item.outcome.is_ok()) {
        match links.find::<Customer>(&item.external).await? {
            Some(customer) => println!("  {} is customer {customer}", item.external),
            None => return Err(format!("{} is linked to nothing any more", item.external).into()),
        }
    }

    println!("all customers of {system}:");
    let mut all = links.pairs::<Customer>();
    while let Some(pair) = all.try_next().await? {
        println!("  {} = {}", pair.internal, pair.external);
    }
    Ok(items.iter().filter(|item| item.outcome.is_err()).count())
}
