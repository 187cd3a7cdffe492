//! Raw requests, files and paths of one's own, against the sandbox.

use revio_api::enums::CustomerStatus;
use revio_api::prelude::*;
use revio_api::resources::customers::Customer;
use revio_api::types::Json;
use revio_api::{Effect, Error, ErrorKind, Method, Outcome};
use revio_sandbox::Sandbox;
use revio_tests::stand::{self, Stand};
use revio_tests::tap::Tap;

#[tokio::test]
async fn a_raw_read_answers_what_the_typed_one_does() {
    let stand = Stand::start().await;
    let page = stand.client.customers().list().await.expect("a page");
    let typed = &page.records[0];
    let path = format!("Customers/{}", typed.customer_id);
    let raw = stand.client.raw(Method::Get, &path);
    let reply = raw
        .clone()
        .json_response::<Customer>()
        .await
        .expect("it is there");
    assert_eq!(reply.value.customer_id, typed.customer_id);
    assert_eq!((reply.status(), reply.attempts()), (200, 1));
    let json = raw
        .clone()
        .json_response::<Json>()
        .await
        .expect("JSON")
        .value;
    let text = raw.text_response().await.expect("text").value;
    assert_eq!(json.as_str(), text.trim());
    let recorded = stand.sandbox.requests();
    assert_eq!(
        recorded.last().expect("calls").operation.as_deref(),
        Some("customers_get")
    );
}

#[tokio::test]
async fn a_query_reaches_the_server() {
    let stand = Stand::start().await;
    let page = stand
        .client
        .raw(Method::Get, "Customers")
        .query("page_size", 3)
        .query("page", 2)
        .json_response::<revio_api::types::Page<Customer>>()
        .await
        .expect("a page")
        .value;
    let whole = stand
        .client
        .customers()
        .list()
        .page_size(6)
        .await
        .expect("a page");
    let ids = |records: &[Customer]| -> Vec<CustomerId> {
        records.iter().map(|record| record.customer_id).collect()
    };
    assert_eq!(ids(&page.records), ids(&whole.records[3..]));
}

#[tokio::test]
async fn a_raw_patch_changes_the_record() {
    let stand = Stand::start().await;
    let page = stand.client.customers().list().await.expect("a page");
    let id = page.records[0].customer_id;
    let patch: Json = r#"[{"op": "replace", "path": "/status", "value": "PROSPECT"}]"#
        .parse()
        .expect("JSON");
    stand
        .client
        .raw(Method::Patch, format!("Customers/{id}"))
        .json(&patch)
        .content_type("application/json-patch+json")
        .effect(Effect::Idempotent)
        .empty_response()
        .await
        .expect("it is patched");
    let changed = stand.client.customers().get(id).await.expect("it is there");
    assert_eq!(changed.status, Some(CustomerStatus::Prospect));
}

#[tokio::test]
async fn what_the_server_says_of_a_raw_call_is_an_error_like_any_other() {
    let stand = Stand::start().await;
    let error = stand
        .client
        .raw(Method::Get, "Customers/7")
        .json_response::<Json>()
        .await
        .expect_err("not there");
    assert!(error.is_not_found());
    assert_eq!(error.outcome(), Outcome::Rejected);
    assert_eq!(error.api_message(), Some("there is no Customer 7"));
    assert_eq!(error.to_string(), "raw: 404 from server: not found");
}

#[tokio::test]
async fn a_raw_call_counts_towards_the_quota() {
    let stand = Stand::start().await;
    let before = stand.client.quota().remaining().this_minute;
    let request = stand.client.raw(Method::Get, "SystemStatus");
    request.file_response().await.expect("a reply");
    assert_eq!(stand.client.quota().remaining().this_minute, before - 1);
}

#[tokio::test]
async fn a_pdf_and_a_report_become_files() {
    let stand = Stand::start().await;
    let client = &stand.client;
    let folder = tempfile::tempdir().expect("a folder");
    let requests = client.requests().list().await.expect("a page");
    let id = requests.records[0].request_id;
    let pdf = folder.path().join("request.pdf");
    let saved = client.requests().pdf(id).save_to(&pdf, 1 << 20).await;
    let saved = saved.expect("it is saved").value;
    let in_memory = client.requests().pdf(id).await.expect("a file");
    assert_eq!(std::fs::read(&pdf).expect("the file"), in_memory.bytes);
    assert_eq!(saved.path, pdf);
    assert_eq!(saved.bytes, in_memory.bytes.len() as u64);
    assert_eq!(saved.content_type, in_memory.content_type);

    let reports = client.reports().list().await.expect("a page");
    let id = reports.records[0].report_id;
    let typed = folder.path().join("typed");
    let raw = folder.path().join("raw");
    let request = client.reports().result(id);
    request.save_to(&typed, 1 << 20).await.expect("it is saved");
    let request = client.raw(Method::Get, format!("Reports/{id}/result"));
    request.save_to(&raw, 1 << 20).await.expect("it is saved");
    let typed = std::fs::read(typed).expect("the file");
    assert!(!typed.is_empty());
    assert_eq!(std::fs::read(raw).expect("the file"), typed);

    let error = client.requests().pdf(requests.records[0].request_id);
    let error = error.save_to(&pdf, 10).await.expect_err("too long");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(std::fs::read(&pdf).expect("the old file"), in_memory.bytes);
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        3
    );
}

/// The path of the only call that reversing a payment sends, with a client of this path.
async fn reversal(path: Option<&str>) -> Result<String, Error> {
    let sandbox = Sandbox::builder()
        .customers(5)
        .start()
        .await
        .expect("the sandbox starts");
    let tap = Tap::before(sandbox.base_url()).await;
    let mut builder = stand::builder(&sandbox).base_url(tap.base_url());
    if let Some(path) = path {
        builder = builder.operation_path("payments_reverse", path);
    }
    // The sandbox knows the schema's path only.
    let reversed = builder
        .build()?
        .payments()
        .reverse(PaymentId(2_000_000_000))
        .await;
    let error = reversed.expect_err("no such payment");
    assert_eq!(
        error.operation().map(revio_api::Operation::id),
        Some("payments_reverse")
    );
    let sent = tap.take();
    assert_eq!(sent.len(), 1);
    Ok(sent[0].path().to_owned())
}

#[tokio::test]
async fn an_unverified_operation_can_be_called_at_another_path() {
    assert_eq!(
        reversal(None).await.expect("a client"),
        "/v1/Payments/2000000000/reverse"
    );
    let other = reversal(Some("/Reversals/of/{id}")).await;
    assert_eq!(other.expect("a client"), "/v1/Reversals/of/2000000000");
    let error = reversal(Some("/Reversals"))
        .await
        .expect_err("no placeholder");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("payments_reverse"), "{error}");
}
