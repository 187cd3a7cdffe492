//! The five legacy operations through the public API, against the sandbox: what they do is what REST shows, and the other
//! way round.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

use revio_api::ids::{ProductTypeId, ProviderId};
use revio_api::legacy::{CustomerProductStatus, OPERATIONS, ProductCustomField};
use revio_api::resources::products::ProductCreate;
use revio_api::types::RevioDateTime;
use revio_api::{Client, Credentials, Error};
use revio_tests::legacy::{LegacyStand, id};
use serde_json::{Value, json};

/// A real call of one operation.
type Call = for<'a> fn(&'a LegacyStand) -> Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>;

/// Every operation, by the name of its wire and with a call.
const CALLS: [(&str, Call); 5] = [
    ("CustomerProducts_Query", |stand| {
        Box::pin(async move {
            let found = stand.legacy.customer_products_query().id([1, 2]).await?;
            assert_eq!(found.customer_products.len(), 2);
            Ok(())
        })
    }),
    ("CustomerProducts_Update", |stand| {
        Box::pin(async move {
            let update = stand.legacy.customer_products_update(1).description("text");
            update.await.map(|_| ())
        })
    }),
    ("Products_Create", |stand| {
        Box::pin(async move {
            let create = stand.legacy.products_create(1, 2).description("text");
            create.await.map(|_| ())
        })
    }),
    ("Products_Query", |stand| {
        Box::pin(async move {
            let found = stand.legacy.products_query().product_id(1).await?;
            assert_eq!(found.products.len(), 1);
            Ok(())
        })
    }),
    ("Products_Update", |stand| {
        Box::pin(async move {
            let update = stand.legacy.products_update(1, 2, 3).description("text");
            update.await.map(|_| ())
        })
    }),
];

