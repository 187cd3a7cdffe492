//! A server that responds by a script and keeps every request.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::Request;

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Action {
    /// Sends these bytes and keeps the connection.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Never responds.
    Hang,
}

/// The bytes of a whole response with a length.
pub fn bytes(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len()).into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    bytes
}

/// Sends a whole response with a length.
pub fn reply(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Action {
    Action::Send(bytes(status, headers, body))
}

/// Sends a 200 with this JSON.
pub fn ok(body: impl AsRef<[u8]>) -> Action {
    reply("200 OK", &[("Content-Type", "application/json")], body)
}

/// The running server; it stops with the runtime that started it.
pub struct Server {
    port: u16,
    captured: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts a server that responds to each request by the script.
    pub async fn start(script: impl Fn(&Request) -> Action + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let captured = Arc::new(Mutex::new(Vec::new()));
        let (script, log) = (Arc::new(script), Arc::clone(&captured));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&log)));
            }
        });
        Self { port, captured }
    }

    /// The base URL, with the path that the vendor's servers have.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// Every request so far.
    pub fn captured(&self) -> Vec<Request> {
        self.captured
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The only request so far.
    pub fn only(&self) -> Request {
        let mut all = self.captured();
        assert_eq!(all.len(), 1, "one request");
        all.remove(0)
    }
}

async fn serve<F: Fn(&Request) -> Action>(
    mut stream: TcpStream,
    script: Arc<F>,
    log: Arc<Mutex<Vec<Request>>>,
) {
    let mut buffer = Vec::new();
    while let Ok(Some(request)) = Request::read(&mut stream, &mut buffer).await {
        let action = script(&request);
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        match action {
            Action::Send(bytes) if stream.write_all(&bytes).await.is_ok() => {}
            Action::SendAndClose(bytes) => {
                // The client may be gone already.
                let _ = stream.write_all(&bytes).await;
                return;
            }
            Action::Hang => return std::future::pending().await,
            Action::Send(_) => return,
        }
    }
}
