//! What the journal holds of one call while it is made.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Journal;
use super::line::{Line, State};
use crate::clock::Clock;
use crate::error::{Error, Outcome};
use crate::operation::Operation;

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// With a response that says what happened.
    Answered(u16),
    /// Before anything was sent.
    NotSent,
    /// Without a response that says what happened.
    Unknown,
}

impl End {
    /// Of an attempt that failed.
    pub(crate) fn of(error: &Error) -> Self {
        match (error.outcome(), error.status()) {
            (Outcome::NotSent, _) => Self::NotSent,
            (Outcome::Rejected | Outcome::Executed, Some(status)) => Self::Answered(status),
            _ => Self::Unknown,
        }
    }
}

/// One call in the journal.
pub(crate) struct Entry {
    journal: Journal,
    clock: Arc<dyn Clock>,
    operation: &'static Operation,
    id: String,
    sent: AtomicBool,
}

impl Journal {
    /// Writes down that a call is about to be made.
    pub(crate) async fn begin(
        &self,
        operation: &'static Operation,
        note: Option<&str>,
        clock: &Arc<dyn Clock>,
    ) -> Result<Arc<Entry>, Error> {
        let entry = Arc::new(Entry {
            journal: self.clone(),
            clock: Arc::clone(clock),
            operation,
            id: self.next_id(),
            sent: AtomicBool::new(false),
        });
        let note = note.map(str::to_owned);
        // The next line will bring this one to the disk.
        entry
            .write(State::Intent, false, move |line| {
                line.operation = Some(operation.id().into());
                line.note = note.map(Into::into);
            })
            .await?;
        Ok(entry)
    }
}

impl Entry {
    /// The call's name in the journal.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Writes down that an attempt is about to begin, and waits until that is on the disk.
    pub(crate) async fn sending(self: &Arc<Self>) -> Result<(), Error> {
        self.write(State::Sending, true, |_| {}).await?;
        self.sent.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Writes down how an attempt ended. If that fails, the call stays unresolved, which is the safe side.
    pub(crate) async fn ended(self: &Arc<Self>, end: End) {
        let (state, status) = match end {
            End::Answered(status) => (State::Answered, Some(status)),
            End::NotSent => (State::NotSent, None),
            End::Unknown => (State::Unknown, None),
        };
        let written = self
            .write(state, false, move |line| line.status = status)
            .await;
        if written.is_err() {
            tracing::error!(
                operation = self.operation.id(),
                "the journal can't be written; the call stays unresolved in it"
            );
        }
    }

    async fn write(
        self: &Arc<Self>,
        state: State,
        sync: bool,
        fill: impl FnOnce(&mut Line<'_>) + Send + 'static,
    ) -> Result<(), Error> {
        let entry = Arc::clone(self);
        let writing = tokio::task::spawn_blocking(move || {
            let mut line = Line::new(&entry.id, entry.clock.system_time(), state);
            fill(&mut line);
            entry.journal.append(&line, sync)
        });
        let failed = match writing.await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error,
            Err(stopped) => std::io::Error::other(stopped),
        };
        Err(Error::journal(
            Some(self.operation),
            "the journal can't be written, so the call was not sent",
            failed,
        ))
    }
}

/// The call was given up before anything was sent, or it has ended.
impl Drop for Entry {
    fn drop(&mut self) {
        if !self.sent.load(Ordering::Relaxed) {
            let line = Line::new(&self.id, self.clock.system_time(), State::NotSent);
            // If it can't be written, the last line says that nothing was sent, all the same.
            let _ = self.journal.append(&line, false);
        }
        self.journal.lock().open.forget(&self.id);
    }
}
