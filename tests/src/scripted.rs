//! A server that answers what it is told to, whatever it is asked.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server with one answer at a time.
pub struct Scripted {
    base_url: String,
    answer: Arc<Mutex<String>>,
}

impl Scripted {
    /// Starts a server that says nothing but `{}` so far.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let answer = Arc::new(Mutex::new("{}".to_owned()));
        let current = Arc::clone(&answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let text = current.lock().expect("nobody panicked").clone();
                tokio::spawn(serve(stream, text));
            }
        });
        Self {
            base_url: format!("http://{address}/v1"),
            answer,
        }
    }

    /// The address to call.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// From now on every call gets this JSON with status 200.
    pub fn answer(&self, json: impl Into<String>) {
        *self.answer.lock().expect("nobody panicked") = json.into();
    }
}

/// Reads one request without a body, answers it, and closes the connection.
async fn serve(mut stream: TcpStream, json: String) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut chunk).await? {
            0 => return Ok(()),
            length => request.extend_from_slice(&chunk[..length]),
        }
    }
    let length = json.len();
    let reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{json}"
    );
    stream.write_all(reply.as_bytes()).await?;
    stream.shutdown().await
}
