//! The sandbox's description of its legacy service, compared with the tables: it matches, and where the sandbox is
//! otherwise, the comparison says what the client has to be told.

use std::path::Path;

use api_schema_text::read_dir;
use revio_api::legacy::{LegacyClientBuilder, UpdateStyle};
use revio_codegen::soap::wsdl::{Difference, Report, check};
use revio_codegen::soap::{self, Wire};
use revio_sandbox::{SoapLayout, SoapSettings};
use revio_tests::legacy::LegacyStand;

fn tables() -> Wire {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a workspace");
    let sources = read_dir(root, "schema/legacy", "json").expect("the files");
    soap::read(&sources).expect("tables").expect("operations")
}

async fn report(stand: &LegacyStand) -> Report {
    let url = format!("{}?WSDL", stand.sandbox.soap_url());
    let text = reqwest::get(url)
        .await
        .expect("a reply")
        .text()
        .await
        .expect("a text");
    check(&tables(), &text).unwrap_or_else(|error| panic!("{error}"))
}

#[tokio::test]
async fn the_sandbox_is_as_the_tables_say() {
    let report = report(&LegacyStand::start().await).await;
    assert!(report.matches(), "{report}");
    assert_eq!(report.operations, 5);
}

/// What the comparison prints is what makes the client work.
#[tokio::test]
async fn what_is_printed_is_what_is_needed() {
    let served = SoapSettings::default()
        .namespace("urn:other")
        .wrapper("Products_Create", "Product")
        .item_name("ProductCustomField", "CustomField")
        .pairs("CustomerProducts_Update")
        .layout(SoapLayout::Nested);
    let configure = |it: LegacyClientBuilder| {
        it.namespace("urn:other")
            .update_style("CustomerProducts_Update", UpdateStyle::UpdatedPairs)
            .request_wrapper("Products_Create", "Product")
            .item_name("ProductsCreateRequest.Fields", "CustomField")
            .item_name("ProductsUpdateRequest.Fields", "CustomField")
            .result_path(
                "CustomerProducts_Query",
                [
                    "CustomerProductsList",
                    "CustomerProducts",
                    "CustomerProduct",
                ],
            )
            .result_path("Products_Query", ["ProductsList", "Products", "Product"])
    };
    let stand = LegacyStand::with(served, configure).await;
    let report = report(&stand).await;
    let mut lines: Vec<&str> = report
        .differences
        .iter()
        .map(|difference| match difference {
            Difference::Setting { line, .. } => line.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            ".item_name(\"ProductsCreateRequest.Fields\", \"CustomField\")",
            ".item_name(\"ProductsUpdateRequest.Fields\", \"CustomField\")",
            ".namespace(\"urn:other\")",
            ".request_wrapper(\"Products_Create\", \"Product\")",
            ".result_path(\"CustomerProducts_Query\", [\"CustomerProductsList\", \"CustomerProducts\", \"CustomerProduct\"])",
            ".result_path(\"Products_Query\", [\"ProductsList\", \"Products\", \"Product\"])",
            ".update_style(\"CustomerProducts_Update\", UpdateStyle::UpdatedPairs)",
        ]
    );
    let found = stand
        .legacy
        .customer_products_query()
        .id([1, 2])
        .await
        .expect("found");
    assert_eq!(found.customer_products.len(), 2);
    let created = stand
        .legacy
        .products_create(1, 2)
        .description("text")
        .await
        .expect("created");
    assert_eq!(
        stand.product(created.product_id).await["description"],
        "text"
    );
    stand
        .legacy
        .customer_products_update(1)
        .quantity(37)
        .await
        .expect("changed");
    assert_eq!(stand.rest.get("/ServiceProduct/1").await["quantity"], 37);
}
