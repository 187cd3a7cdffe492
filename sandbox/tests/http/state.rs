//! Persistence: snapshots, data files, damaged files.

use std::fs;
use std::path::Path;

use revio_sandbox::{Sandbox, SandboxBuilder, StartError};
use serde_json::{Value, json};

use crate::support::{Client, JSON};

/// All records of all lists.
async fn everything(client: &Client) -> Vec<(String, Vec<Value>)> {
    let mut all = Vec::new();
    for operation in client.sandbox.api().operations() {
        if operation.id().ends_with("_list") {
            all.push((
                operation.id().to_owned(),
                client.all(operation.path()).await,
            ));
        }
    }
    all
}

/// Changes of every kind.
async fn change(client: &Client) {
    let customer = client
        .create("/Customers", &json!({"email": "ü\n\"@example.com"}))
        .await;
    let amount: Value = serde_json::from_str("1234567890123456789012.3400").expect("a number");
    let paid = json!({"customer_id": customer, "amount": amount});
    client.create("/Payments", &paid).await;
    client.delete("/Contacts/7").await.expect(200);
    let contact = client.create("/Contacts", &json!({})).await;
    client
        .delete(&format!("/Contacts/{contact}"))
        .await
        .expect(200);
    let rename = json!([{"op": "replace", "path": "/name", "value": "x"}]);
    client.patch("/Contacts/8", &rename).await.expect(200);
    let disconnect = json!({"service_id": 4, "generate_proration": false});
    client
        .send("DELETE", "/Services", JSON, &disconnect)
        .await
        .expect(200);
}

fn small() -> SandboxBuilder {
    Sandbox::builder().customers(20).seed(7)
}

#[tokio::test]
async fn a_snapshot_restores_all_records() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("state");
    let client = Client::with(small()).await;
    let untouched = everything(&client).await;
    change(&client).await;
    client.sandbox.snapshot(&path).expect("written");
    let (before, now) = (everything(&client).await, client.sandbox.now());
    assert_ne!(before, untouched);

    let again = Client::with(Sandbox::builder().restore(&path)).await;
    assert_eq!(everything(&again).await, before);
    assert_eq!(again.sandbox.now(), now);
    assert_eq!(
        again.create("/Contacts", &json!({})).await,
        42,
        "ids aren't given out twice"
    );

    client.sandbox.reset().expect("reset");
    assert_eq!(everything(&client).await, untouched);
    assert_eq!(client.sandbox.now(), "2026-07-01T08:00:00");
    client.sandbox.restore(&path).expect("restored");
    assert_eq!(everything(&client).await, before);
}

#[tokio::test]
async fn equal_states_give_equal_files() {
    let directory = tempfile::tempdir().expect("a directory");
    let bytes = async |client: &Client| {
        let path = directory.path().join("state");
        client.sandbox.snapshot(&path).expect("written");
        fs::read(path).expect("read")
    };
    let (one, other) = (Client::with(small()).await, Client::with(small()).await);
    let untouched = bytes(&one).await;
    assert!(untouched.len() < 200, "computed records aren't written");
    change(&one).await;
    change(&other).await;
    let changed = bytes(&one).await;
    assert_eq!(changed, bytes(&other).await);
    one.delete("/Contacts/9").await.expect(200);
    assert_ne!(changed, bytes(&one).await);
    one.sandbox.reset().expect("reset");
    assert_eq!(untouched, bytes(&one).await);
}

#[tokio::test]
async fn a_data_file_keeps_every_acknowledged_change() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("data");
    let client = Client::with(small().data(&path)).await;
    change(&client).await;
    client
        .post("/Payments", &json!({"customer_id": 999}))
        .await
        .expect(400);
    let (before, now) = (everything(&client).await, client.sandbox.now());
    client.stop().await;
    for _ in 0..2 {
        let again = Client::with(Sandbox::builder().data(&path)).await;
        assert_eq!(everything(&again).await, before);
        assert_eq!(again.sandbox.now(), now);
        again.stop().await;
    }
    let again = Client::with(small().data(&path)).await;
    again.sandbox.reset().expect("reset");
    again.stop().await;
    let again = Client::with(Sandbox::builder().data(&path)).await;
    again.get("/Contacts/7").await.expect(200);
}

