//! A server on loopback that fails at the level of bytes, and counts what it would have carried out.
//!
//! Where it keeps a client waiting it lets [time](crate::time) pass, so it takes one client at a time.
//!
//! A request counts as carried out when the server has read it to its end, whatever it answers then.

mod reply;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fastrand::Rng;
use revio_test_server::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::time::pass;

/// What the server does with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Answers as it should.
    Nothing,
    /// Closes the connection without having read the request to its end.
    CloseUnread,
    /// Reads the request, then closes.
    ReadThenClose,
    /// Reads the request, then resets the connection.
    Reset,
    /// Reads the request, then never answers.
    Hang,
    /// Answers a byte at a time, without end.
    Drip,
    /// Closes within its answer.
    Truncated,
    /// Announces a shorter answer than it gives.
    TooShortLength,
    /// Announces a longer answer than it gives, and keeps the connection.
    TooLongLength,
    /// 429, with the header in this form.
    Busy(RetryAfter),
    /// 500.
    ServerError,
    /// 502 with a page of HTML.
    HtmlBadGateway,
    /// 200 that says `ok: false`.
    ErrorInSuccess,
    /// 200 with a page of HTML.
    HtmlInSuccess,
    /// A redirect to another address.
    Redirect,
    /// A small answer that unfolds to a huge one.
    GzipBomb,
    /// Takes the client's first bytes for something else than TLS.
    NotTls,
}

/// The forms of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryAfter {
    Seconds,
    Date,
    PastDate,
    Zero,
    Nonsense,
    Missing,
    /// More than any call has.
    Day,
}

type Script = Box<dyn FnMut(&mut Rng) -> Fault + Send>;

struct State {
    script: Script,
    rng: Rng,
    /// Requests of which at least one byte came.
    sends: usize,
    /// Requests that were read to their end, by the value of the query parameter `call`.
    effects: HashMap<String, usize>,
    open: usize,
}

/// The running server; it takes no more connections once it is dropped.
pub(crate) struct FaultServer {
    port: u16,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

/// What the connections share.
struct Shared {
    /// Where redirects lead.
    elsewhere: String,
    state: Mutex<State>,
    hang_up: Notify,
}

impl FaultServer {
    /// Starts a server that behaves until it gets another script.
    pub(crate) async fn start(seed: u64, elsewhere: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            elsewhere: elsewhere.to_owned(),
            state: Mutex::new(State {
                script: Box::new(|_| Fault::Nothing),
                rng: Rng::with_seed(seed),
                sends: 0,
                effects: HashMap::new(),
                open: 0,
            }),
            hang_up: Notify::new(),
        });
        let connections = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&connections);
                shared.lock().open += 1;
                tokio::spawn(async move {
                    shared.connection(stream).await;
                    shared.lock().open -= 1;
                });
            }
        });
        Self {
            port,
            shared,
            accepting,
        }
    }

    /// The address, as `http` or `https`.
    pub(crate) fn url(&self, scheme: &str) -> String {
        format!("{scheme}://127.0.0.1:{}/v1", self.port)
    }

    /// Decides for each request from now on, when its first byte has come.
    pub(crate) fn script(&self, script: impl FnMut(&mut Rng) -> Fault + Send + 'static) {
        self.shared.lock().script = Box::new(script);
    }

    /// Requests of which at least one byte came.
    pub(crate) fn sends(&self) -> usize {
        self.shared.lock().sends
    }

    /// How often this call was carried out.
    pub(crate) fn effects(&self, call: &str) -> usize {
        self.shared.lock().effects.get(call).copied().unwrap_or(0)
    }

    /// Closes every connection on which no request is under way.
    pub(crate) async fn close_idle(&self) {
        while self.shared.lock().open > 0 {
            self.shared.hang_up.notify_waiters();
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Shared {
    async fn connection(&self, mut stream: TcpStream) {
        let mut buffer = Vec::new();
        loop {
            let mut first = [0];
            let came = tokio::select! {
                came = stream.peek(&mut first) => came,
                () = self.hang_up.notified() => return,
            };
            if !matches!(came, Ok(1)) {
                return;
            }
            let (fault, rng) = self.decide();
            if !self.exchange(&mut stream, &mut buffer, fault, rng).await {
                return;
            }
        }
    }

    fn decide(&self) -> (Fault, Rng) {
        let mut state = self.lock();
        let state = &mut *state;
        let fault = (state.script)(&mut state.rng);
        state.sends += usize::from(fault != Fault::NotTls);
        (fault, state.rng.fork())
    }

    /// Takes one request; whether the connection is still of use.
    async fn exchange(
        &self,
        stream: &mut TcpStream,
        buffer: &mut Vec<u8>,
        fault: Fault,
        mut rng: Rng,
    ) -> bool {
        match fault {
            Fault::CloseUnread => {
                // Anything from nothing to the most of a small request.
                let mut part = vec![0; rng.usize(0..150)];
                let _ = stream.read(&mut part).await;
                return false;
            }
            Fault::NotTls => {
                let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
                return false;
            }
            _ => {}
        }
        let Some(call) = read_request(stream, buffer).await else {
            return false;
        };
        *self.lock().effects.entry(call).or_default() += 1;
        match fault {
            Fault::ReadThenClose => return false,
            Fault::Reset => {
                stream.set_zero_linger().expect("a socket");
                return false;
            }
            Fault::Hang => {
                keep_waiting(stream, b"").await;
                return false;
            }
            Fault::Drip => {
                let _ = stream.write_all(reply::ENDLESS).await;
                keep_waiting(stream, b" ").await;
                return false;
            }
            _ => {}
        }
        let mut answer = reply::bytes(fault, &self.elsewhere);
        if fault == Fault::Truncated {
            answer.truncate(rng.usize(1..answer.len()));
        }
        if stream.write_all(&answer).await.is_err() {
            return false;
        }
        match fault {
            Fault::TooLongLength => {
                keep_waiting(stream, b"").await;
                false
            }
            _ => fault != Fault::Truncated,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends this every second, until the client gives up.
async fn keep_waiting(stream: &mut TcpStream, each: &[u8]) {
    let mut byte = [0];
    while stream.write_all(each).await.is_ok() {
        tokio::select! {
            biased;
            _ = stream.read(&mut byte) => return,
            () = pass(Duration::from_secs(1)) => {}
        }
    }
}

/// An address to which nobody can connect while the socket is there: bound, so that nobody else gets the port, and
/// never listening.
pub(crate) fn deaf() -> (TcpSocket, String) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket
        .bind(([127, 0, 0, 1], 0).into())
        .expect("a free port");
    let address = socket.local_addr().expect("an address");
    (socket, format!("http://{address}/v1"))
}

/// Reads one request to its end and says which call it belongs to; `None` if the client closed the connection.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<String> {
    let request = Request::read(stream, buffer).await.ok()??;
    let mut query = request.query().into_iter();
    query.find_map(|(name, value)| (name == "call").then_some(value))
}
