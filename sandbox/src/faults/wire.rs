//! A connection that can be taken away from the HTTP library.
//!
//! A handler that wants to misbehave leaves a [`Script`] with its connection and answers anything.
//! As soon as the library starts to write that answer, the script is carried out in its place, and
//! then the connection ends.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::script::{Script, Step};

/// A handler's hold on the connection that its call came by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hold(Arc<Mutex<Option<Script>>>);

impl Hold {
    /// What happens in place of the next answer.
    pub(crate) fn take_over(&self, script: Script) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(script);
    }

    fn script(&self) -> Option<Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A TCP connection with a script that may take over.
pub(crate) struct Wire {
    inner: TcpStream,
    hold: Hold,
    running: Option<Running>,
}

struct Running {
    steps: VecDeque<Step>,
    /// How much of the first step is written.
    written: usize,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    pub(crate) fn new(inner: TcpStream, hold: Hold) -> Self {
        Self {
            inner,
            hold,
            running: None,
        }
    }

    /// Carries the script out, if there is one. When it is done, writing fails, which makes the
    /// library drop the connection.
    fn run(&mut self, context: &mut Context<'_>) -> Option<Poll<io::Error>> {
        if self.running.is_none() {
            self.running = self.hold.script().map(|script| Running {
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
                    // Where the system can't, the caller sees an ordinary end: still no reply.
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

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
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
