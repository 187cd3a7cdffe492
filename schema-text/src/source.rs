//! Finding and reading schema files.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::{Diagnostic, Document, json, yaml};

/// The most bytes of a file.
const MOST: u64 = 8 << 20;

/// A text and the name it has in messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the project root, with forward slashes.
    pub path: String,
    /// The content.
    pub text: String,
}

/// Reads a text that is JSON when it starts with `{`, and YAML otherwise.
///
/// # Errors
/// What [`json`] or [`yaml`] says of it.
pub fn parse(source: &Source) -> Result<Document, Vec<Diagnostic>> {
    let text = source.text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        json(source)
    } else {
        yaml(source)
    }
}

/// Reads every file under `root`/`dir` whose name ends in `.extension`, in the order of their paths.
///
/// Sub-folders are read too; names that start with a dot are not. Symbolic links are not followed.
///
/// ```
/// use std::path::Path;
///
/// let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
/// let sources = api_schema_text::read_dir(crate_root, "src", "rs")?;
/// assert!(sources.iter().any(|source| source.path == "src/lib.rs"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When a folder or file can't be read, is a link or a device, is larger than 8 MiB, or isn't UTF-8. The message names it.
pub fn read_dir(root: &Path, dir: &str, extension: &str) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    collect(root, dir.trim_matches('/'), extension, &mut sources)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn collect(root: &Path, dir: &str, extension: &str, into: &mut Vec<Source>) -> io::Result<()> {
    let folder = root.join(dir);
    for entry in fs::read_dir(&folder).map_err(|error| named(&folder, &error))? {
        let entry = entry.map_err(|error| named(&folder, &error))?;
        let name = entry.file_name().into_string().map_err(|name| {
            let message = format!("{}: the name isn't UTF-8", folder.join(name).display());
            io::Error::new(io::ErrorKind::InvalidData, message)
        })?;
        if name.starts_with('.') {
            continue;
        }
        let path = if dir.is_empty() {
            name.clone()
        } else {
            format!("{dir}/{name}")
        };
        let file = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(root, &path, extension, into)?;
        } else if Path::new(&name)
            .extension()
            .is_some_and(|it| it == extension)
        {
            let text = read_file(&file).map_err(|error| named(&file, &error))?;
            into.push(Source { path, text });
        }
    }
    Ok(())
}

/// The text of a file. A link is not followed, and what never ends is not read.
///
/// # Errors
/// When it can't be read, is a link or a device, is larger than 8 MiB, or isn't UTF-8.
pub fn read_file(file: &Path) -> io::Result<String> {
    let refuse = |message: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    if !fs::symlink_metadata(file)?.is_file() {
        return refuse("it is no regular file");
    }
    let mut text = String::new();
    fs::File::open(file)?
        .take(MOST + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > MOST {
        return refuse("it is larger than 8 MiB");
    }
    Ok(text)
}

/// The same error with the path in front: the standard library leaves it out.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
