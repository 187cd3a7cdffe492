//! Incremental replication: a client that reads every list page by page over plain HTTP, from the
//! date of its last run where the list has a start filter. It sends what such clients are known to
//! send: `page` only from the second page on, `search.` before filters and sort but not before
//! paging, `page_size` only when it is configured.

use std::collections::BTreeSet;

use revio_sandbox::Sandbox;
use serde_json::Value;

use crate::support::{Client, fetch};

/// The second of March in the formats that such clients send, encoded or not.
const FROM: [&str; 6] = [
    "2023-03-02",
    "2023-03-02T00:00:00",
    "2023-03-02T00%3A00%3A00%2B00%3A00",
    "2023-03-02T00:00:00+00:00",
    "2023-03-02+00%3A00%3A00%2B00%3A00",
    "2023-03-02T00:00:00Z",
];

/// The date field of the start filter of a list.
fn start_filter(client: &Client, operation: &str) -> Option<String> {
    let schema: Value =
        serde_json::from_str(include_str!("../../../schema/openapi.json")).expect("JSON");
    let path = client
        .sandbox
        .api()
        .operation(operation)
        .expect("an operation")
        .path();
    let parameters = schema["paths"][path]["get"]["parameters"]
        .as_array()
        .expect("parameters")
        .clone();
    parameters.iter().find_map(|parameter| {
        let name = parameter["name"].as_str()?.trim_start_matches("search.");
        name.strip_suffix("_start").map(str::to_owned)
    })
}

/// Reads a list to the end.
async fn records(client: &Client, path: &str, query: &str) -> Vec<Value> {
    let mut records = Vec::new();
    let mut page = 1;
    loop {
        let number = if page > 1 {
            format!("&page={page}")
        } else {
            String::new()
        };
        let request = client.request("GET", &format!("{path}?{query}{number}"));
        let reply = fetch(request).await.expect(200);
        assert!(
            reply.media_type.starts_with("application/json"),
            "{}",
            reply.media_type
        );
        let body = reply.json();
        let here = body["records"].as_array().expect("records");
        assert_eq!(body["record_count"].as_u64(), Some(here.len() as u64));
        assert_eq!(body["ok"], true);
        records.extend(here.iter().cloned());
        if body["has_more"] != true {
            return records;
        }
        page += 1;
    }
}

fn lists(client: &Client) -> Vec<(String, String)> {
    let operations = client.sandbox.api().operations().iter();
    operations
        .filter(|operation| operation.id().ends_with("_list"))
        .map(|operation| (operation.id().to_owned(), operation.path().to_owned()))
        .collect()
}

#[tokio::test]
async fn every_list_is_read_to_the_end() {
    let client = Client::with(Sandbox::builder().customers(20)).await;
    let lists = lists(&client);
    assert!(lists.len() >= 55, "{}", lists.len());
    for (operation, path) in lists {
        let all = records(&client, &path, "").await;
        assert_eq!(
            all,
            records(&client, &path, "page_size=7").await,
            "{operation}"
        );
        assert_eq!(
            all,
            records(&client, &path, "search.page_size=500").await,
            "{operation}"
        );
        // All dates have a format that known clients read.
        for record in &all {
            for (name, value) in record.as_object().expect("an object") {
                let Some(text) = value.as_str().filter(|_| name.ends_with("_date")) else {
                    continue;
                };
                let is_plain = text.len() == 10 || text.len() == 19;
                assert!(
                    text.is_empty() || (is_plain && text.as_bytes()[4] == b'-'),
                    "{operation} {name}: {text}"
                );
            }
        }
    }
    assert!(
        client
            .sandbox
            .requests()
            .iter()
            .all(|request| request.ignored.is_empty())
    );
}

#[tokio::test]
async fn new_records_are_sorted_by_date() {
    let client = Client::with(Sandbox::builder().customers(40)).await;
    let mut seen = BTreeSet::new();
    for (operation, path) in lists(&client) {
        let all = records(&client, &path, "page_size=500").await;
        let is_dated = all
            .iter()
            .any(|record| record.get("created_date").is_some());
        let fallback = is_dated.then(|| "created_date".to_owned());
        let Some(key) = start_filter(&client, &operation).or(fallback) else {
            continue;
        };
        let date = |record: &Value| {
            let text = record[&key].as_str();
            text.unwrap_or_else(|| panic!("{operation}: {key} is {}", record[&key]))
                .to_owned()
        };
        let from = FROM[0];
        let mut expected: Vec<Value> = all
            .into_iter()
            .filter(|record| date(record).as_str() >= from)
            .collect();
        expected.sort_by_key(&date);
        for form in FROM {
            let query = format!("search.{key}_start={form}&search.sort={key}&page_size=9");
            let found = records(&client, &path, &query).await;
            assert_eq!(found.len(), expected.len(), "{operation} {form}");
            assert_eq!(found, expected, "{operation} {form}");
        }
        if !expected.is_empty() {
            seen.insert(operation);
        }
    }
    assert!(seen.len() >= 20, "{seen:?}");
    assert!(
        client
            .sandbox
            .requests()
            .iter()
            .all(|request| request.ignored.is_empty())
    );
}

/// The next run finds the records that were changed after the last one, and no others.
#[tokio::test]
async fn the_next_sync_finds_changed_records_only() {
    let client = Client::start().await;
    let query = format!(
        "search.updated_date_start={}&search.sort=updated_date",
        client.sandbox.now()
    );
    assert!(records(&client, "/Customers", &query).await.is_empty());
    let patch = serde_json::json!([{"op": "replace", "path": "/email", "value": "a@example.com"}]);
    client.patch("/Customers/1009", &patch).await.expect(200);
    client.patch("/Customers/1003", &patch).await.expect(200);
    let found = records(&client, "/Customers", &query).await;
    let ids: Vec<i64> = found
        .iter()
        .filter_map(|one| one["customer_id"].as_i64())
        .collect();
    assert_eq!(ids, [1009, 1003]);
}
