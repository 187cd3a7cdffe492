//! Requests that are refused before anything is sent.

use chrono::NaiveDate;
use revio_api::legacy::ProductCustomField;
use revio_api::types::RevioDateTime;
use revio_api::{ErrorKind, Outcome, Request};

use crate::soap::{answering, client, success};

/// The field at fault and the message.
async fn refused<R: Request>(request: R) -> (String, String) {
    let Err(error) = request.send().await else {
        panic!("it was sent")
    };
    assert_eq!(
        (error.kind(), error.outcome(), error.attempts()),
        (ErrorKind::Request, Outcome::NotSent, 0)
    );
    (
        error.field_path().unwrap_or_default().to_owned(),
        error.to_string(),
    )
}

#[tokio::test]
async fn the_field_at_fault_is_named() {
    let server = answering(success("Products_Query", "")).await;
    let client = client(&server);
    let query = || client.products_query();
    for (request, field, detail) in [
        (
            query().carrier_id(1).carrier_code("A"),
            "CarrierID",
            "and CarrierCode exclude each other",
        ),
        (
            query().product_type_id(1).product_type_code("A"),
            "ProductTypeID",
            "exclude each other",
        ),
        (
            query().attribute_value("x"),
            "AttributeKey",
            "is needed with AttributeValue",
        ),
        (query().zip("1234"), "Zip", "must be 5 digits"),
        (query().zip("123456"), "Zip", "must be 5 digits"),
        (query().zip("1234\u{663}"), "Zip", "must be 5 digits"),
        (query().state("a\u{1}"), "State", "XML cannot carry"),
        (query().filter("State", "IL"), "", "no query parameters"),
    ] {
        let (path, message) = refused(request).await;
        assert_eq!(path, field, "{message}");
        assert!(message.contains(detail), "{message}");
    }
    for fine in [
        query().zip("00501"),
        query().attribute_key("k").attribute_value("v"),
        query().carrier_code("A").product_type_id(2),
    ] {
        fine.await.unwrap();
    }
    assert_eq!(server.captured().len(), 3);
}

#[tokio::test]
async fn numbers_and_dates_are_checked() {
    let server = answering(success("Products_Create", "<ProductID>1</ProductID>")).await;
    let client = client(&server);
    let create = || client.products_create(1, 2).description("a");
    let field = |value: &str| ProductCustomField::new().field_id(1).value(value);
    for (request, path, detail) in [
        (
            create().automatic_expiration(-1),
            "AutomaticExpiration",
            "must be 0 at least",
        ),
        (
            create().billing_months(-1),
            "BillingMonths",
            "must be 0 at least",
        ),
        (
            create().fields([field("a"), field("\u{8}")]),
            "Fields[1].Value",
            "XML cannot carry",
        ),
    ] {
        let (at, message) = refused(request).await;
        assert_eq!(at, path, "{message}");
        assert!(message.contains(detail), "{message}");
    }
    // What is advised only is sent.
    client
        .products_create(1, 2)
        .free_months(-1)
        .state("Illinois")
        .await
        .unwrap();

    let day = NaiveDate::from_ymd_opt(2025, 1, 31).unwrap();
    let update = |date: RevioDateTime| client.customer_products_update(9).activated_date(date);
    let text = |text: &str| text.parse::<RevioDateTime>().unwrap();
    for (date, detail) in [
        (
            day.and_hms_opt(8, 30, 0).unwrap().into(),
            "has a time of day",
        ),
        (text("0001-01-01T00:00:00"), "means no date"),
    ] {
        let (at, message) = refused(update(date)).await;
        assert_eq!(at, "ActivatedDate");
        assert!(message.contains(detail), "{message}");
    }
    let query = client.customer_products_query();
    let (at, message) = refused(query.customer_id([]).line_id([7])).await;
    assert_eq!(at, "CustomerID");
    assert!(message.contains("no filter at all"), "{message}");
}
