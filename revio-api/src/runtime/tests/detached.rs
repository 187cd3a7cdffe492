//! Calls that move money end somewhere, whatever becomes of those who made them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use revio_test_server::{Action, Server, ok, reply};
use tokio::sync::mpsc;

use super::{CREATE, LIST, builder};
use crate::operation::Operation;
use crate::runtime::Parts;
use crate::{Client, Outcome};

/// What the hook was told: the operation, the note, the status or outcome, the id.
type Told = (
    &'static str,
    Option<String>,
    Result<u16, Outcome>,
    Option<i64>,
);

fn client(server: &Server) -> (Client, mpsc::UnboundedReceiver<Told>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let client = builder(server)
        .on_detached(move |detached| {
            // The test may have ended.
            let _ = sender.send((
                detached.operation().id(),
                detached.note().map(str::to_owned),
                detached.result().map_err(crate::Error::outcome),
                detached.created_id(),
            ));
        })
        .build()
        .unwrap();
    (client, receiver)
}

async fn call(client: Client, operation: &'static Operation) -> Result<u16, Outcome> {
    let mut transport = client.transport();
    transport.options_mut().note = Some("invoice 7".to_owned());
    transport
        .done(Parts::new(operation))
        .await
        .map(|reply| reply.status())
        .map_err(|error| error.outcome())
}

async fn received(server: &Server) {
    while server.captured().is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_dropped_call_goes_on_and_its_end_is_told() {
    let failed: fn() -> Action = || reply("500 Internal Server Error", &[], "");
    let created: fn() -> Action = || ok(r#"{"ok":true,"id":31}"#);
    for (answer, told, id) in [
        (created, Ok(200), Some(31)),
        (failed, Err(Outcome::Unknown), None),
    ] {
        let server = Server::start(move |_| answer()).await;
        let (client, mut hook) = client(&server);
        let calling = tokio::spawn(call(client.clone(), &CREATE));
        received(&server).await;
        calling.abort();
        if calling.await.is_ok() {
            // It was faster than the abort.
            continue;
        }
        assert_eq!(
            hook.recv().await,
            Some(("accounts_create", Some("invoice 7".to_owned()), told, id))
        );
        assert_eq!(server.captured().len(), 1);
    }
}

/// Dropped after any number of polls, a call has one end: its caller's, the hook's, or none because nothing was sent.
#[tokio::test]
async fn nothing_vanishes_whenever_a_call_is_dropped() {
    let mut ends = [0; 3];
    for polls in 0..200 {
        let server = Server::start(|_| ok(r#"{"ok":true,"id":1}"#)).await;
        let (client, mut hook) = client(&server);
        let mut calling = Box::pin(call(client, &CREATE));
        let mut left = polls;
        let answered = std::future::poll_fn(|context| {
            if left == 0 {
                return std::task::Poll::Ready(None);
            }
            left -= 1;
            // Polled in a row, without waiting to be woken.
            context.waker().wake_by_ref();
            calling.as_mut().poll(context).map(Some)
        })
        .await;
        drop(calling);
        if answered.is_some() {
            ends[0] += 1;
            assert!(hook.try_recv().is_err(), "told twice");
        } else if polls == 0 {
            ends[1] += 1;
        } else {
            ends[2] += 1;
            let told = hook.recv().await.expect("an end");
            assert_eq!(told.2, Ok(200));
        }
        assert!(server.captured().len() <= 1);
        assert_eq!(server.captured().is_empty(), polls == 0);
    }
    assert!(ends.iter().all(|count| *count > 0), "{ends:?}");
}

#[tokio::test]
async fn a_dropped_read_is_over() {
    let server = Server::start(|_| Action::Hang).await;
    let (client, mut hook) = client(&server);
    let calling = tokio::spawn(call(client, &LIST));
    received(&server).await;
    calling.abort();
    assert!(calling.await.unwrap_err().is_cancelled());
    assert!(hook.try_recv().is_err());
}

#[test]
fn a_runtime_that_stops_leaves_an_unknown_outcome() {
    let told = Arc::new(Mutex::new(Vec::new()));
    // On one thread, where nothing runs any more once the runtime is being dropped.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let log = Arc::clone(&told);
    runtime.block_on(async move {
        let server = Server::start(|_| Action::Hang).await;
        let client = builder(&server)
            .timeout(Duration::from_secs(3600))
            .on_detached(move |detached| {
                let outcome = detached.result().unwrap_err().outcome();
                log.lock()
                    .unwrap()
                    .push((detached.operation().id(), outcome));
            })
            .build()
            .unwrap();
        let calling = tokio::spawn(call(client, &CREATE));
        received(&server).await;
        drop(calling);
    });
    drop(runtime);
    assert_eq!(
        *told.lock().unwrap(),
        [("accounts_create", Outcome::Unknown)]
    );
}
