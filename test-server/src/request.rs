//! One request as it came over the wire.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// The most headers that a request may have.
const HEADERS: usize = 64;

/// One request as it came over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: String,
    /// Path and query, encoded as they were sent.
    pub target: String,
    /// Headers in the order they came, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The request that some bytes start with and how long it is, once it is complete. Panics when the bytes are no
    /// HTTP/1.1, or when the body comes in chunks.
    pub fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        let httparse::Status::Complete(start) = parsed.parse(bytes).expect("HTTP/1.1") else {
            return None;
        };
        let headers = parsed.headers.iter().map(|header| {
            let value = String::from_utf8(header.value.to_vec()).expect("a header of text");
            (header.name.to_ascii_lowercase(), value)
        });
        let mut request = Self {
            method: parsed.method.expect("a method").to_owned(),
            target: parsed.path.expect("a target").to_owned(),
            headers: headers.collect(),
            body: Vec::new(),
        };
        let chunked = request.header("transfer-encoding");
        assert!(chunked.is_empty(), "bodies are sent whole: {chunked:?}");
        let length = request.only_header("content-length");
        let end = start + length.map_or(0, |length| length.parse().expect("a length"));
        request.body = bytes.get(start..end)?.to_vec();
        Some((request, end))
    }

    /// Reads one request; `None` when the client closed the connection before it was complete. The buffer belongs to the
    /// connection: it keeps what came after the request.
    pub async fn read(
        stream: &mut (impl AsyncRead + Unpin),
        buffer: &mut Vec<u8>,
    ) -> io::Result<Option<Self>> {
        loop {
            if let Some((request, length)) = Self::parse(buffer) {
                buffer.drain(..length);
                return Ok(Some(request));
            }
            if stream.read_buf(buffer).await? == 0 {
                return Ok(None);
            }
        }
    }

    /// All values of a header; its name in lower case.
    pub fn header(&self, name: &str) -> Vec<&str> {
        let of_that_name = self.headers.iter().filter(|(key, _)| key == name);
        of_that_name.map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a header that comes once.
    pub fn only_header(&self, name: &str) -> Option<&str> {
        match self.header(name)[..] {
            [value] => Some(value),
            _ => None,
        }
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

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body of text")
    }
}

/// Undoes percent-encoding.
pub fn decode(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.expect("UTF-8").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &[u8] = b"POST /v1/A%20b?x=1&y=%2F HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 3\r\n\r\n\
        abcGET / HTTP/1.1\r\n\r\n";

    #[tokio::test]
    async fn requests_are_read_one_after_the_other_however_they_arrive() {
        for size in 1..TWO.len() {
            let mut stream = tokio_chunks(size);
            let mut buffer = Vec::new();
            let first = Request::read(&mut stream, &mut buffer).await.unwrap();
            let first = first.expect("a request");
            assert_eq!((&*first.method, first.path()), ("POST", "/v1/A%20b"));
            let query = [("x", "1"), ("y", "/")].map(|(name, value)| (name.into(), value.into()));
            assert_eq!(first.query(), query);
            assert_eq!(first.header("x-a"), ["1", "2"]);
            assert_eq!(
                (first.only_header("x-a"), first.only_header("host")),
                (None, Some("h"))
            );
            assert_eq!(first.text(), "abc");
            let second = Request::read(&mut stream, &mut buffer).await.unwrap();
            assert_eq!(second.expect("another").target, "/");
            assert_eq!(Request::read(&mut stream, &mut buffer).await.unwrap(), None);
        }
    }

    /// The bytes in pieces of this size.
    fn tokio_chunks(size: usize) -> impl AsyncRead + Unpin {
        let (reader, mut writer) = tokio::io::duplex(size);
        tokio::spawn(async move { tokio::io::AsyncWriteExt::write_all(&mut writer, TWO).await });
        reader
    }

    #[test]
    fn an_incomplete_request_is_none() {
        let whole = TWO.len() - "GET / HTTP/1.1\r\n\r\n".len();
        for length in 0..whole {
            assert_eq!(Request::parse(&TWO[..length]), None, "{length}");
        }
        assert_eq!(Request::parse(&TWO[..whole]).expect("a request").1, whole);
    }
}
