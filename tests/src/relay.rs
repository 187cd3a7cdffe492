//! A relay that can lose or hold back what it is to pass on.
//!
//! Each request gets a connection of its own to the server, closed after the reply, so that the relay knows where a
//! reply ends without reading it.

use std::sync::Arc;

use revio_test_server::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The server gets it, and its reply comes back.
    Pass,
    /// The server gets it and answers, and the connection breaks before a byte of the reply is through.
    LoseReply,
    /// The server gets it and answers, and the reply stays with the relay, on an open connection.
    HoldReply,
    /// The server gets it when it is [released](Relay::release), whether or not anybody still waits for the reply.
    HoldRequest,
}

/// A relay in front of a server.
pub struct Relay {
    base_url: String,
    held: watch::Receiver<usize>,
    answered: watch::Receiver<usize>,
    released: Arc<Semaphore>,
}

/// What all connections share.
struct Shared<F> {
    server: String,
    fate: F,
    held: watch::Sender<usize>,
    /// How many requests that were held back have been answered since.
    answered: watch::Sender<usize>,
    released: Arc<Semaphore>,
}

impl Relay {
    /// Starts a relay to the server at `base_url`, such as `http://127.0.0.1:4010/v1`.
    pub async fn before(
        base_url: &str,
        fate: impl Fn(&Request) -> Fate + Send + Sync + 'static,
    ) -> Self {
        let rest = base_url.strip_prefix("http://").expect("plain http");
        let (server, path) = rest.split_once('/').unwrap_or((rest, ""));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (held, watched) = watch::channel(0);
        let (answered, answers) = watch::channel(0);
        let released = Arc::new(Semaphore::new(0));
        let shared = Arc::new(Shared {
            server: server.to_owned(),
            fate,
            held,
            answered,
            released: Arc::clone(&released),
        });
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                // When it fails, one side has gone away, which the other one sees.
                tokio::spawn(async move { shared.serve(client).await });
            }
        });
        Self {
            base_url: format!("http://{address}/{path}"),
            held: watched,
            answered: answers,
            released,
        }
    }

    /// The address to call instead of the server's.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Waits until this many requests or replies have been held back.
    pub async fn holds(&self, count: usize) {
        let mut held = self.held.clone();
        let reached = held.wait_for(|held| *held >= count).await;
        reached.expect("the relay runs");
    }

    /// Lets a request that is held back go on, and waits until the server has answered it.
    pub async fn release(&self) {
        let mut answered = self.answered.clone();
        let before = *answered.borrow_and_update();
        self.released.add_permits(1);
        let another = answered.wait_for(|answered| *answered > before).await;
        another.expect("the relay runs");
    }
}

impl<F: Fn(&Request) -> Fate> Shared<F> {
    async fn serve(&self, mut client: TcpStream) -> std::io::Result<()> {
        let mut pending = Vec::new();
        let (request, length) = loop {
            if let Some(found) = Request::parse(&pending) {
                break found;
            }
            if client.read_buf(&mut pending).await? == 0 {
                return Ok(());
            }
        };
        pending.truncate(length);
        let fate = (self.fate)(&request);
        let reply = match fate {
            Fate::Pass => self.ask(&pending).await?,
            Fate::LoseReply => {
                self.ask(&pending).await?;
                return Ok(());
            }
            Fate::HoldReply => {
                self.ask(&pending).await?;
                self.held.send_modify(|held| *held += 1);
                return std::future::pending().await;
            }
            Fate::HoldRequest => {
                self.held.send_modify(|held| *held += 1);
                let released = self.released.acquire().await;
                released.expect("nobody closes it").forget();
                let reply = self.ask(&pending).await?;
                self.answered.send_modify(|answered| *answered += 1);
                reply
            }
        };
        client.write_all(&reply).await?;
        client.shutdown().await
    }

    /// Sends a request with the wish to close the connection, and reads the reply to its end.
    async fn ask(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let line = request.windows(2).position(|end| end == b"\r\n");
        let (line, rest) = request.split_at(line.expect("a first line"));
        let mut server = TcpStream::connect(&self.server).await?;
        let asked = [line, b"\r\nconnection: close", rest].concat();
        server.write_all(&asked).await?;
        let mut reply = Vec::new();
        server.read_to_end(&mut reply).await?;
        Ok(reply)
    }
}