#[tokio::test]
async fn every_operation_has_a_call_that_is_carried_out() {
    let stand = LegacyStand::start().await;
    for (name, call) in CALLS {
        call(&stand)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let requests = stand.sandbox.requests();
    let carried_out: BTreeSet<String> = requests
        .into_iter()
        .filter(|request| request.executed && request.ignored.is_empty())
        .filter_map(|request| request.operation)
        .collect();
    let called: BTreeSet<String> = CALLS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(carried_out, called);
    let served = stand.sandbox.soap_operations().into_iter();
    let served: BTreeSet<String> = served
        .filter(|name| !name.starts_with("Sessions_"))
        .collect();
    assert_eq!(served, called);
    // The table of the client has them all, under ids of its own.
    let ids: BTreeSet<String> = OPERATIONS
        .iter()
        .map(|operation| plain(operation.id().trim_start_matches("legacy_")))
        .collect();
    assert_eq!(ids, called.iter().map(|name| plain(name)).collect());
}

fn plain(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

#[tokio::test]
async fn a_product_made_here_is_listed_there() {
    let stand = LegacyStand::start().await;
    let fields = [ProductCustomField::new()
        .field_id(5)
        .label("Color")
        .value("red & <blue>")];
    let created = stand
        .legacy
        .products_create(3, 2)
        .description("Made by SOAP")
        .code1("USOC")
        .code2("detail")
        .rate("1234567890123.4567".parse().expect("an amount"))
        .cost("-0.50".parse().expect("an amount"))
        .free_months(1)
        .automatic_expiration(12)
        .billing_months(6)
        .state("TX")
        .bill_in_arrears(true)
        .prorate(false)
        .product_category_id(4)
        .order_completion_billing(true)
        .creates_order(false)
        .fields(fields)
        .active_flag(true)
        .await
        .expect("created");
    let product = stand.product(created.product_id).await;
    for (name, value) in [
        ("provider_id", "3"),
        ("product_type_id", "2"),
        ("description", "\"Made by SOAP\""),
        ("code_1", "\"USOC\""),
        ("code_2", "\"detail\""),
        ("rate", "1234567890123.4567"),
        ("cost", "-0.50"),
        ("free_months", "1"),
        ("automatic_expiration_months", "12"),
        ("bills_in_arrears", "true"),
        ("prorates", "false"),
        ("category_id", "4"),
        ("order_completion_billing", "true"),
        ("creates_order", "false"),
        ("active", "true"),
    ] {
        assert_eq!(product[name].to_string(), value, "{name}");
    }
    assert_eq!(
        product["fields"],
        json!([{"field_id": 5, "label": "Color", "value": "red & <blue>"}])
    );
    assert!(
        stand.sandbox.requests()[0].ignored.is_empty(),
        "every element was understood"
    );

    let found = stand
        .legacy
        .products_query()
        .product_id(created.product_id)
        .await
        .expect("found");
    let [product] = found.products.as_slice() else {
        panic!("{} products", found.products.len());
    };
    assert_eq!(product.name.as_deref(), Some("Made by SOAP"));
    assert_eq!(
        product.rate.map(|rate| rate.to_string()).as_deref(),
        Some("1234567890123.4567")
    );
    assert_eq!(
        product.taxes.map(|taxes| taxes.to_string()).as_deref(),
        Some("0.00")
    );
    let provisioning = product.provisioning.as_ref().expect("provisioning");
    assert_eq!(
        (provisioning.code1.as_deref(), provisioning.enabled),
        (Some("USOC"), Some(false))
    );
    assert!(product.extras.is_empty() && found.extras.is_empty());
    let header = found.header.expect("a header");
    assert_eq!((header.success, header.error_code), (Some(true), None));
}

#[tokio::test]
async fn a_product_made_there_is_found_here() {
    let stand = LegacyStand::start().await;
    let account = stand.sandbox.credentials();
    let credentials = Credentials::new(account.user(), account.client(), account.password());
    let rest = Client::builder(credentials)
        .base_url(stand.sandbox.base_url())
        .build()
        .expect("a client");
    let body = ProductCreate::new(ProductTypeId(2), "Made by REST", ProviderId(3));
    let created = rest.products().create(body).await.expect("created");
    let found = stand
        .legacy
        .products_query()
        .product_id(created.id.get())
        .carrier_id(3)
        .product_type_id(2)
        .await
        .expect("found");
    assert_eq!(found.products[0].name.as_deref(), Some("Made by REST"));
    let none = stand
        .legacy
        .products_query()
        .product_id(created.id.get())
        .carrier_id(4)
        .await
        .expect("found");
    assert!(none.products.is_empty());
    let all = stand.legacy.products_query().await.expect("found");
    assert_eq!(all.products.len(), stand.products().await);
}

#[tokio::test]
async fn an_update_empties_what_it_leaves_out() {
    let stand = LegacyStand::start().await;
    let before = stand.product(1).await;
    let update = stand
        .legacy
        .products_update(1, 7, 8)
        .description("After")
        .rate("2.50".parse().expect("an amount"));
    let done = update.await.expect("updated");
    assert_eq!(done.header.and_then(|header| header.success), Some(true));
    let after = stand.product(1).await;
    assert_eq!(
        (
            after["description"].as_str(),
            after["rate"].to_string().as_str()
        ),
        (Some("After"), "2.50")
    );
    assert_eq!(
        (&after["provider_id"], &after["product_type_id"]),
        (&json!(7), &json!(8))
    );
    assert_eq!(
        (&after["code_1"], &after["cost"], &after["active"]),
        (&Value::Null, &json!(0), &json!(false))
    );
    assert_eq!(
        after["long_description"], before["long_description"],
        "no request has this field"
    );
}

#[tokio::test]
async fn customer_products_are_service_products_and_carriers_providers() {
    let stand = LegacyStand::start().await;
    let all = stand.service_products().await;
    let customer = id(&all[0], "customer_id");
    let expected: Vec<&Value> = all
        .iter()
        .filter(|record| record["customer_id"] == customer)
        .collect();
    let found = stand
        .legacy
        .customer_products_query()
        .customer_id([customer])
        .await
        .expect("found");
    assert_eq!(found.customer_products.len(), expected.len());
    for (row, record) in found.customer_products.iter().zip(expected) {
        assert_eq!(row.customer_product_id, id(record, "service_product_id"));
        assert_eq!(
            row.line_id,
            record["service_id"]
                .as_i64()
                .and_then(|id| i32::try_from(id).ok())
        );
        assert_eq!(row.description.as_deref(), record["description"].as_str());
        assert_eq!(
            row.status.as_ref().map(CustomerProductStatus::as_str),
            record["status"].as_str()
        );
        let activated = record["activated_date"].as_str().map(|date| &date[..10]);
        let read = row
            .activated_date
            .as_ref()
            .and_then(RevioDateTime::date)
            .map(|date| date.to_string());
        assert_eq!(read.as_deref(), activated);
        let product = stand.product(row.product_id.expect("a product")).await;
        let provider = row.carrier_id.expect("a carrier");
        assert_eq!(id(&product, "provider_id"), provider);
        let providers = stand.rest.get("/Providers?page_size=500").await;
        let named = providers["records"]
            .as_array()
            .expect("records")
            .iter()
            .find(|it| it["provider_id"] == provider);
        assert_eq!(
            row.carrier.as_deref(),
            named.and_then(|it| it["description"].as_str())
        );
    }

    let one = found.customer_products[0].customer_product_id;
    let update = stand
        .legacy
        .customer_products_update(one)
        .rate("-7.25".parse().expect("an amount"))
        .disconnect_date("2026-09-30".parse::<RevioDateTime>().expect("a date"));
    update.await.expect("updated");
    let after = stand.rest.get(&format!("/ServiceProduct/{one}")).await;
    assert_eq!(after["rate"].to_string(), "-7.25");
    assert_eq!(after["canceled_date"], "2026-09-30T00:00:00");
    assert_eq!(
        after["description"],
        all.iter()
            .find(|it| it["service_product_id"] == one)
            .expect("a record")["description"]
    );
    let again = stand
        .legacy
        .customer_products_query()
        .id([one])
        .await
        .expect("found");
    assert_eq!(
        again.customer_products[0]
            .rate
            .map(|rate| rate.to_string())
            .as_deref(),
        Some("-7.25")
    );
}
