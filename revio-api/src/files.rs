//! Responses that are files, written to the disk as they arrive.
//!
//! ```no_run
//! # #[cfg(feature = "unverified")]
//! # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
//! use revio_api::files::SaveFile;
//! use revio_api::ids::ReportId;
//!
//! let response = client.reports().result(ReportId(5)).save_to("report.csv", 200 << 20).await?;
//! println!("{} bytes", response.value.bytes);
//! # Ok(())
//! # }
//! ```

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::{Builder, NamedTempFile, TempPath};

use crate::error::{Error, Outcome};
use crate::operation::Operation;
use crate::request::Request;
use crate::response::Response;
use crate::runtime::Sink;
use crate::types::FileBody;

/// A file that a response was written to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SavedFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its length, decompressed.
    pub bytes: u64,
    /// The `Content-Type` that the server gave, if any.
    pub content_type: Option<String>,
}

/// Adds [`save_to`](SaveFile::save_to) to requests whose response is a file.
pub trait SaveFile: Request<Output = FileBody> + Send {
    /// Sends the request and writes the response to a file while it arrives, so that it is never held in memory as a whole.
    ///
    /// `max_bytes` limits the file, counted after decompression; the client's limit for responses in memory doesn't apply.
    /// The time limits do: a large file may need [`with_timeout`](Request::with_timeout).
    ///
    /// The file appears at its path when it is complete and on the disk, and replaces what was there. Until then it is
    /// written under another name in the same folder, and removed if the call fails or is dropped. An attempt after a
    /// response that broke off starts anew. On Unix only its owner may read the file: responses hold personal data.
    ///
    /// # Errors
    /// Those of every call; [`TooLarge`](crate::ErrorKind::TooLarge) above the limit, and
    /// [`File`](crate::ErrorKind::File) when the file can't be written: with an outcome of `NotSent` if that showed before
    /// the call.
    fn save_to(
        mut self,
        path: impl AsRef<Path> + Send,
        max_bytes: u64,
    ) -> impl Future<Output = Result<Response<SavedFile>, Error>> + Send {
        async move {
            let path = path.as_ref().to_owned();
            save(Self::OPERATION, path, max_bytes, move |sink| {
                self.options_mut().sink = Some(sink);
                self.send()
            })
            .await
        }
    }
}

impl<R: Request<Output = FileBody> + Send> SaveFile for R {}

/// Sends a request with a sink and gives the file its name.
pub(crate) async fn save<F>(
    operation: &'static Operation,
    path: PathBuf,
    max_bytes: u64,
    send: impl FnOnce(Arc<Sink>) -> F,
) -> Result<Response<SavedFile>, Error>
where
    F: Future<Output = Result<Response<FileBody>, Error>>,
{
    let (file, partial) = create(path.clone()).await.map_err(|error| {
        let detail = "no file can be created in the folder that the response was to go to";
        Error::file(operation, Outcome::NotSent, detail, error)
    })?;
    let sink = Arc::new(Sink::new(file, max_bytes));
    let response = send(Arc::clone(&sink)).await?;
    let unwritable = |error| {
        let detail = "the response could not be written to the file";
        Error::file(operation, Outcome::Unknown, detail, error)
    };
    let bytes = if let Some(written) = sink.written().await {
        written
    } else {
        // A request of the caller's own, that stands in for the server.
        let length = response.value.bytes.len() as u64;
        if length > sink.limit() {
            return Err(Error::file_too_large(operation, sink.limit()));
        }
        sink.put(&response.value.bytes).await.map_err(unwritable)?;
        length
    };
    drop(sink);
    let path = publish(partial, path).await.map_err(unwritable)?;
    Ok(response.map(|body| SavedFile {
        path,
        bytes,
        content_type: body.content_type,
    }))
}

/// Opens a file of another name in the folder of `path`. It is removed when its path is dropped.
async fn create(path: PathBuf) -> std::io::Result<(tokio::fs::File, TempPath)> {
    let create = move || {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if path.file_name().is_none() || path.is_dir() {
            let problem = "the path is a folder";
            return Err(std::io::Error::new(
                std::io::ErrorKind::IsADirectory,
                problem,
            ));
        }
        Builder::new()
            .prefix(".revio-")
            .suffix(".part")
            .tempfile_in(folder)
    };
    let (file, partial) = blocking(create).await.map(NamedTempFile::into_parts)?;
    Ok((tokio::fs::File::from_std(file), partial))
}

/// Gives a complete file its name.
async fn publish(partial: TempPath, path: PathBuf) -> std::io::Result<PathBuf> {
    blocking(move || match partial.persist(&path) {
        Ok(()) => Ok(path),
        Err(error) => Err(error.error),
    })
    .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> std::io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(std::io::Error::other)?
}
