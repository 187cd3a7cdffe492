//! Everything that can go wrong, what it is called, and whether it is tried again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use revio_api::{Error, ErrorKind, Outcome, RetryPolicy};
use revio_test_server::{Action, Server, reply};

use crate::soap::{SUCCESS, answering, builder, client, ok, result, success};

const FAULT_11: &str = r#"<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:CODE</faultcode><faultstring>Server was unable to read request.</faultstring><detail/></soap:Fault></soap:Body></soap:Envelope>"#;
const FAULT_12: &str = r#"<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><e:Fault><e:Code><e:Value>e:CODE</e:Value></e:Code><e:Reason><e:Text xml:lang="en">Server was unable to read request.</e:Text></e:Reason></e:Fault></e:Body></e:Envelope>"#;

/// Makes a query and a creation against a server that always answers this; the errors with the numbers of requests.
async fn both(answer: impl Fn() -> Action + Send + Sync + 'static) -> [(Error, usize); 2] {
    let server = Server::start(move |_| answer()).await;
    let client = builder(&server)
        .retry(RetryPolicy::new().max_attempts(3))
        .build()
        .unwrap();
    let query = client.products_query().await.unwrap_err();
    let queries = server.captured().len();
    let create = client
        .products_create(1, 2)
        .description("a")
        .await
        .unwrap_err();
    [
        (query, queries),
        (create, server.captured().len() - queries),
    ]
}

async fn answered(status: &'static str, body: String) -> [(Error, usize); 2] {
    both(move || reply(status, &[("Content-Type", "text/xml")], &body)).await
}

#[tokio::test]
async fn faults_are_read_in_both_versions() {
    for (form, service, request) in [
        (FAULT_11, "Server", "Client"),
        (FAULT_12, "Receiver", "Sender"),
    ] {
        let [(query, tries), (create, creations)] =
            answered("500 Internal Server Error", form.replace("CODE", service)).await;
        for error in [&query, &create] {
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Api, Outcome::Unknown)
            );
            assert_eq!(error.status(), Some(500));
            assert_eq!(
                error.api_message(),
                Some("Server was unable to read request.")
            );
            assert!(error.api_code().unwrap().ends_with(service));
            assert!(
                error
                    .to_string()
                    .contains("a SOAP fault that blames the service"),
                "{error}"
            );
        }
        assert_eq!(
            (tries, creations),
            (3, 1),
            "a query may be tried again, a creation never"
        );

        let [(query, tries), (create, creations)] =
            answered("500 Internal Server Error", form.replace("CODE", request)).await;
        for error in [&query, &create] {
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Api, Outcome::Rejected)
            );
            assert!(
                error
                    .to_string()
                    .contains("a SOAP fault that blames the request"),
                "{error}"
            );
        }
        assert_eq!(
            (tries, creations),
            (1, 1),
            "the same request would be refused again"
        );
    }
    // Some servers forget the status.
    let [(query, tries), _] = answered("200 OK", FAULT_11.replace("CODE", "Server")).await;
    assert_eq!(
        (query.kind(), query.outcome(), tries),
        (ErrorKind::Api, Outcome::Unknown, 1)
    );
}

#[tokio::test]
async fn a_refusal_comes_with_a_200() {
    for (header, code, message) in [
        (
            "<Error_Code>S1000</Error_Code><Error_Description>No such carrier</Error_Description>",
            Some("S1000"),
            "No such carrier",
        ),
        ("<Message>Not today</Message>", None, "Not today"),
        (
            "<Error_Code/><Error_Description/><Message>Not today</Message>",
            None,
            "Not today",
        ),
    ] {
        let body = |operation: &str| {
            result(
                operation,
                &format!("<Header><Success>false</Success>{header}</Header>"),
            )
        };
        let server = answering(body("Products_Create")).await;
        let error = client(&server)
            .products_create(1, 2)
            .description("a")
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome(), error.status()),
            (ErrorKind::Api, Outcome::Rejected, Some(200))
        );
        assert_eq!(
            (error.api_code(), error.api_message()),
            (code, Some(message))
        );
        assert!(!error.is_auth());
        assert!(!error.to_string().contains(message), "{error}");
        assert_eq!(server.captured().len(), 1);
    }
    let refused = "<Header><Success>0</Success><Error_Code>S2005</Error_Code></Header>";
    let server = answering(result("Products_Query", refused)).await;
    let error = client(&server).products_query().await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!(
        error.to_string(),
        "legacy_products_query: 200 from server: the service refused the login"
    );
}

