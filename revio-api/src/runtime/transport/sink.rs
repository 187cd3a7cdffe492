//! Where a response goes that isn't to be held in memory: an open file with a limit.

use bytes::{Bytes, BytesMut};
use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use tokio::sync::Mutex;

use crate::error::{BODY_KEPT, Error, Outcome};
use crate::meta::Meta;
use crate::operation::Operation;

/// An open file that takes a response of at most so many bytes, counted after decompression.
pub(crate) struct Sink {
    limit: u64,
    state: Mutex<State>,
}

struct State {
    file: File,
    /// The length of a whole response, once there is one.
    written: Option<u64>,
}

impl Sink {
    pub(crate) fn new(file: File, limit: u64) -> Self {
        let written = None;
        Self {
            limit,
            state: Mutex::new(State { file, written }),
        }
    }

    /// The length of what was written, or nothing if no whole response was.
    pub(crate) async fn written(&self) -> Option<u64> {
        self.state.lock().await.written
    }

    /// Writes the body of a response in place of what an earlier attempt left, and makes sure that it is on the disk. A
    /// short body is handed back as well, since it may be an envelope.
    pub(in crate::runtime) async fn fill(
        &self,
        operation: &'static Operation,
        meta: &Meta,
        response: &mut reqwest::Response,
    ) -> Result<Bytes, Error> {
        let too_large = || Error::too_large(operation, meta, self.limit);
        let unwritable = |error| {
            let detail = "the response could not be written to the file";
            Error::file(operation, Outcome::Unknown, detail, error)
        };
        if response
            .content_length()
            .is_some_and(|announced| announced > self.limit)
        {
            return Err(too_large());
        }
        let state = &mut *self.state.lock().await;
        state.written = None;
        state.restart().await.map_err(unwritable)?;
        let mut start = BytesMut::new();
        let mut length = 0;
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| Error::cut_off(operation, meta, error))?
        {
            length += chunk.len() as u64;
            if length > self.limit {
                return Err(too_large());
            }
            if length <= BODY_KEPT as u64 {
                start.extend_from_slice(&chunk);
            }
            state.file.write_all(&chunk).await.map_err(unwritable)?;
        }
        state.finish().await.map_err(unwritable)?;
        state.written = Some(length);
        if length > BODY_KEPT as u64 {
            start.clear();
        }
        Ok(start.freeze())
    }

    /// Writes bytes that are there already.
    pub(crate) async fn put(&self, bytes: &[u8]) -> std::io::Result<()> {
        let state = &mut *self.state.lock().await;
        state.restart().await?;
        state.file.write_all(bytes).await?;
        state.finish().await?;
        state.written = Some(bytes.len() as u64);
        Ok(())
    }

    pub(crate) const fn limit(&self) -> u64 {
        self.limit
    }
}

impl State {
    async fn restart(&mut self) -> std::io::Result<()> {
        self.file.rewind().await?;
        self.file.set_len(0).await
    }

    async fn finish(&mut self) -> std::io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await
    }
}
