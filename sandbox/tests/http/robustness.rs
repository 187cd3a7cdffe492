//! Any input gets a response, never a 5xx, and the sandbox keeps working.

use proptest::prelude::*;
use revio_test_server::cases;
use serde_json::Value;

use crate::support::{Client, fetch};

const METHODS: [&str; 6] = ["GET", "PUT", "POST", "PATCH", "DELETE", "HEAD"];

/// Any JSON, with known names among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        Just("op".to_owned()),
        Just("path".to_owned()),
        Just("value".to_owned()),
        Just("from".to_owned()),
        Just("customer_id".to_owned()),
        Just("identifiers".to_owned()),
        Just("fields".to_owned()),
        Just("finance".to_owned()),
        Just("created_date".to_owned()),
        Just("id".to_owned()),
        ".{0,6}",
    ];
    let text = prop_oneof![
        Just("replace".to_owned()),
        Just("remove".to_owned()),
        Just("move".to_owned()),
        Just("/fields/0".to_owned()),
        Just("/fields/-".to_owned()),
        Just(String::new()),
        Just("/~2".to_owned()),
        Just("0001-01-01".to_owned()),
        ".{0,8}",
    ];
    let number = "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?"
        .prop_map(|text| serde_json::from_str(&text).unwrap_or(Value::Null));
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        number,
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A character of a path or query, or an escape of any byte.
fn any_path() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9._~!$&'()*+,;=:@-]{1,6}",
        any::<u8>().prop_map(|byte| format!("%{byte:02X}")),
        Just("/".to_owned()),
        Just("Customers".to_owned()),
        Just("..".to_owned()),
        Just("1015".to_owned()),
        Just("99999999999999999999".to_owned()),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| format!("/{}", pieces.concat()))
}

fn any_query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9._~!$'()*+,;:@/-]{1,6}",
        any::<u8>().prop_map(|byte| format!("%{byte:02X}")),
        Just("&".to_owned()),
        Just("=".to_owned()),
        Just("search.".to_owned()),
        Just("page=".to_owned()),
        Just("sort=".to_owned()),
        Just("created_date_start=".to_owned()),
        Just("customer_id=".to_owned()),
        Just("18446744073709551616".to_owned()),
        Just("amount=".to_owned()),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// Runs a property against one sandbox.
fn check<S: Strategy>(strategy: &S, property: &impl AsyncFn(&Client, S::Value)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let client = runtime.block_on(Client::start());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: cases(400),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(strategy, |value| {
        runtime.block_on(property(&client, value));
        Ok(())
    });
    outcome.expect("no fault");
    runtime.block_on(async { client.get("/Customers/1002").await.expect(200) });
}

#[test]
fn any_body_on_any_operation() {
    let operation = any::<prop::sample::Index>();
    check(&(operation, any_json(), 1..60_i64), &async |client,
                                                       (
        operation,
        body,
        id,
    )| {
        let operations = client.sandbox.api().operations();
        let operation = &operations[operation.index(operations.len())];
        // The check at the end needs this customer.
        let id = if operation.path().starts_with("/Customers") {
            1002 + id
        } else {
            id
        };
        let path = operation
            .path()
            .replace("{id}", &id.to_string())
            .replace("{action}", "run");
        let media_type = operation.request_media_type().unwrap_or("application/json");
        let response = client
            .send(operation.method(), &path, media_type, &body)
            .await;
        assert!(
            response.status < 500,
            "{} {body}: {}",
            operation.id(),
            response.text()
        );
        if response.media_type.contains("json") {
            client.check(operation.id(), &response);
        }
    });
}

#[test]
fn any_path_and_query() {
    let method = prop::sample::select(METHODS.to_vec());
    check(&(method, any_path(), any_query()), &async |client,
                                                      (
        method,
        path,
        query,
    )| {
        let response = fetch(client.request(method, &format!("{path}?{query}"))).await;
        assert!(
            response.status < 500,
            "{method} {path}?{query}: {}",
            response.text()
        );
    });
}

#[test]
fn any_query_on_a_list() {
    check(&any_query(), &async |client, query| {
        for list in ["contacts_list", "charges_list"] {
            let path = client.sandbox.api().operation(list).expect("a list").path();
            let response = client.get(&format!("{path}?{query}")).await;
            assert!(
                matches!(response.status, 200 | 400),
                "{query}: {}",
                response.text()
            );
            client.check(list, &response);
        }
    });
}

#[test]
fn any_bytes_as_a_body() {
    check(
        &prop::collection::vec(any::<u8>(), 0..200),
        &async |client, bytes| {
            for (method, path, media_type) in [
                ("POST", "/Customers", "application/json"),
                ("PATCH", "/Contacts/1", "application/json-patch+json"),
            ] {
                let request = client
                    .request(method, path)
                    .header("content-type", media_type);
                let response = fetch(request.body(bytes.clone())).await;
                assert!(response.status < 500, "{}", response.text());
            }
        },
    );
}
