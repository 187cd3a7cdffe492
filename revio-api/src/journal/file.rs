//! The file: lines are added at its end and never changed.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// A file of lines, open for adding more.
pub(super) struct File {
    file: fs::File,
    /// Whether the file ends within a line, because a crash or a full disk cut it short.
    torn: bool,
}

impl File {
    /// Opens the file, or makes one, and reads the lines that are there.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Vec<Vec<u8>>)> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        sync_folder(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let torn = text.last().is_some_and(|last| *last != b'\n');
        let lines = text
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(<[u8]>::to_vec)
            .collect();
        Ok((Self { file, torn }, lines))
    }

    /// Adds a line, which brings its own end. With `sync` it is on the disk when this returns.
    pub(super) fn append(&mut self, line: &[u8], sync: bool) -> io::Result<()> {
        if self.torn {
            self.file.write_all(b"\n")?;
        }
        // Until the line is whole.
        self.torn = true;
        self.file.write_all(line)?;
        self.torn = false;
        if sync {
            self.file.sync_data()?;
        }
        Ok(())
    }
}

/// A new file is safe only once its folder knows of it for good. Only Unix can be asked for that.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
