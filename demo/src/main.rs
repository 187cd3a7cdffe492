//! `cargo xtask demo`: the client against the sandbox, on one screen.
//!
//! It walks through what integrations do first: read contacts in order, one after another; create a
//! customer and read money exactly; link an account of another system to a customer; ask and change
//! over the legacy SOAP service.

use std::error::Error;
use std::time::Instant;

use revio_api::legacy::LegacyClient;
use revio_api::prelude::*;
use revio_api::resources::customers::{CustomerCreate, CustomerFinance};
use revio_api::resources::integration_key_links::IntegrationKeyLinkCreate;
use revio_sandbox::Sandbox;

type Done = Result<(), Box<dyn Error>>;

/// An amount that a binary float cannot hold.
const BALANCE: &str = "1234567890123.4567";
/// The example of the vendor's page on linking.
const SALESFORCE_ACCOUNT: &str = "0012D00000dAsFzQAK";
const LINKED_CUSTOMER: CustomerId = CustomerId(1015);
/// What the legacy operations call a customer product, and the REST API a service product.
const PRODUCT: ServiceProductId = ServiceProductId(1);

#[tokio::main]
async fn main() -> Done {
    let started = Instant::now();
    let sandbox = Sandbox::builder().customers(50).seed(42).start().await?;
    let account = sandbox.credentials();
    let credentials = Credentials::new(account.user(), account.client(), account.password());
    let legacy = LegacyClient::builder(credentials.clone())
        .endpoint(sandbox.soap_url())
        .build()?;
    let client = Client::builder(credentials)
        .base_url(sandbox.base_url())
        .app_info("revio-demo")
        .build()?;
    println!(
        "A sandbox with 50 customers answers at {}",
        sandbox.base_url()
    );
    println!(
        "The client knows {} operations of the schema.\n",
        revio_api::operations::OPERATIONS.len()
    );

    contacts(&client).await?;
    money(&client).await?;
    key_link(&client).await?;
    customer_product(&legacy, &client).await?;

    println!(
        "{} requests in {} ms. Next: README.md, \"Five minutes\".",
        sandbox.requests().len(),
        started.elapsed().as_millis()
    );
    Ok(())
}

/// List contacts by customer in ascending order, then get each one.
async fn contacts(client: &Client) -> Done {
    println!("Contacts in ascending customer order, each read again by its id:");
    let page = client
        .contacts()
        .list()
        .sort("customer_id")
        .page_size(5)
        .await?;
    for contact in &page {
        let contact = client.contacts().get(contact.contact_id).await?;
        println!(
            "  contact {:<5} customer {:<5} {:<24} {}",
            contact.contact_id,
            contact
                .customer_id
                .map_or_else(String::new, |id| id.to_string()),
            contact.name.unwrap_or_default(),
            contact.email.unwrap_or_default(),
        );
    }
    let more = if page.has_more {
        "and there are more"
    } else {
        "and that is all"
    };
    println!("  {} on this page, {more}\n", page.len());
    Ok(())
}

/// Create a customer and read the balance back, digit for digit.
async fn money(client: &Client) -> Done {
    println!("A new customer with a balance of {BALANCE}:");
    let finance = CustomerFinance::new().balance(BALANCE.parse()?);
    let created = client
        .customers()
        .create(
            CustomerCreate::new()
                .email("billing@example.com")
                .finance(finance),
        )
        .await?;
    let customer = client.customers().get(created.id).await?;
    let balance = customer.finance.and_then(|finance| finance.balance);
    let balance = balance.ok_or("the new customer has no balance")?;
    let as_float: f64 = BALANCE.parse()?;
    println!("  customer {} has {balance}", created.id);
    println!("  a float would have made it {as_float:.4}\n");
    Ok(())
}

/// Link a Salesforce account to a customer, as the vendor's page on linking does.
async fn key_link(client: &Client) -> Done {
    println!("Salesforce account {SALESFORCE_ACCOUNT} is customer {LINKED_CUSTOMER}:");
    let systems = client
        .integration_systems()
        .list()
        .system_name("SALESFORCE")
        .await?;
    let system = systems
        .records
        .first()
        .ok_or("there is no system SALESFORCE")?;
    let types = client
        .integration_entity_types()
        .list()
        .entity_type_name("CUSTOMER")
        .await?;
    let entity = types
        .records
        .first()
        .ok_or("there is no entity type CUSTOMER")?;
    let link = IntegrationKeyLinkCreate::new()
        .integration_system_id(system.integration_system_id)
        .integration_entity_type_id(entity.integration_entity_type_id)
        .internal_id(LINKED_CUSTOMER.get())
        .external_id(SALESFORCE_ACCOUNT);
    let created = client.integration_key_links().create(link).await?;
    println!(
        "  system {}, entity type {}: link {} created",
        system.integration_system_id, entity.integration_entity_type_id, created.id
    );
    let found = client
        .integration_key_links()
        .list()
        .external_id(SALESFORCE_ACCOUNT)
        .await?;
    let internal = found.records.first().and_then(|link| link.internal_id);
    println!(
        "  looked up by the Salesforce id: customer {}\n",
        internal.unwrap_or_default()
    );
    Ok(())
}

/// Ask for a product on a customer's account over the legacy service, and change its rate.
async fn customer_product(legacy: &LegacyClient, client: &Client) -> Done {
    println!("Customer product {PRODUCT} over the legacy SOAP service:");
    let found = legacy.customer_products_query().id([PRODUCT.get()]).await?;
    let product = found.customer_products.first();
    let product = product.ok_or("there is no such customer product")?;
    println!(
        "  {} of carrier {}, at {}",
        product.description.as_deref().unwrap_or("no description"),
        product.carrier.as_deref().unwrap_or("unknown"),
        product.rate.unwrap_or_default(),
    );
    legacy
        .customer_products_update(product.customer_product_id)
        .rate("-7.25".parse()?)
        .await?;
    let after = client.service_products().get(PRODUCT).await?;
    println!(
        "  a credit of {} now, says the REST API\n",
        after.rate.unwrap_or_default()
    );
    Ok(())
}
