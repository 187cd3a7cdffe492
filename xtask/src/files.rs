//! Writes files so that no symbolic link leads a write or a removal to another place.
//!
//! A base folder is taken as it is, since people may keep a clone or a target folder behind a link. Below it nothing is
//! followed: a link that somebody committed must not reach what lies outside.

use std::fs::{self, FileType, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// How the names of half-written files start.
const UNFINISHED: &str = ".regen-";

/// Something below a folder, and what it is itself: a link is a link, wherever it leads.
pub(crate) struct Entry {
    /// Its path from the base.
    pub(crate) path: PathBuf,
    pub(crate) kind: FileType,
}

impl Entry {
    /// The path as messages and generated files have it.
    pub(crate) fn name(&self) -> String {
        self.path.to_string_lossy().replace('\\', "/")
    }
}

/// Everything below a folder that may be missing, folders before what they hold. Links are not followed.
pub(crate) fn list(base: &Path, folder: &Path) -> Result<Vec<Entry>, String> {
    no_links(base, folder)?;
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let failed = |error: io::Error| format!("{}: {error}", folder.display());
        let entries = match fs::read_dir(base.join(&folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                open.push(path.clone());
            }
            found.push(Entry { path, kind });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

/// Removes an entry: a link itself, never what it leads to; a folder only when it is empty.
pub(crate) fn remove(base: &Path, entry: &Entry) -> Result<(), String> {
    let path = base.join(&entry.path);
    let removed = if entry.kind.is_dir() {
        fs::remove_dir(&path)
    } else {
        // On Windows a link to a folder is removed like a folder.
        fs::remove_file(&path).or_else(|error| {
            if entry.kind.is_symlink() {
                fs::remove_dir(&path)
            } else {
                Err(error)
            }
        })
    };
    removed.map_err(|error| format!("{}: {error}", entry.name()))
}

/// Removes what an interrupted write left in a folder, but not what is below that.
pub(crate) fn remove_unfinished(base: &Path, folder: &Path) -> Result<(), String> {
    no_links(base, folder)?;
    let failed = |error: io::Error| format!("{}: {error}", folder.display());
    let entries = match fs::read_dir(base.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        if !kind.is_dir() && entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let path = folder.join(entry.file_name());
            remove(base, &Entry { path, kind })?;
        }
    }
    Ok(())
}

/// The content of a file below `base`; `None` when there is nothing, an error when it is no file.
pub(crate) fn read(base: &Path, path: &Path) -> Result<Option<Vec<u8>>, String> {
    no_links(base, path.parent().unwrap_or(Path::new("")))?;
    if target(base, path)?.is_none() {
        return Ok(None);
    }
    let read = fs::read(base.join(path));
    read.map(Some)
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file below `base`, and the folders around it: all of it, or nothing.
pub(crate) fn write(base: &Path, path: &Path, text: &[u8]) -> Result<(), String> {
    let folder = path.parent().unwrap_or(Path::new(""));
    no_links(base, folder)?;
    let there = target(base, path)?;
    let write = || -> io::Result<()> {
        let folder = base.join(folder);
        fs::create_dir_all(&folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED);
        // As any new file: the umask takes away what others may not.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(text)?;
        if let Some(there) = there {
            file.as_file().set_permissions(there.permissions())?;
        }
        file.persist(base.join(path))?;
        Ok(())
    };
    write().map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes a file that a person named. Links are followed outside of the clone that it is in, not inside.
pub(crate) fn save(path: &Path, text: &[u8]) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}: {error}", path.display());
    let whole = std::path::absolute(path).map_err(failed)?;
    let folder = whole.parent().unwrap_or(&whole);
    let clone = folder.ancestors().find(|it| it.join(".git").exists());
    let base = clone.unwrap_or(folder);
    fs::create_dir_all(base).map_err(failed)?;
    write(base, whole.strip_prefix(base).unwrap_or(&whole), text)
}

/// What stands where a file is to be written: nothing, or a file.
fn target(base: &Path, path: &Path) -> Result<Option<Metadata>, String> {
    let name = path.display();
    match fs::symlink_metadata(base.join(path)) {
        Ok(there) if there.is_symlink() => Err(format!(
            "{name} is a symbolic link; remove it, or name the file it leads to"
        )),
        Ok(there) if there.is_file() => Ok(Some(there)),
        Ok(_) => Err(format!(
            "{name} is there, but is no file; remove it, or name another file"
        )),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// Each folder on the way from `base` to `folder` is a folder itself, as far as it exists, and the way leads down.
fn no_links(base: &Path, folder: &Path) -> Result<(), String> {
    let mut path = PathBuf::new();
    for part in folder.components() {
        path.push(part);
        let name = path.display();
        if !matches!(part, Component::Normal(_)) {
            return Err(format!("{} leads out of its folder", folder.display()));
        }
        match fs::symlink_metadata(base.join(&path)) {
            Ok(there) if there.is_symlink() => {
                return Err(format!(
                    "{name} is a symbolic link, and nothing is written through one; replace it by a folder"
                ));
            }
            Ok(there) if there.is_dir() => {}
            Ok(_) => return Err(format!("{name} is no folder; remove it")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(format!("{name}: {error}")),
        }
    }
    Ok(())
}
