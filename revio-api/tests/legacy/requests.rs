//! Requests, byte for byte.

use chrono::NaiveDate;
use revio_api::legacy::{ProductCustomField, SoapVersion};
use revio_api::types::Money;

use crate::soap::{answering, builder, client, own_fields, success};

#[tokio::test]
async fn a_query_is_what_the_published_pages_show() {
    let server = answering(success("CustomerProducts_Query", "")).await;
    let query = client(&server)
        .customer_products_query()
        .customer_id([1015, 1016])
        .line_id([77])
        .id([9001]);
    assert!(query.await.unwrap().customer_products.is_empty());
    let sent = server.only();
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str(), sent.text()),
        (
            "POST",
            "/v1",
            concat!(
                r#"<?xml version="1.0" encoding="utf-8"?>"#,
                r#"<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/""#,
                r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
                r#" xmlns:xsd="http://www.w3.org/2001/XMLSchema">"#,
                r#"<soap:Body><CustomerProducts_Query xmlns="http://api.myh2o.com/v20"><Request>"#,
                "<Credentials><Username>user</Username><Password>pass</Password><Client>code</Client></Credentials>",
                "<CustomerID>1015</CustomerID><CustomerID>1016</CustomerID><LineID>77</LineID><ID>9001</ID>",
                "</Request></CustomerProducts_Query></soap:Body></soap:Envelope>",
            )
        )
    );
    assert_eq!(sent.header("content-type"), ["text/xml; charset=utf-8"]);
    assert_eq!(
        sent.header("soapaction"),
        [r#""http://api.myh2o.com/v20/CustomerProducts_Query""#]
    );
    assert_eq!(sent.header("accept"), ["text/xml"]);
    assert!(sent.header("authorization").is_empty());
}

#[tokio::test]
async fn every_field_stands_in_its_place() {
    let server = answering(success("Products_Create", "<ProductID>7</ProductID>")).await;
    let rate: Money = "10.50".parse().unwrap();
    let created = client(&server)
        .products_create(1, 2)
        .active_flag(true)
        .description("Fax & \"voice\" <new>\r\n")
        .code1("A")
        .rate(rate)
        .cost("-0.0040".parse().unwrap())
        .free_months(1)
        .prorate(false)
        .fields([ProductCustomField::new()
            .field_id(5)
            .label("Colour")
            .value("rot > blau")])
        .await
        .unwrap();
    assert_eq!(created.product_id, 7);
    assert_eq!(
        own_fields(&server.only()),
        concat!(
            "<CarrierID>1</CarrierID><ProductTypeID>2</ProductTypeID>",
            "<Description>Fax &amp; \"voice\" &lt;new>&#13;\n</Description><Code1>A</Code1>",
            "<Rate>10.50</Rate><Cost>-0.0040</Cost><FreeMonths>1</FreeMonths><Prorate>false</Prorate>",
            "<Fields><Field><FieldID>5</FieldID><Label>Colour</Label><Value>rot > blau</Value></Field></Fields>",
            "<ActiveFlag>true</ActiveFlag>",
        )
    );
}

#[tokio::test]
async fn each_operation_keeps_its_own_order() {
    let server = answering(success("Products_Update", "")).await;
    client(&server)
        .products_update(7, 1, 2)
        .fields([ProductCustomField::new().field_id(5)])
        .active_flag(false)
        .await
        .unwrap();
    let expected = "<ID>7</ID><CarrierID>1</CarrierID><ProductTypeID>2</ProductTypeID><ActiveFlag>false</ActiveFlag>\
                    <Fields><Field><FieldID>5</FieldID></Field></Fields>";
    assert_eq!(own_fields(&server.only()), expected);
}

#[tokio::test]
async fn dates_are_written_without_an_offset() {
    let server = answering(success("CustomerProducts_Update", "")).await;
    let day = NaiveDate::from_ymd_opt(2025, 1, 31).unwrap();
    client(&server)
        .customer_products_update(9)
        .activated_date(day)
        .disconnect_date(
            "2025-02-28T00:00:00-05:00"
                .parse::<revio_api::types::RevioDateTime>()
                .unwrap(),
        )
        .quantity(3)
        .do_not_prorate_flag(true)
        .await
        .unwrap();
    let expected = "<ID>9</ID><ActivatedDate>2025-01-31T00:00:00</ActivatedDate>\
                    <DisconnectDate>2025-02-28T00:00:00</DisconnectDate>\
                    <Quantity>3</Quantity><DoNotProrateFlag>true</DoNotProrateFlag>";
    assert_eq!(own_fields(&server.only()), expected);
}

#[tokio::test]
async fn the_second_version_of_soap_has_its_action_elsewhere() {
    let server = answering(success("Products_Query", "")).await;
    let client = builder(&server)
        .soap_version(SoapVersion::Soap12)
        .build()
        .unwrap();
    client.products_query().product_id(7).await.unwrap();
    let sent = server.only();
    assert_eq!(
        sent.header("content-type"),
        [
            r#"application/soap+xml; charset=utf-8; action="http://api.myh2o.com/v20/Products_Query""#
        ]
    );
    assert!(sent.header("soapaction").is_empty());
    assert_eq!(sent.header("accept"), ["application/soap+xml"]);
    assert!(
        sent.text()
            .contains(r#"xmlns:soap="http://www.w3.org/2003/05/soap-envelope""#)
    );
}
