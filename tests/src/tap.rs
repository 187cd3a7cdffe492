//! What goes over the wire: a relay that notes every byte from client to server.
//!
//! The requests are parsed by `revio-test-server`, so what it says doesn't depend on how the sandbox reads them.

use std::sync::{Arc, Mutex};

use revio_test_server::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// A relay in front of a server.
pub struct Tap {
    base_url: String,
    seen: Seen,
}

type Seen = Arc<Mutex<Vec<Request>>>;

impl Tap {
    /// Starts a relay to the server at `base_url`, such as `http://127.0.0.1:4010/v1`.
    pub async fn before(base_url: &str) -> Self {
        let rest = base_url.strip_prefix("http://").expect("plain http");
        let (server, path) = rest.split_once('/').unwrap_or((rest, ""));
        let server = server.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Seen::default();
        let noted = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server)
                    .await
                    .expect("the server answers");
                let (from_client, mut to_client) = client.into_split();
                let (mut from_server, to_server) = server.into_split();
                tokio::spawn(relay(from_client, to_server, Arc::clone(&noted)));
                tokio::spawn(async move { copy(&mut from_server, &mut to_client).await });
            }
        });
        Self {
            base_url: format!("http://{address}/{path}"),
            seen,
        }
    }

    /// The address to call instead of the server's.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The requests since the last time this was asked.
    pub fn take(&self) -> Vec<Request> {
        std::mem::take(&mut self.seen.lock().expect("nobody panicked"))
    }
}

/// Notes what comes before passing it on, so that a request is known before it is answered.
async fn relay(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, seen: Seen) {
    let mut pending = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut chunk).await {
        pending.extend_from_slice(&chunk[..length]);
        while let Some((request, used)) = Request::parse(&pending) {
            pending.drain(..used);
            seen.lock().expect("nobody panicked").push(request);
        }
        if to.write_all(&chunk[..length]).await.is_err() {
            return;
        }
    }
}
