//! Copying all customers, whatever comes in between.

use std::fs;
use std::path::Path;

use revio_sandbox::Sandbox;
use revio_test_server::Request;
use revio_tests::program::Program;
use revio_tests::relay::{Fate, Relay};
use serde_json::Value;
use tempfile::TempDir;

const CUSTOMERS: u64 = 1_700;

async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::builder().customers(CUSTOMERS).start().await;
    sandbox.expect("the sandbox starts")
}

fn program(folder: &TempDir, sandbox: &Sandbox) -> Program {
    Program::new(env!("CARGO_BIN_EXE_sync_customers"), folder.path(), sandbox)
}

/// A fate for the third page only.
fn third(fate: Fate) -> impl Fn(&Request) -> Fate + Send + Sync + 'static {
    move |request| {
        let page = ("page".to_owned(), "3".to_owned());
        if request.query().contains(&page) {
            fate
        } else {
            Fate::Pass
        }
    }
}

/// The customers in a file must be all, each once, in the order of their ids.
fn assert_complete(file: &Path) {
    let text = fs::read_to_string(file).expect("a file");
    let ids: Vec<u64> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a record"))
        .map(|customer| customer["customer_id"].as_u64().expect("an id"))
        .collect();
    let first = ids[0];
    assert_eq!(ids, (first..first + CUSTOMERS).collect::<Vec<_>>());
}

/// The pages that were asked for since the last time.
fn asked(sandbox: &Sandbox) -> Vec<String> {
    let requests = sandbox.requests();
    let mut pages: Vec<_> = requests
        .iter()
        .filter_map(|request| request.query_value("page"))
        .map(str::to_owned)
        .collect();
    pages.sort();
    sandbox.clear_requests();
    pages
}

fn files(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.into_string().expect("text"))
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn all_customers_are_copied() {
    let (sandbox, folder) = (sandbox().await, TempDir::new().expect("a folder"));
    let said = program(&folder, &sandbox).run(&["customers.jsonl"]).await;
    let out = said.success();
    assert!(out.contains("page 1: 500 customers"), "{out}");
    assert!(
        out.ends_with("1700 customers are in customers.jsonl\n"),
        "{out}"
    );
    assert_complete(&folder.path().join("customers.jsonl"));
    assert_eq!(files(&folder), ["customers.jsonl"]);
}

/// Killed while it waits for the third page, in the middle of a line of its file.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_was_killed_goes_on_where_it_was() {
    let (sandbox, folder) = (sandbox().await, TempDir::new().expect("a folder"));
    let relay = Relay::before(sandbox.base_url(), third(Fate::HoldReply)).await;
    let running = program(&folder, &sandbox)
        .calling(relay.base_url())
        .start(&["customers.jsonl"]);
    let said = running.says("page 2").await.killed().await;
    assert_eq!(said.status, None, "{said:?}");
    let part = folder.path().join("customers.jsonl.part");
    let mut text = fs::read_to_string(&part).expect("a part");
    text.push_str(r#"{"customer_id":2001,"sta"#);
    fs::write(&part, text).expect("a part");
    asked(&sandbox);

    let out = program(&folder, &sandbox)
        .run(&["customers.jsonl"])
        .await
        .success();
    assert!(
        out.starts_with("going on at page 3, with 1000 customers already here\n"),
        "{out}"
    );
    assert!(
        out.ends_with("1700 customers are in customers.jsonl\n"),
        "{out}"
    );
    assert_complete(&folder.path().join("customers.jsonl"));
    assert_eq!(files(&folder), ["customers.jsonl"]);
    assert!(asked(&sandbox).iter().all(|page| page.as_str() >= "3"));
}

/// A page that can't be had is an error that says what to do; the pages before it are kept.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_failed_goes_on_where_it_was() {
    let (sandbox, folder) = (sandbox().await, TempDir::new().expect("a folder"));
    let relay = Relay::before(sandbox.base_url(), third(Fate::LoseReply)).await;
    let said = program(&folder, &sandbox)
        .calling(relay.base_url())
        .run(&["customers.jsonl"])
        .await;
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(said.out.contains("page 2: 500 customers"), "{said:?}");
    assert!(!said.out.contains("page 3"), "{said:?}");
    assert!(said.err.starts_with("customers_list: "), "{said:?}");
    assert!(
        said.err
            .ends_with("(page 3)\nRun this again to go on from here.\n"),
        "{said:?}"
    );
    assert_eq!(
        files(&folder),
        ["customers.jsonl.cursor", "customers.jsonl.part"]
    );

    let out = program(&folder, &sandbox)
        .run(&["customers.jsonl"])
        .await
        .success();
    assert!(
        out.starts_with("going on at page 3, with 1000 customers already here\n"),
        "{out}"
    );
    assert_complete(&folder.path().join("customers.jsonl"));
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_the_cursor_counts_must_be_there() {
    let (sandbox, folder) = (sandbox().await, TempDir::new().expect("a folder"));
    let relay = Relay::before(sandbox.base_url(), third(Fate::HoldReply)).await;
    let running = program(&folder, &sandbox)
        .calling(relay.base_url())
        .start(&["customers.jsonl"]);
    running.says("page 2").await.killed().await;
    fs::write(folder.path().join("customers.jsonl.part"), "").expect("a part");
    let said = program(&folder, &sandbox).run(&["customers.jsonl"]).await;
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(said.err.contains("remove both to start anew"), "{said:?}");
}
