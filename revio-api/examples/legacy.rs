//! Shows the products of a customer by way of the legacy SOAP service, and changes the number of one of them.
//!
//! ```sh
//! cargo run --package revio-api --example legacy -- 1015
//! cargo run --package revio-api --example legacy -- 1015 PRODUCT QUANTITY
//! ```
//!
//! The account is that of the environment: `REVIO_USERNAME`, `REVIO_CLIENT_CODE`, `REVIO_PASSWORD`, and, for a sandbox,
//! `REVIO_LEGACY_ENDPOINT`.

use std::error::Error;
use std::process::ExitCode;

use revio_api::Outcome;
use revio_api::legacy::LegacyClient;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<i32> = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let result = match arguments[..] {
        [customer] => show(customer).await,
        [customer, product, quantity] => change(customer, product, quantity).await,
        _ => {
            eprintln!("usage: legacy CUSTOMER [PRODUCT QUANTITY], all of them numbers");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn show(customer: i32) -> Result<(), Box<dyn Error>> {
    let legacy = LegacyClient::from_env()?;
    let found = legacy
        .customer_products_query()
        .customer_id([customer])
        .await?;
    for product in &found.customer_products {
        println!(
            "{} {} x {}, {}: {}",
            product.customer_product_id,
            product.quantity.unwrap_or(1),
            product
                .rate
                .map_or_else(|| "?".to_owned(), |rate| rate.to_string()),
            product
                .status
                .as_ref()
                .map_or("?", |status| status.as_str()),
            product.description.as_deref().unwrap_or("no description"),
        );
        // Something that this version doesn't know: worth a look, and nothing is lost.
        for (name, value) in product.extras.iter() {
            println!("  {name}: {value}");
        }
    }
    println!("{} product(s)", found.customer_products.len());
    Ok(())
}

async fn change(customer: i32, product: i32, quantity: i32) -> Result<(), Box<dyn Error>> {
    let legacy = LegacyClient::from_env()?;
    // The service doesn't say whose product an id is, so that a slip would change somebody else's.
    let found = legacy.customer_products_query().id([product]).await?;
    if found
        .customer_products
        .iter()
        .all(|found| found.customer_id != Some(customer))
    {
        return Err(format!("customer {customer} has no product {product}").into());
    }

    // With the debug switch on, so that a field that the service doesn't know is noticed.
    let update = legacy.customer_products_update(product).quantity(quantity);
    match update.self_check().await {
        Ok(check) if check.is_understood() => println!("{product} is now {quantity} times there"),
        Ok(check) => {
            for difference in &check.differences {
                eprintln!(
                    "{} was not understood: {:?}",
                    difference.path, difference.kind
                );
            }
            return Err("the service takes another form of the request; see its settings".into());
        }
        Err(error) => {
            if let Some(message) = error.api_message() {
                eprintln!("the service says: {message}");
            }
            if error.outcome() == Outcome::Unknown {
                eprintln!("it may have been changed all the same: look before changing it again");
            }
            return Err(error.into());
        }
    }
    show(customer).await
}
