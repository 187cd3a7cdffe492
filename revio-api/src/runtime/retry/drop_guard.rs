//! An error that must reach somebody.

use crate::error::Error;
use crate::observe::Detached;
use crate::operation::Operation;
use crate::runtime::transport::core::Core;
use crate::runtime::transport::response::Received;

/// The error of a call that may have happened, while its caller isn't told of it yet. If the caller goes away before,
/// the client's hook is told.
pub(crate) struct DropGuard<'a> {
    core: &'a Core,
    operation: &'static Operation,
    note: Option<&'a str>,
    error: Option<Error>,
}

impl Core {
    /// Keeps an error until its caller is told.
    pub(crate) fn untold<'a>(
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
    pub(crate) fn tell(mut self) -> Error {
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