#[tokio::test]
async fn nothing_less_than_a_success_is_one() {
    let whole = |inside: &str| result("Products_Query", inside);
    let good = success("Products_Query", "");
    for (body, path, detail) in [
        (whole(""), Some("Header"), "doesn't say whether"),
        (
            whole("<Header><Message>fine</Message></Header>"),
            Some("Header.Success"),
            "doesn't say whether",
        ),
        (
            whole("<Header><Success/></Header>"),
            Some("Header.Success"),
            "doesn't say whether",
        ),
        (
            whole("<Header><Success>yes</Success></Header>"),
            Some("Success"),
            "none of true, false, 1 and 0",
        ),
        (
            result("Products_Create", SUCCESS),
            Some("Products_QueryResponse"),
            "the element is missing",
        ),
        (
            good.replace("myh2o.com/v20", "myh2o.com/v21"),
            Some("Products_QueryResponse"),
            "another namespace",
        ),
        (
            good.replace("soap/envelope/", "soap/letter/"),
            None,
            "no SOAP envelope",
        ),
        (good.replace("Envelope", "Letter"), None, "no SOAP envelope"),
        (
            good.replace("soap:Body", "soap:Torso"),
            Some("Envelope"),
            "has no body",
        ),
        (
            "<html><body>Sign in</body></html>".to_owned(),
            None,
            "no SOAP envelope",
        ),
        (r#"{"ok":true}"#.to_owned(), None, "text outside"),
        (String::new(), None, "it is empty"),
        (good[..good.len() - 20].to_owned(), None, ""),
        (
            format!(
                r#"<!DOCTYPE a [<!ENTITY b "c">]>{}"#,
                good.split_once("?>").unwrap().1
            ),
            None,
            "document type",
        ),
        (
            good.replace("<Header>", "<Header>&b;"),
            None,
            "an entity that there isn't",
        ),
        (good.replace("<Header>", "<q:Header>"), None, ""),
        (good.replace("utf-8", "utf-16"), None, "not UTF-8"),
    ] {
        let server = answering(body.clone()).await;
        let error = client(&server).products_query().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Decode, Outcome::Unknown),
            "{body}"
        );
        assert_eq!(error.field_path(), path, "{body}: {error}");
        assert!(error.to_string().contains(detail), "{body}: {error}");
        assert_eq!(server.captured().len(), 1, "{body}");
    }
}

#[tokio::test]
async fn a_creation_whose_header_says_success_was_executed_whatever_follows() {
    for payload in [
        "",
        "<Product_ID>seven</Product_ID>",
        "<Things><Thing/></Things>",
    ] {
        let server = answering(success("Products_Create", payload)).await;
        let request = client(&server).products_create(1, 2).description("a");
        let error = request.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Decode, Outcome::Executed),
            "{payload}: {error}"
        );
        assert_eq!(server.captured().len(), 1, "{payload}");
    }
}

#[tokio::test]
async fn what_is_no_fault_keeps_its_status() {
    let [(query, tries), (create, creations)] = answered(
        "503 Service Unavailable",
        "<html><title>Busy</title></html>".to_owned(),
    )
    .await;
    assert_eq!(
        (query.status(), query.api_message()),
        (Some(503), Some("Busy"))
    );
    assert_eq!(
        (query.outcome(), create.outcome()),
        (Outcome::Unknown, Outcome::Unknown)
    );
    assert_eq!((tries, creations), (3, 1));
    let [(query, tries), _] = answered("404 Not Found", String::new()).await;
    assert!(query.is_not_found());
    assert_eq!(tries, 1);
    let [(query, tries), (_, creations)] = answered("302 Found", String::new()).await;
    assert_eq!(
        (query.kind(), tries, creations),
        (ErrorKind::Redirect, 1, 1)
    );
}

#[tokio::test]
async fn a_lost_reply_to_a_creation_is_not_tried_again() {
    let [(query, tries), (create, creations)] = both(|| Action::SendAndClose(Vec::new())).await;
    assert_eq!(
        (query.kind(), create.kind()),
        (ErrorKind::Transport, ErrorKind::Transport)
    );
    assert_eq!(create.outcome(), Outcome::Unknown);
    assert_eq!((tries, creations), (3, 1));
}

#[tokio::test]
async fn an_update_of_a_product_may_be_tried_again_and_one_of_a_customers_product_may_not() {
    use revio_api::Request;

    let server = Server::start(|_| reply("503 Service Unavailable", &[], "")).await;
    let client = builder(&server)
        .retry(RetryPolicy::new().max_attempts(3))
        .build()
        .unwrap();
    client.products_update(7, 1, 2).await.unwrap_err();
    assert_eq!(server.captured().len(), 3);
    client
        .customer_products_update(9)
        .quantity(1)
        .await
        .unwrap_err();
    assert_eq!(server.captured().len(), 4);
    // Somebody who knows better can say so.
    client
        .customer_products_update(9)
        .quantity(1)
        .assume_idempotent()
        .await
        .unwrap_err();
    assert_eq!(server.captured().len(), 7);
}

#[tokio::test]
async fn a_query_that_works_in_the_end_says_how_long_it_took() {
    use revio_api::Request;

    let count = Arc::new(AtomicUsize::new(0));
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        0 => reply(
            "500 Internal Server Error",
            &[],
            FAULT_11.replace("CODE", "Server"),
        ),
        _ => ok(success("Products_Query", "")),
    })
    .await;
    let reply = client(&server).products_query().send().await.unwrap();
    assert_eq!((reply.attempts(), reply.status()), (2, 200));
}

#[tokio::test]
async fn what_is_too_large_is_given_up() {
    let rows = "<Products>".to_owned()
        + &"<Product><ID>1</ID><Rate>1</Rate></Product>".repeat(100)
        + "</Products>";
    let server = answering(success("Products_Query", &rows)).await;
    let error = builder(&server)
        .max_response_bytes(1000)
        .build()
        .unwrap()
        .products_query()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    let error = builder(&server)
        .max_elements(100)
        .build()
        .unwrap()
        .products_query()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(
        error.to_string().contains("more than 100 elements"),
        "{error}"
    );
    assert_eq!(
        client(&server)
            .products_query()
            .await
            .unwrap()
            .products
            .len(),
        100
    );

    let deep = "<a>".repeat(70) + &"</a>".repeat(70);
    let server = answering(success("Products_Query", &deep)).await;
    let error = client(&server).products_query().await.unwrap_err();
    assert!(
        error.to_string().contains("nested deeper than 64"),
        "{error}"
    );
}
