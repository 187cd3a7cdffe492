//! Calls that show whether client and sandbox understand each other.

use std::pin::Pin;

use revio_api::Error;
use revio_api::legacy::ProductCustomField;
use revio_api::types::RevioDateTime;
use revio_tests::legacy::{LegacyStand, id};
use serde_json::json;

/// Whether a call does what it should.
pub(crate) type Probe =
    for<'a> fn(&'a LegacyStand) -> Pin<Box<dyn Future<Output = Result<bool, Error>> + 'a>>;

macro_rules! probe {
    (|$stand:ident| $body:block) => {
        |$stand| Box::pin(async move $body)
    };
}

pub(crate) const QUERY: Probe = probe!(|stand| {
    let found = stand.legacy.products_query().product_id(1).await?;
    Ok(found.products.len() == 1)
});

pub(crate) const CREATE: Probe = probe!(|stand| {
    let fields = [ProductCustomField::new().field_id(5).value("red")];
    let create = stand
        .legacy
        .products_create(1, 2)
        .description("text")
        .code1("USOC")
        .fields(fields);
    let product = stand.product(create.await?.product_id).await;
    Ok(product["code_1"] == "USOC" && product["fields"][0]["value"] == "red")
});

pub(crate) const UPDATE: Probe = probe!(|stand| {
    stand
        .legacy
        .products_update(1, 2, 3)
        .description("after")
        .await?;
    Ok(stand.product(1).await["description"] == "after")
});

pub(crate) const CHANGE: Probe = probe!(|stand| {
    let date = "2026-09-30".parse::<RevioDateTime>().expect("a date");
    stand
        .legacy
        .customer_products_update(1)
        .quantity(37)
        .activated_date(date)
        .await?;
    let after = stand.rest.get("/ServiceProduct/1").await;
    Ok(after["quantity"] == json!(37) && after["activated_date"] == "2026-09-30T00:00:00")
});

/// Some rows have no rate, and so it is in REST.
pub(crate) const ROWS: Probe = probe!(|stand| {
    let found = stand
        .legacy
        .customer_products_query()
        .id([1, 2, 3, 4])
        .await?;
    let rated = found
        .customer_products
        .iter()
        .filter(|row| row.rate.is_some());
    let rated: Vec<i32> = rated.map(|row| row.customer_product_id).collect();
    let all = stand.service_products().await;
    let expected = all[..4].iter().filter(|record| !record["rate"].is_null());
    let expected: Vec<i32> = expected
        .map(|record| id(record, "service_product_id"))
        .collect();
    Ok(found.customer_products.len() == 4 && !rated.is_empty() && rated == expected)
});
