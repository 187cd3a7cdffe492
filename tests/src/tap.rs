//! What goes over the wire: a relay that notes every byte from client to server.
//!
//! It parses the requests by itself, so what it says doesn't depend on how the sandbox reads them.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// A relay in front of a server.
pub struct Tap {
    base_url: String,
    seen: Seen,
}

type Seen = Arc<Mutex<Vec<WireRequest>>>;

/// One request as it went over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireRequest {
    /// The method.
    pub method: String,
    /// Path and query, encoded as they were sent.
    pub target: String,
    /// Headers in the order they came, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl WireRequest {
    /// The value of a header. A header that comes twice is no value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(key, _)| key == name);
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value)
    }

    /// The path as it was sent.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Names and values of the query, decoded.
    pub fn query(&self) -> Vec<(String, String)> {
        let Some((_, query)) = self.target.split_once('?') else {
            return Vec::new();
        };
        let pairs = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs
            .map(|(name, value)| (decode(name), decode(value)))
            .collect()
    }
}

/// Undoes percent-encoding.
pub fn decode(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.expect("UTF-8").into_owned()
}

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
    pub fn take(&self) -> Vec<WireRequest> {
        std::mem::take(&mut self.seen.lock().expect("nobody panicked"))
    }
}

/// Notes what comes before passing it on, so that a request is known before it is answered.
async fn relay(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, seen: Seen) {
    let mut pending = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut chunk).await {
        pending.extend_from_slice(&chunk[..length]);
        while let Some((request, used)) = first_request(&pending) {
            pending.drain(..used);
            seen.lock().expect("nobody panicked").push(request);
        }
        if to.write_all(&chunk[..length]).await.is_err() {
            return;
        }
    }
}

/// The request that some bytes start with and how long it is, once it is complete.
pub(crate) fn first_request(bytes: &[u8]) -> Option<(WireRequest, usize)> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let httparse::Status::Complete(start) = request.parse(bytes).expect("HTTP/1.1") else {
        return None;
    };
    let headers: Vec<(String, String)> = request
        .headers
        .iter()
        .map(|header| {
            let value = String::from_utf8(header.value.to_vec()).expect("text");
            (header.name.to_ascii_lowercase(), value)
        })
        .collect();
    let mut parsed = WireRequest {
        method: request.method.expect("a method").to_owned(),
        target: request.path.expect("a target").to_owned(),
        headers,
        body: Vec::new(),
    };
    assert_eq!(
        parsed.header("transfer-encoding"),
        None,
        "bodies are sent whole"
    );
    let length = parsed
        .header("content-length")
        .map_or(0, |length| length.parse().expect("a length"));
    parsed.body = bytes.get(start..start + length)?.to_vec();
    Some((parsed, start + length))
}
