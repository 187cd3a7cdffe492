//! A server of scripted replies on loopback, at the level of bytes: it keeps every request as it came over the wire.

pub(crate) mod clock;

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// One request as it came over the wire.
#[derive(Clone)]
pub(crate) struct Captured {
    pub(crate) method: String,
    pub(crate) target: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Captured {
    /// All values of a header.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is text")
    }
}

/// What the server does with a request.
pub(crate) enum Answer {
    /// Sends these bytes and keeps the connection.
    Send(Vec<u8>),
    /// Sends these bytes and closes the connection.
    SendAndClose(Vec<u8>),
    /// Never answers.
    Hang,
}

/// A whole reply with a length.
pub(crate) fn reply(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len()).into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    Answer::Send(bytes)
}

/// A 200 with this JSON.
pub(crate) fn ok(body: impl AsRef<[u8]>) -> Answer {
    reply("200 OK", &[("Content-Type", "application/json")], body)
}

/// The running server; it stops with the runtime that started it.
pub(crate) struct Server {
    port: u16,
    captured: Arc<Mutex<Vec<Captured>>>,
}

impl Server {
    /// Starts a server that answers each request by the script.
    pub(crate) async fn start(
        script: impl Fn(&Captured) -> Answer + Send + Sync + 'static,
    ) -> Self {
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
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// Every request so far.
    pub(crate) fn captured(&self) -> Vec<Captured> {
        self.captured
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The only request so far.
    pub(crate) fn only(&self) -> Captured {
        let mut all = self.captured();
        assert_eq!(all.len(), 1, "one request");
        all.remove(0)
    }
}

async fn serve<F: Fn(&Captured) -> Answer>(
    mut stream: TcpStream,
    script: Arc<F>,
    log: Arc<Mutex<Vec<Captured>>>,
) {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await {
        let answer = script(&request);
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        match answer {
            Answer::Send(bytes) if stream.write_all(&bytes).await.is_ok() => {}
            Answer::SendAndClose(bytes) => {
                // The client may be gone already.
                let _ = stream.write_all(&bytes).await;
                return;
            }
            Answer::Hang => return std::future::pending().await,
            Answer::Send(_) => return,
        }
    }
}

/// Reads one request; `None` when the client closed the connection.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Captured> {
    let head_end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..head_end].to_vec()).expect("an ASCII head");
    let mut lines = head.split("\r\n");
    let mut start = lines.next().expect("a request line").split(' ');
    let (method, target) = (start.next()?.to_owned(), start.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, value)| value.parse().expect("a length"));
    let total = head_end + 4 + length;
    while buffer.len() < total {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = buffer[head_end + 4..total].to_vec();
    buffer.drain(..total);
    Some(Captured {
        method,
        target,
        headers,
        body,
    })
}
