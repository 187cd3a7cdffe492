//! A file that follows the state.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use super::image::{self, Image};
use super::{DataError, Problem};
use crate::clock::Clock;
use crate::schema::Api;
use crate::store::Entry;

/// Calls are gathered up into a new image when they take more bytes than this, and more than the
/// image itself several times over.
const GATHERED_FROM: u64 = 4 << 20;

/// Calls take this many times the bytes of the image before they are gathered up.
const GATHERED_AT: u64 = 4;

/// Reads a file.
pub(crate) fn read(api: &Api, path: &Path) -> Result<Image, DataError> {
    let failed = |problem| DataError::new(path, problem);
    let bytes = fs::read(path).map_err(|error| failed(error.into()))?;
    Image::read(api, &bytes).map_err(failed)
}

/// Puts bytes in the place of a file, all of them or none.
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

/// The path with something behind its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// An open file that each call is added to.
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    /// Bytes that are whole lines.
    length: u64,
    /// Bytes of the image at the beginning.
    image: u64,
    /// Held as long as this exists, so that no other sandbox writes here.
    _lock: File,
}

impl Journal {
    /// Claims a file, and says what is in it, if it exists. What a killed process left unfinished
    /// at the end is cut off.
    pub(crate) fn open(api: &Api, path: &Path) -> Result<(Claim, Option<Image>), DataError> {
        let failed = |problem| DataError::new(path, problem);
        let claim = Claim::on(path).map_err(failed)?;
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error.into())),
        };
        let image = (!bytes.is_empty()).then(|| Image::read(api, &bytes));
        Ok((claim, image.transpose().map_err(failed)?))
    }

    /// Adds a call.
    pub(crate) fn add(&mut self, clock: &Clock, entries: &[Entry]) -> Result<(), DataError> {
        let line = image::call(clock, entries);
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            // Half a line must not stay in front of later ones.
            let cut = self.file.set_len(self.length);
            return Err(DataError::new(
                &self.path,
                cut.err().unwrap_or(error).into(),
            ));
        }
        self.length += line.len() as u64;
        Ok(())
    }

    /// Whether it is time for a new image.
    pub(crate) fn is_long(&self) -> bool {
        let calls = self.length - self.image;
        calls > GATHERED_FROM && calls / GATHERED_AT > self.image
    }

    /// Starts anew with an image.
    pub(crate) fn restart(&mut self, image: &[u8]) -> Result<(), DataError> {
        replace(&self.path, image)?;
        let file = append(&self.path).map_err(|error| DataError::new(&self.path, error.into()))?;
        self.file = file;
        self.length = image.len() as u64;
        self.image = self.length;
        Ok(())
    }
}

/// A file that no other sandbox may write.
pub(crate) struct Claim {
    path: PathBuf,
    lock: File,
}

impl Claim {
    fn on(path: &Path) -> Result<Self, Problem> {
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

    /// Follows the state from here on. `found` is what was read, `image` the state as it is now: a
    /// file that is new or has calls behind its image starts anew with it.
    pub(crate) fn follow(self, found: Option<&Image>, image: &[u8]) -> Result<Journal, DataError> {
        let failed = |error: io::Error| DataError::new(&self.path, error.into());
        let is_current = found.is_some_and(|found| !found.has_calls);
        if is_current {
            // An unfinished line may stand behind the image.
            let file = append(&self.path).map_err(failed)?;
            let length = found.map_or(0, |found| found.length) as u64;
            file.set_len(length).map_err(failed)?;
            return Ok(Journal {
                file,
                length,
                image: length,
                path: self.path,
                _lock: self.lock,
            });
        }
        replace(&self.path, image)?;
        let length = image.len() as u64;
        Ok(Journal {
            file: append(&self.path).map_err(failed)?,
            length,
            image: length,
            path: self.path,
            _lock: self.lock,
        })
    }
}

fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(path)
}