/// A process may be killed at any byte of a write: only the change that was being written is
/// lost.
#[tokio::test]
async fn a_torn_write_loses_only_its_own_call() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("data");
    let client = Client::with(small().data(&path)).await;
    let mut lengths = vec![fs::read(&path).expect("read").len()];
    for n in 0..4 {
        client
            .create("/Notes", &json!({"body": format!("note {n}")}))
            .await;
        lengths.push(fs::read(&path).expect("read").len());
    }
    client.stop().await;
    let whole = fs::read(&path).expect("read");
    let torn = directory.path().join("torn");
    for length in (lengths[2]..=whole.len())
        .step_by(97)
        .chain(lengths[2..].iter().copied())
    {
        fs::write(&torn, &whole[..length]).expect("written");
        let kept = lengths
            .iter()
            .rposition(|line| *line <= length)
            .expect("an image");
        let again = Client::with(Sandbox::builder().data(&torn)).await;
        let notes = again.all("/Notes").await;
        assert_eq!(notes.len(), 40 + kept, "{length} bytes of {}", whole.len());
        // The next line isn't appended to the torn one.
        again.create("/Notes", &json!({})).await;
        again.stop().await;
        let again = Client::with(Sandbox::builder().data(&torn)).await;
        assert_eq!(again.all("/Notes").await.len(), 41 + kept);
        again.stop().await;
    }
    // Snapshots are replaced as a whole, so a short one was truncated by another program.
    for length in [lengths[0] - 1, lengths[0] / 2, 1] {
        fs::write(&torn, &whole[..length]).expect("written");
        refused(Sandbox::builder().data(&torn), "").await;
        assert_eq!(
            fs::read(&torn).expect("read"),
            whole[..length],
            "left alone"
        );
    }
}

/// Checks that a sandbox doesn't start, and its message.
async fn refused(builder: SandboxBuilder, part: &str) {
    let error = builder.start().await.expect_err("refused");
    assert!(matches!(error, StartError::Data(_)), "{error:?}");
    let message = error.to_string();
    assert!(message.contains(part), "{message}");
}

#[tokio::test]
async fn unusable_files_are_refused_and_unchanged() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("state");
    let client = Client::with(small()).await;
    change(&client).await;
    client.sandbox.snapshot(&path).expect("written");
    let good = fs::read_to_string(&path).expect("text");
    let other = directory.path().join("other");
    let both = async |bytes: &str, part: &str| {
        fs::write(&other, bytes).expect("written");
        refused(Sandbox::builder().restore(&other), part).await;
        refused(Sandbox::builder().data(&other), part).await;
        assert_eq!(
            fs::read_to_string(&other).expect("text"),
            bytes,
            "left alone"
        );
        let failed = client.sandbox.restore(&other).expect_err("refused");
        assert!(failed.to_string().contains(part), "{failed}");
        assert_eq!(failed.path(), other);
    };
    both("# Shopping list\n", "this is no file of a sandbox").await;
    both("{}", "this is no file of a sandbox").await;
    let flipped = good.replacen("example.com", "example.org", 1);
    both(&flipped, "is damaged: its checksum is wrong").await;
    let lines: Vec<&str> = good.lines().collect();
    let cut = format!("{}\n", lines[..lines.len() - 1].join("\n"));
    both(
        &cut,
        &format!("line {} is damaged: the file ends before", lines.len()),
    )
    .await;
    let newer = with_checksum(&lines[0][9..].replacen("\"version\":1", "\"version\":2", 1));
    both(&newer, "has version 2 and this program reads version 1").await;
    let strange = with_checksum(&lines[0][9..].replacen(
        &format!("\"lines\":{}", lines.len() - 1),
        "\"lines\":1",
        1,
    )) + &with_checksum(r#"{"table":"Invoice","next":3}"#);
    both(
        &strange,
        "line 2 has a table Invoice, which the schema doesn't have",
    )
    .await;

    refused(
        Sandbox::builder().restore(directory.path().join("gone")),
        "gone",
    )
    .await;
    refused(
        Sandbox::builder().restore(&path).seed(8),
        "the file is about seed 7 and 20 customers, not about seed 8 and 20 customers",
    )
    .await;
    refused(
        Sandbox::builder().data(&path).customers(21),
        "leave that out, or name another file",
    )
    .await;
    let in_use = Client::with(Sandbox::builder().data(&path)).await;
    refused(
        Sandbox::builder().data(&path),
        "another sandbox uses this file",
    )
    .await;
    in_use.stop().await;
    refused(
        Sandbox::builder().restore(&path).data(&path),
        "a state of its own",
    )
    .await;
}

fn with_checksum(json: &str) -> String {
    format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes()))
}

#[tokio::test]
async fn a_snapshot_replaces_a_file_and_needs_a_directory() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("state");
    fs::write(&path, "before").expect("written");
    let client = Client::with(small()).await;
    client.sandbox.snapshot(&path).expect("written");
    assert_eq!(names(directory.path()), ["state"]);
    let nowhere = directory.path().join("no/such/state");
    let failed = client.sandbox.snapshot(&nowhere).expect_err("refused");
    assert!(
        failed
            .to_string()
            .starts_with(&nowhere.display().to_string()),
        "{failed}"
    );
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("a directory");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}
