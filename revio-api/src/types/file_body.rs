//! A response that isn't JSON.

use std::fmt;

use bytes::Bytes;

/// The bytes of a file that the server sent, such as a PDF or a report.
///
/// `Debug` shows the length and the content type, never the content.
///
/// ```no_run
/// # async fn example(file: revio_api::types::FileBody) -> std::io::Result<()> {
/// println!("{:?}", file.content_type);
/// std::fs::write("report.pdf", &file.bytes)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileBody {
    /// The content, decompressed.
    pub bytes: Bytes,
    /// The `Content-Type` that the server gave, if any.
    pub content_type: Option<String>,
}

impl FileBody {
    pub(crate) fn new(bytes: Bytes, content_type: Option<String>) -> Self {
        Self {
            bytes,
            content_type,
        }
    }
}

impl fmt::Debug for FileBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileBody")
            .field("bytes", &format_args!("<{} bytes>", self.bytes.len()))
            .field("content_type", &self.content_type)
            .finish()
    }
}

impl AsRef<[u8]> for FileBody {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}
