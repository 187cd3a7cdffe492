//! A connection whose response can be replaced by a script.
//!
//! To inject a fault, a handler puts a [`Script`] into the [`ScriptSlot`] of its connection and
//! returns any response. When the HTTP library starts to write that response, the script runs
//! instead, and then the connection ends.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::script::{Script, Step};

/// Where a handler leaves a script for the connection of its request.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScriptSlot(Arc<Mutex<Option<Script>>>);

impl ScriptSlot {
    /// Replaces the next response.
    pub(crate) fn replace_response(&self, script: Script) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(script);
    }

    fn script(&self) -> Option<Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A TCP connection whose writes a script may replace.
pub(crate) struct ScriptedStream {
    inner: TcpStream,
    slot: ScriptSlot,
    running: Option<Running>,
}

struct Running {
    steps: VecDeque<Step>,
    /// How much of the first step is written.
    written: usize,
    pause: Option<Pin<Box<Sleep>>>,
}

impl ScriptedStream {
    pub(crate) fn new(inner: TcpStream, slot: ScriptSlot) -> Self {
        Self {
            inner,
            slot,
            running: None,
        }
    }

    /// Runs the script, if there is one. At its end writing fails, so that the library drops the
    /// connection.
    fn run(&mut self, context: &mut Context<'_>) -> Option<Poll<io::Error>> {
        if self.running.is_none() {
            self.running = self.slot.script().map(|script| Running {
                steps: script.steps,
                written: 0,
                pause: None,
            });
        }
        let running = self.running.as_mut()?;
        Some(running.go(&mut self.inner, context))
    }
}

impl Running {
    fn go(&mut self, inner: &mut TcpStream, context: &mut Context<'_>) -> Poll<io::Error> {
        loop {
            match self.steps.front() {
                Some(Step::Write(bytes)) => {
                    let rest = bytes.get(self.written..).unwrap_or_default();
                    if rest.is_empty() {
                        self.written = 0;
                        self.steps.pop_front();
                        continue;
                    }
                    match ready!(Pin::new(&mut *inner).poll_write(context, rest)) {
                        Ok(count) => self.written += count,
                        Err(error) => return Poll::Ready(error),
                    }
                }
                Some(Step::Pause(time)) => {
                    let time = *time;
                    let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(time)));
                    ready!(pause.as_mut().poll(context));
                    self.pause = None;
                    self.steps.pop_front();
                }
                Some(Step::Reset) => {
                    // Where this isn't supported, the connection is closed: still no response.
                    let _ = inner.set_zero_linger();
                    return Poll::Ready(over());
                }
                Some(Step::Close) | None => return Poll::Ready(over()),
            }
        }
    }
}

fn over() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "ended by a fault rule")
}

impl AsyncRead for ScriptedStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for ScriptedStream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match this.run(context) {
            Some(done) => done.map(Err),
            None => Pin::new(&mut this.inner).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(context)
    }
}
