//! What is known of a response beside its body.

use std::time::{Duration, SystemTime};

/// Status and headers that outlive the body.
#[derive(Clone, Default)]
pub(crate) struct Meta {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    /// What time it is for the server.
    pub(crate) date: Option<SystemTime>,
    pub(crate) attempts: u32,
    pub(crate) waited: Duration,
    pub(crate) journal_id: Option<Box<str>>,
}

impl Meta {
    /// The status by which the server says that it has created something.
    pub(crate) const CREATED: u16 = 201;

    /// Where the new record is, if there is one: with another status `Location` has another meaning.
    pub(crate) fn new_record(&self) -> Option<&str> {
        let location = self.location.as_deref();
        location.filter(|_| self.status == Self::CREATED)
    }
}
