//! What the file says at each point, and what is read from it after a crash at any byte.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::{Doubt, End, Journal};
use crate::clock::{BoxFuture, Clock};
use crate::operation::{Effect, Evidence, Method, Operation};
use crate::{ErrorKind, Outcome};

static PAY: Operation = Operation::new(
    "payments_create",
    Method::Post,
    "/Payments",
    Effect::Money,
    "payments",
    Evidence::Documented,
    Some("application/json"),
);

/// Time that stands still.
#[derive(Debug)]
struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> std::time::Instant {
        std::time::Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_123)
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}

fn clock() -> Arc<dyn Clock> {
    Arc::new(Stopped)
}

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("payments.jsonl");
    (folder, path)
}

fn states(path: &PathBuf) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            line["state"].as_str().unwrap().to_owned()
        })
        .collect()
}

#[tokio::test]
async fn a_call_is_written_line_by_line() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let entry = journal
        .begin(&PAY, Some("invoice 7"), &clock())
        .await
        .unwrap();
    assert!(journal.unresolved().is_empty());
    entry.sending().await.unwrap();
    let open = journal.unresolved();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].id, entry.id());
    assert_eq!(
        (open[0].operation.as_str(), open[0].note.as_deref()),
        ("payments_create", Some("invoice 7"))
    );
    assert_eq!(
        (open[0].time, open[0].doubt),
        (Stopped.system_time(), Doubt::Unanswered)
    );
    entry.ended(End::Answered(201)).await;
    assert!(journal.unresolved().is_empty());
    let id = entry.id().to_owned();
    drop(entry);
    let text = fs::read_to_string(&path).unwrap();
    let expected = [
        format!(
            r#"{{"id":"{id}","time":"2023-11-14T22:13:20.123Z","state":"intent","operation":"payments_create","note":"invoice 7"}}"#
        ),
        format!(r#"{{"id":"{id}","time":"2023-11-14T22:13:20.123Z","state":"sending"}}"#),
        format!(
            r#"{{"id":"{id}","time":"2023-11-14T22:13:20.123Z","state":"answered","status":201}}"#
        ),
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn an_unknown_call_stays_until_it_is_resolved() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    for note in ["first", "second"] {
        let entry = journal.begin(&PAY, Some(note), &clock()).await.unwrap();
        entry.sending().await.unwrap();
        entry.ended(End::Unknown).await;
    }
    for journal in [journal, Journal::open(&path).unwrap()] {
        let open = journal.unresolved();
        let notes: Vec<_> = open
            .iter()
            .filter_map(|call| call.note.as_deref())
            .collect();
        assert_eq!(notes, ["first", "second"]);
        assert!(open.iter().all(|call| call.doubt == Doubt::Unknown));
    }
    let journal = Journal::open(&path).unwrap();
    let first = journal.unresolved().remove(0).id;
    journal.resolve("no such call").unwrap();
    journal.resolve(&first).unwrap();
    journal.resolve(&first).unwrap();
    assert_eq!(
        states(&path).iter().filter(|it| *it == "resolved").count(),
        1
    );
    assert_eq!(Journal::open(&path).unwrap().unresolved().len(), 1);
}

#[tokio::test]
async fn what_was_not_sent_is_not_listed() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    // Given up while it waited for the quota.
    drop(journal.begin(&PAY, None, &clock()).await.unwrap());
    // No connection, twice.
    let entry = journal.begin(&PAY, None, &clock()).await.unwrap();
    for _ in 0..2 {
        entry.sending().await.unwrap();
        entry.ended(End::NotSent).await;
    }
    drop(entry);
    assert!(journal.unresolved().is_empty());
    assert!(Journal::open(&path).unwrap().unresolved().is_empty());
    assert_eq!(
        states(&path),
        [
            "intent", "not_sent", "intent", "sending", "not_sent", "sending", "not_sent"
        ]
    );
}

/// The file cut at every byte: a call is listed exactly while its last whole line leaves it open, and the journal can
/// go on after the cut.
#[tokio::test]
async fn a_crash_at_any_byte_loses_no_call_that_was_sent() {
    let (folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    let entry = journal.begin(&PAY, Some("one"), &clock()).await.unwrap();
    entry.sending().await.unwrap();
    entry.ended(End::Answered(201)).await;
    let whole = fs::read(&path).unwrap();
    for cut in 0..=whole.len() {
        let path = folder.path().join(format!("{cut}.jsonl"));
        fs::write(&path, &whole[..cut]).unwrap();
        let whole_lines = whole[..cut].split(|byte| *byte == b'\n').count() - 1;
        // A line whose end alone is missing is as good as whole.
        let lacks_only_its_end = whole.get(cut) == Some(&b'\n');
        let lines = whole_lines + usize::from(lacks_only_its_end);
        let journal = Journal::open(&path).unwrap();
        assert_eq!(journal.unresolved().len(), usize::from(lines == 2), "{cut}");
        let entry = journal.begin(&PAY, Some("next"), &clock()).await.unwrap();
        entry.sending().await.unwrap();
        let again = Journal::open(&path).unwrap();
        assert_eq!(
            again.unresolved().len(),
            1 + usize::from(lines == 2),
            "{cut}"
        );
        assert!(again.unreadable_lines() <= 1);
    }
}

#[tokio::test]
async fn strange_lines_are_counted_and_skipped() {
    let (_folder, path) = place();
    fs::write(&path, b"{}\nnot json\n\xff\xfe\n\n{\"id\":\"a\",\"time\":\"never\",\"state\":\"sending\"}\n{\"id\":\"b\",\"time\":\"2024-01-31T08:30:00Z\",\"state\":\"sending\",\"more\":1}\n").unwrap();
    let journal = Journal::open(&path).unwrap();
    assert_eq!(journal.unreadable_lines(), 4);
    let open = journal.unresolved();
    assert_eq!(
        (open.len(), open[0].id.as_str(), open[0].operation.as_str()),
        (1, "b", "unknown")
    );
    assert_eq!(format!("{journal:?}"), "Journal { unresolved: 1, .. }");
}

#[test]
fn ids_differ_between_calls_and_runs() {
    let (_folder, path) = place();
    let journal = Journal::open(&path).unwrap();
    assert_ne!(journal.next_id(), journal.next_id());
    let other = Journal::open(&path).unwrap();
    assert_ne!(journal.next_id(), other.next_id());
}

#[test]
fn a_place_that_cannot_hold_a_journal_is_named() {
    let (folder, _) = place();
    let error = Journal::open(folder.path()).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Journal, Outcome::NotSent)
    );
    assert!(
        error.to_string().starts_with("client: the journal "),
        "{error}"
    );
    assert!(error.to_string().contains(" can't be used"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    assert!(Journal::open(folder.path().join("no").join("folder")).is_err());
}
