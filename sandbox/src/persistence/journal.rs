//! The data file: a snapshot, and the journal of the calls since.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use super::error::{DataError, Problem};
use super::snapshot::{self, Snapshot};
use crate::clock::Clock;
use crate::schema::Api;
use crate::store::Entry;

/// A journal above this many bytes is compacted into a new snapshot, if it is also several times as
/// long as the snapshot.
const COMPACT_FROM: u64 = 4 << 20;

/// How many times the length of the snapshot a journal may have.
const COMPACT_AT: u64 = 4;

/// Reads a file.
pub(crate) fn read(api: &Api, path: &Path) -> Result<Snapshot, DataError> {
    let failed = |problem| DataError::new(path, problem);
    let bytes = fs::read(path).map_err(|error| failed(error.into()))?;
    Snapshot::read(api, &bytes).map_err(failed)
}

/// Replaces the content of a file: with all bytes, or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), DataError> {
    swap(path, bytes).map_err(|error| DataError::new(path, error.into()))
}

fn swap(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = beside(path, "new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

/// The path with an extension appended.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// An open data file; each call appends a line.
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    /// Bytes of whole lines.
    length: u64,
    /// Bytes of the snapshot at the beginning.
    snapshot: u64,
    /// Held while this exists, so that no other sandbox writes to the file.
    _lock: File,
}

impl Journal {
    /// Locks a file and reads it, if it exists. The unfinished last line of a killed process is
    /// ignored.
    pub(crate) fn open(
        api: &Api,
        path: &Path,
    ) -> Result<(LockedFile, Option<Snapshot>), DataError> {
        let failed = |problem| DataError::new(path, problem);
        let lock = LockedFile::open(path).map_err(failed)?;
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error.into())),
        };
        let snapshot = (!bytes.is_empty()).then(|| Snapshot::read(api, &bytes));
        Ok((lock, snapshot.transpose().map_err(failed)?))
    }

    /// Appends a call.
    pub(crate) fn append(&mut self, clock: &Clock, entries: &[Entry]) -> Result<(), DataError> {
        let line = snapshot::call(clock, entries);
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            // A later line must not follow half a line.
            let cut = self.file.set_len(self.length);
            return Err(DataError::new(
                &self.path,
                cut.err().unwrap_or(error).into(),
            ));
        }
        self.length += line.len() as u64;
        Ok(())
    }

    /// Whether the journal is to be compacted into a new snapshot.
    pub(crate) fn is_long(&self) -> bool {
        let calls = self.length - self.snapshot;
        calls > COMPACT_FROM && calls / COMPACT_AT > self.snapshot
    }

    /// Replaces the file with a snapshot.
    pub(crate) fn restart(&mut self, snapshot: &[u8]) -> Result<(), DataError> {
        replace(&self.path, snapshot)?;
        let file =
            open_to_append(&self.path).map_err(|error| DataError::new(&self.path, error.into()))?;
        self.file = file;
        self.length = snapshot.len() as u64;
        self.snapshot = self.length;
        Ok(())
    }
}

/// A data file that no other sandbox can open.
pub(crate) struct LockedFile {
    path: PathBuf,
    lock: File,
}

impl LockedFile {
    fn open(path: &Path) -> Result<Self, Problem> {
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(beside(path, "lock"))?;
        match FileExt::try_lock(&lock) {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                lock,
            }),
            Err(TryLockError::WouldBlock) => Err(Problem::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Starts the journal. `found` is what was read, `snapshot` the state as it is now: a file that
    /// is new or has calls after its snapshot is replaced with it.
    pub(crate) fn start(
        self,
        found: Option<&Snapshot>,
        snapshot: &[u8],
    ) -> Result<Journal, DataError> {
        let failed = |error: io::Error| DataError::new(&self.path, error.into());
        let is_current = found.is_some_and(|found| !found.has_calls);
        if is_current {
            // An unfinished line may follow the snapshot.
            let file = open_to_append(&self.path).map_err(failed)?;
            let length = found.map_or(0, |found| found.length) as u64;
            file.set_len(length).map_err(failed)?;
            return Ok(Journal {
                file,
                length,
                snapshot: length,
                path: self.path,
                _lock: self.lock,
            });
        }
        replace(&self.path, snapshot)?;
        let length = snapshot.len() as u64;
        Ok(Journal {
            file: open_to_append(&self.path).map_err(failed)?,
            length,
            snapshot: length,
            path: self.path,
            _lock: self.lock,
        })
    }
}

fn open_to_append(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(path)
}
