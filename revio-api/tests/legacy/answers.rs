//! Answers of every form that can be expected, and some that can't.

use revio_api::{ErrorKind, Outcome};

use crate::soap::{answering, client, success};

#[tokio::test]
async fn a_whole_row_is_read() {
    let row = "<CustomerProducts><CustomerProduct><Customer_Product_ID>9001</Customer_Product_ID><Line_ID>77</Line_ID>\
               <Rate>-10.0000</Rate><Tax_Included>1</Tax_Included><Quantity/><Status>SLEEPING</Status>\
               <Activated_Date>2024-01-31T00:00:00-05:00</Activated_Date><Canceled_Date>0001-01-01T00:00:00</Canceled_Date>\
               <Package>  Gold &amp; more </Package><New_Thing><A>1</A></New_Thing></CustomerProduct></CustomerProducts>";
    let server = answering(success("CustomerProducts_Query", row)).await;
    let found = client(&server)
        .customer_products_query()
        .id([9001])
        .await
        .unwrap();
    assert_eq!(found.header.unwrap().success, Some(true));
    let [product] = found.customer_products.as_slice() else {
        panic!("one row")
    };
    assert_eq!(product.customer_product_id, 9001);
    assert_eq!(product.rate.unwrap().to_string(), "-10.0000");
    assert_eq!((product.tax_included, product.quantity), (Some(true), None));
    assert_eq!(product.status.as_ref().unwrap().as_str(), "SLEEPING");
    let date = product.activated_date.as_ref().unwrap().date().unwrap();
    assert_eq!(date.to_string(), "2024-01-31");
    assert!(product.canceled_date.is_none());
    assert_eq!(product.package.as_deref(), Some("  Gold & more "));
    assert_eq!(product.extras.get("New_Thing"), Some("<A>1</A>"));
}

#[tokio::test]
async fn an_unknown_layout_is_an_error() {
    let server = answering(success(
        "Products_Query",
        "<Things><Thing><Number>7</Number></Thing></Things>",
    ))
    .await;
    let error = client(&server).products_query().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Decode, Outcome::Unknown)
    );
    assert_eq!(error.field_path(), Some("Products_QueryResult"));
}
