//! Filters: long ones, ones that the service ignores, and none.

use revio_api::{ErrorKind, Request};
use revio_test_server::{self as http, Server};

use crate::soap::{answering, builder, client, ok, own_fields, success};

fn row(id: i32, customer: i32, line: i32) -> String {
    format!(
        "<P><Customer_Product_ID>{id}</Customer_Product_ID><Customer_ID>{customer}</Customer_ID><Line_ID>{line}</Line_ID></P>"
    )
}

/// The ids that a request asks for under a name.
fn asked(request: &http::Request, name: &str) -> Vec<i32> {
    let parts = request
        .text()
        .split(&format!("<{name}>"))
        .skip(1)
        .map(str::to_owned)
        .collect::<Vec<_>>();
    parts
        .iter()
        .map(|part| part.split('<').next().unwrap().parse().unwrap())
        .collect()
}

#[tokio::test]
async fn long_lists_become_several_calls() {
    let server = Server::start(|request| {
        let rows: String = asked(request, "CustomerID")
            .iter()
            .map(|id| row(id * 10, *id, 1))
            .collect();
        ok(success("CustomerProducts_Query", &rows))
    })
    .await;
    let client = client(&server);
    let reply = client
        .customer_products_query()
        .customer_id((1..=250).chain([7]))
        .send()
        .await
        .unwrap();
    let ids: Vec<i32> = reply
        .value
        .customer_products
        .iter()
        .filter_map(|product| product.customer_id)
        .collect();
    assert_eq!(ids, (1..=250).collect::<Vec<_>>());
    let sizes: Vec<usize> = server
        .captured()
        .iter()
        .map(|request| asked(request, "CustomerID").len())
        .collect();
    assert_eq!(sizes, [100, 100, 50]);
    assert_eq!(reply.attempts(), 3);
}

#[tokio::test]
async fn rows_that_come_several_times_are_taken_once() {
    // As if filters were joined by `or`.
    let server = Server::start(|_| {
        ok(success(
            "CustomerProducts_Query",
            &(row(1, 1, 3) + &row(2, 2, 4)),
        ))
    })
    .await;
    let client = builder(&server)
        .ids_per_call(1)
        .filter_guard(false)
        .build()
        .unwrap();
    let found = client
        .customer_products_query()
        .customer_id([1, 2])
        .line_id([3, 4])
        .await
        .unwrap();
    let ids: Vec<i32> = found
        .customer_products
        .iter()
        .map(|product| product.customer_product_id)
        .collect();
    assert_eq!(ids, [1, 2]);
    let mut pairs: Vec<String> = server.captured().iter().map(own_fields).collect();
    pairs.sort();
    let pair =
        |customer, line| format!("<CustomerID>{customer}</CustomerID><LineID>{line}</LineID>");
    assert_eq!(pairs, [pair(1, 3), pair(1, 4), pair(2, 3), pair(2, 4)]);
}

#[tokio::test]
async fn rows_that_do_not_fit_are_an_error() {
    // The service has ignored the filter, and answers with everything.
    let server = answering(success(
        "CustomerProducts_Query",
        &(row(1, 1, 3) + &row(2, 2, 4)),
    ))
    .await;
    let client_ = client(&server);
    for (query, filter) in [
        (
            client_.customer_products_query().customer_id([1]),
            "CustomerID",
        ),
        (client_.customer_products_query().line_id([4, 9]), "LineID"),
        (
            client_
                .customer_products_query()
                .customer_id([1, 2])
                .id([2]),
            "ID",
        ),
    ] {
        let error = query.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.field_path()),
            (ErrorKind::FilterIgnored, Some(filter))
        );
        assert!(error.to_string().contains("ignored it"), "{error}");
    }
    assert_eq!(
        client_
            .customer_products_query()
            .customer_id([1, 2])
            .await
            .unwrap()
            .customer_products
            .len(),
        2
    );
    let trusting = builder(&server).filter_guard(false).build().unwrap();
    assert_eq!(
        trusting
            .customer_products_query()
            .customer_id([1])
            .await
            .unwrap()
            .customer_products
            .len(),
        2
    );

    let server = answering(success("Products_Query", "<P><ID>7</ID><Rate>1</Rate></P>")).await;
    let client = client(&server);
    assert_eq!(
        client
            .products_query()
            .product_id(7)
            .await
            .unwrap()
            .products
            .len(),
        1
    );
    let error = client.products_query().product_id(8).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.field_path()),
        (ErrorKind::FilterIgnored, Some("ProductID"))
    );
}

#[tokio::test]
async fn everything_is_asked_for_only_on_purpose() {
    let server = answering(success("CustomerProducts_Query", &row(1, 1, 3))).await;
    let client = client(&server);
    let error = client.customer_products_query().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().contains("CustomerID, LineID, ID"),
        "{error}"
    );
    assert!(server.captured().is_empty());
    let found = client
        .customer_products_query()
        .with_no_filter()
        .await
        .unwrap();
    assert_eq!(found.customer_products.len(), 1);
    assert_eq!(own_fields(&server.only()), "");
}
