//! Responses: what an operation returns, and the HTTP response around it.

use axum::http::{HeaderValue, Response, StatusCode};
use serde_json::Value;

/// The response of a successful operation, without its status, which the schema gives.
pub(crate) struct OperationResponse {
    pub(crate) content: Content,
    /// The Location header.
    pub(crate) location: Option<String>,
}

/// The body of a response.
pub(crate) enum Content {
    Json(Value),
    Bytes(Vec<u8>),
}

impl OperationResponse {
    pub(crate) fn json(value: Value) -> Self {
        Self {
            content: Content::Json(value),
            location: None,
        }
    }

    pub(crate) fn bytes(bytes: Vec<u8>) -> Self {
        Self {
            content: Content::Bytes(bytes),
            location: None,
        }
    }

    /// `{"ok": true}`
    pub(crate) fn ok() -> Self {
        Self::json(serde_json::json!({"ok": true}))
    }
}

impl Content {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Json(value) => value.to_string().into_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// An HTTP response with a body.
pub(crate) fn http_response(status: u16, media_type: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    set_header(&mut response, "content-type", media_type);
    response
}

/// Sets a header; a value that no header can hold is left out.
pub(crate) fn set_header<B>(response: &mut Response<B>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
