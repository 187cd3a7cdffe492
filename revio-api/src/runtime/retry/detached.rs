//! Attempts that outlive the future that asked for them.
//!
//! A payment that is under way can't be called back: closing the connection leaves open what the server does. So an
//! attempt that moves money runs as a task of its own. If its caller is gone when it ends, its result goes to the
//! client's hook. If the task itself is ended, because the runtime stops, that is reported as an unknown outcome.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot::{self, Receiver, Sender};
use tracing::Instrument;

use crate::error::Error;
use crate::journal::{End, Entry};
use crate::observe::Detached;
use crate::runtime::transport::attempt::Call;
use crate::runtime::transport::core::Core;
use crate::runtime::transport::response::Received;

type Outcome = Result<Received, Error>;

impl Core {
    /// Sends a call once, to its end, whether or not somebody waits for it.
    pub(in crate::runtime) async fn attempt_detached(
        self: &Arc<Self>,
        call: &Arc<Call>,
        entry: Option<&Arc<Entry>>,
        limit: Duration,
    ) -> Outcome {
        let (sender, receiver) = oneshot::channel();
        let running = Running {
            core: Arc::clone(self),
            call: Arc::clone(call),
            entry: entry.cloned(),
            caller: Some(sender),
        };
        tokio::spawn(running.finish(limit).in_current_span());
        let mut waiting = Waiting {
            core: self,
            call,
            entry,
            running: receiver,
        };
        (&mut waiting.running)
            .await
            .unwrap_or_else(|_| Err(Error::interrupted(call.operation)))
    }

    fn report(&self, call: &Call, entry: Option<&Arc<Entry>>, outcome: &Outcome) {
        self.hooks.detached(&Detached {
            operation: call.operation,
            note: call.note.as_deref(),
            journal_id: entry.map(|entry| entry.id()),
            result: outcome,
        });
    }
}

/// The task's side.
struct Running {
    core: Arc<Core>,
    call: Arc<Call>,
    entry: Option<Arc<Entry>>,
    /// There until the result is handed over.
    caller: Option<Sender<Outcome>>,
}

impl Running {
    async fn finish(mut self, limit: Duration) {
        let outcome = self.attempt(limit).await;
        self.hand_over(outcome);
    }

    async fn attempt(&self, limit: Duration) -> Outcome {
        let Some(entry) = &self.entry else {
            return self.core.attempt(&self.call, limit).await;
        };
        entry.sending().await?;
        let outcome = self.core.attempt(&self.call, limit).await;
        let end = match &outcome {
            Ok(received) if received.is_plausible() => End::Answered(received.meta.status),
            Ok(_) => End::Unknown,
            Err(error) => End::of(error),
        };
        entry.ended(end).await;
        outcome
    }

    fn hand_over(&mut self, outcome: Outcome) {
        let Some(caller) = self.caller.take() else {
            return;
        };
        if let Err(outcome) = caller.send(outcome) {
            self.core.report(&self.call, self.entry.as_ref(), &outcome);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.hand_over(Err(Error::interrupted(self.call.operation)));
    }
}

/// The caller's side.
struct Waiting<'a> {
    core: &'a Core,
    call: &'a Call,
    entry: Option<&'a Arc<Entry>>,
    running: Receiver<Outcome>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        // The result may have arrived without anybody looking any more.
        self.running.close();
        if let Ok(outcome) = self.running.try_recv() {
            self.core.report(self.call, self.entry, &outcome);
        }
    }
}
