//! Request bodies: media type, JSON, and the schema of the operation; and the type of responses.

use axum::http::HeaderMap;
use serde_json::Value;

use crate::failure::Failure;
use crate::schema::Operation;

const JSON: &str = "application/json";

/// The body of a request; null where the operation takes none, or none was sent and it is optional.
///
/// The media type must be the operation's. For plain JSON, `text/json` is accepted too, since
/// working clients use both.
pub(super) fn read(
    operation: &Operation,
    headers: &HeaderMap,
    bytes: &[u8],
) -> Result<Value, Failure> {
    let Some(expected) = &operation.body else {
        return Ok(Value::Null);
    };
    if bytes.is_empty() {
        return if expected.required {
            Err(Failure::bad("the body is missing"))
        } else {
            Ok(Value::Null)
        };
    }
    let sent = media_type(headers);
    let fits = sent == expected.media_type || (expected.media_type == JSON && sent == "text/json");
    if !fits {
        return Err(Failure::new(
            415,
            format!("the Content-Type must be {}", expected.media_type),
        ));
    }
    let body: Value = serde_json::from_slice(bytes)
        .map_err(|error| Failure::bad(format!("the body is no JSON: {error}")))?;
    match expected.check.problem(&body).map_err(Failure::internal)? {
        Some(problem) => Err(Failure::bad(problem)),
        None => Ok(body),
    }
}

/// The media type of a request, without parameters and in lower case.
fn media_type(headers: &HeaderMap) -> String {
    headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The media type of a JSON response: `text/json` for a caller that accepts it and not
/// `application/json`.
pub(super) fn response_type(headers: &HeaderMap) -> &'static str {
    let accept = headers
        .get("accept")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if accept.contains("text/json") && !accept.contains(JSON) {
        "text/json; charset=utf-8"
    } else {
        "application/json; charset=utf-8"
    }
}
