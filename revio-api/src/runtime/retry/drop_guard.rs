//! Drop guard: reports an error through `on_detached` if its future is dropped before the caller sees it.

use crate::error::Error;
use crate::observe::Detached;
use crate::operation::Operation;
use crate::runtime::transport::core::Core;
use crate::runtime::transport::response::Received;

/// Holds the error of a call that may have happened until its caller sees it. If the caller's future is dropped before,
/// the error goes to the client's `on_detached` hook.
pub(crate) struct DropGuard<'a> {
    core: &'a Core,
    operation: &'static Operation,
    note: Option<&'a str>,
    error: Option<Error>,
}

impl Core {
    /// Guards an error until its caller sees it.
    pub(crate) fn guard_error<'a>(
        &'a self,
        operation: &'static Operation,
        note: Option<&'a str>,
        error: Error,
    ) -> DropGuard<'a> {
        DropGuard {
            core: self,
            operation,
            note,
            error: Some(error),
        }
    }
}

impl DropGuard<'_> {
    /// The error, for the caller.
    pub(crate) fn release(mut self) -> Error {
        self.error
            .take()
            .unwrap_or_else(|| Error::interrupted(self.operation))
    }
}

impl Drop for DropGuard<'_> {
    fn drop(&mut self) {
        let Some(error) = self.error.take() else {
            return;
        };
        let result: Result<Received, Error> = Err(error);
        let journal_id = result.as_ref().err().and_then(Error::journal_id);
        self.core.hooks.detached(&Detached {
            operation: self.operation,
            note: self.note,
            journal_id,
            result: &result,
        });
    }
}
