//! A journal of calls that move money, so that a crash leaves no doubt which of them to look into.
//!
//! A client with a [`Journal`] writes down each such call before it is sent, and waits until that is on the disk. After
//! a crash, or whenever an outcome stayed unknown, [`Journal::unresolved`] lists the calls that may have happened.
//!
//! # What is in the file
//! One JSON object a line, only ever added to: the call's id, the time, and its state, with the operation and the
//! caller's own [note](crate::Request::with_note) in the first line of each call. No body, no header, nothing of a
//! customer.
//!
//! | state | written | after a crash |
//! |---|---|---|
//! | `intent` | when the call is made, before it waits for the quota | it was not sent |
//! | `sending` | before each attempt, and on the disk before the attempt begins | unresolved |
//! | `answered` | the server answered, with this status | settled |
//! | `not_sent` | no connection was made, or the call was given up before | it was not sent |
//! | `unknown` | no answer, or one that leaves open what happened | unresolved |
//! | `resolved` | by [`Journal::resolve`], or a look-up that found the payment | settled |
//!
//! A line that was cut short by a crash is skipped: it was not on the disk yet, so what it announced had not begun.
//!
//! One program at a time may write to a file. When no call is under way or unresolved, the file may be moved away.
//!
//! ```
//! use revio_api::journal::Journal;
//! use revio_api::{Client, Credentials};
//!
//! # let directory = std::env::temp_dir().join(format!("revio-api-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&directory)?;
//! # let path = directory.join("payments.jsonl");
//! let journal = Journal::open(&path)?;
//! for call in journal.unresolved() {
//!     println!("{} of {:?}: look into {:?}", call.operation, call.time, call.note);
//! }
//! let client = Client::builder(Credentials::new("api_user", "client_code", "password"))
//!     .journal(journal)
//!     .build()?;
//! # std::fs::remove_dir_all(&directory)?;
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod entry;
mod file;
mod line;
mod open_calls;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

pub(crate) use self::entry::{End, Entry};
use self::file::File;
use self::line::{Line, State};
use self::open_calls::OpenCalls;
use crate::clock::{Clock, TokioClock};
use crate::error::Error;

/// A journal of calls that move money, in a file. Clones share it.
///
/// ```
/// use revio_api::journal::Journal;
///
/// # let directory = std::env::temp_dir().join(format!("revio-api-doc-journal-{}", std::process::id()));
/// # std::fs::create_dir_all(&directory)?;
/// # let path = directory.join("payments.jsonl");
/// let journal = Journal::open(&path)?;
/// assert!(journal.unresolved().is_empty());
/// # std::fs::remove_dir_all(&directory)?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Journal {
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    file: File,
    open: OpenCalls,
    unreadable: usize,
    /// For ids: the same in no other journal.
    prefix: String,
    next: u64,
}

/// A call that may have happened.
///
/// ```
/// # fn example(journal: &revio_api::journal::Journal) -> Result<(), revio_api::Error> {
/// use revio_api::journal::Doubt;
///
/// for call in journal.unresolved() {
///     if call.doubt == Doubt::Unanswered {
///         println!("{} was under way: {:?}", call.operation, call.note);
///     }
/// }
/// # Ok(())
/// # }
/// # let _ = example;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unresolved {
    /// The call's name in the journal.
    pub id: String,
    /// The operation's id, such as `payments_create`.
    pub operation: String,
    /// When the call was made.
    pub time: SystemTime,
    /// The caller's own note.
    pub note: Option<String>,
    /// Why it isn't known what happened.
    pub doubt: Doubt,
}

/// Why it isn't known whether a call happened.
///
/// ```
/// use revio_api::journal::Doubt;
///
/// assert_ne!(Doubt::Unanswered, Doubt::Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// An attempt began and has not ended: it is still under way, or the program stopped.
    Unanswered,
    /// An attempt ended without a response that says what happened.
    Unknown,
}

impl Journal {
    /// Opens a journal, and makes an empty one if there is none.
    ///
    /// # Errors
    /// When the file can't be opened, read or written.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let (file, lines) = File::open(path).map_err(|error| {
            Error::journal(
                None,
                format!("the journal {} can't be used", path.display()),
                error,
            )
        })?;
        let mut open = OpenCalls::default();
        let mut unreadable = 0;
        for line in &lines {
            match Line::read(line) {
                Some(line) => open.apply(&line),
                None => unreadable += 1,
            }
        }
        open.forget_unsent();
        let start = TokioClock
            .system_time()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Ok(Self {
            shared: Arc::new(Mutex::new(Shared {
                file,
                open,
                unreadable,
                prefix: format!("{:x}-{:x}", start.as_micros(), std::process::id()),
                next: 1,
            })),
        })
    }

    /// The calls that may have happened, oldest first. Those that are under way now are among them.
    ///
    /// Look each one up, then say so with [`resolve`](Self::resolve).
    pub fn unresolved(&self) -> Vec<Unresolved> {
        self.lock().open.unresolved()
    }

    /// Says that it is known now what became of a call. Nothing happens if the journal has no such unresolved call.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn resolve(&self, id: &str) -> Result<(), Error> {
        if !self.unresolved().iter().any(|call| call.id == id) {
            return Ok(());
        }
        let now = TokioClock.system_time();
        self.append(&Line::new(id, now, State::Resolved), true)
            .map_err(|error| Error::journal(None, "the journal can't be written", error))
    }

    /// How many lines of the file could not be read when it was opened. A crash while writing leaves one each time;
    /// more than that means that something else wrote to the file.
    pub fn unreadable_lines(&self) -> usize {
        self.lock().unreadable
    }

    /// Adds a line. With `sync` it is on the disk when this returns.
    fn append(&self, line: &Line<'_>, sync: bool) -> std::io::Result<()> {
        let mut shared = self.lock();
        shared.file.append(&line.to_text(), sync)?;
        shared.open.apply(line);
        Ok(())
    }

    fn next_id(&self) -> String {
        let mut shared = self.lock();
        let id = format!("{}-{:x}", shared.prefix, shared.next);
        shared.next += 1;
        id
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal")
            .field("unresolved", &self.unresolved().len())
            .finish_non_exhaustive()
    }
}
