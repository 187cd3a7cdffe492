//! Shows the custom fields of a customer, and sets one by its id or its caption.
//!
//! ```sh
//! cargo run --package revio-api --example patch_custom_field -- 1015                # shows them
//! cargo run --package revio-api --example patch_custom_field -- 1015 Tier gold      # sets one
//! ```
//!
//! The account is that of the environment; see `Client::from_env`.

use std::error::Error;
use std::process::ExitCode;

use revio_api::Outcome;
use revio_api::custom_fields::{FieldId, HasFields};
use revio_api::prelude::*;
use revio_api::resources::customers::Customer;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [customer] => show_fields(customer).await,
        [customer, field, value] => set_field(customer, field, value).await,
        _ => {
            eprintln!("usage: patch_custom_field CUSTOMER [FIELD VALUE]");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn show_fields(customer: &str) -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let customer = client
        .customers()
        .get(CustomerId(customer.parse()?))
        .await?;
    show(&customer);
    Ok(())
}

async fn set_field(customer: &str, field: &str, value: &str) -> Result<(), Box<dyn Error>> {
    let id = CustomerId(customer.parse()?);
    let client = Client::from_env()?;
    let customer = client.customers().get(id).await?;
    show(&customer);
    let field = find(&customer, field)?;

    // A patch names a custom field by its position in the record. This looks the position up, patches, and reads the
    // record again to see that the value is where it belongs.
    match client.customers().custom_fields(id).set(field, value).await {
        Ok(()) => println!("set field {field}"),
        Err(error) if error.outcome() == Outcome::Unknown => {
            return Err(format!("{error}; look at customer {id} in Rev.io").into());
        }
        Err(error) => return Err(error.into()),
    }
    show(&client.customers().get(id).await?);
    Ok(())
}

/// A field by its id, or by a caption that no other field of the record has.
fn find(customer: &Customer, field: &str) -> Result<FieldId, Box<dyn Error>> {
    if let Ok(id) = field.parse() {
        return Ok(FieldId(id));
    }
    let found = customer.custom_field_labelled(field);
    let id = found.and_then(|found| found.field_id).map(FieldId);
    id.ok_or_else(|| {
        format!(
            "customer {} has no single field {field}",
            customer.customer_id
        )
        .into()
    })
}

fn show(customer: &Customer) {
    println!("customer {}:", customer.customer_id);
    for field in customer.custom_fields() {
        println!(
            "  field {} {}: {}",
            field
                .field_id
                .map_or_else(|| "?".to_owned(), |id| id.to_string()),
            field.label.as_deref().unwrap_or("(no caption)"),
            field.value.as_deref().unwrap_or("(no value)"),
        );
    }
}
