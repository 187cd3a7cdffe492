//! From a body's bytes to a value, and to a message that names the field when that fails.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Why a body couldn't be decoded. Names fields and types, never values.
pub(crate) struct Undecodable {
    pub(crate) field_path: Option<String>,
    pub(crate) detail: String,
}

/// Decodes a body. An empty one reads as `null`.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Undecodable> {
    let body = if body.trim_ascii().is_empty() {
        b"null"
    } else {
        body
    };
    serde_json::from_slice(body).map_err(|error| explain::<T>(body, &error))
}

/// Decodes once more, this time keeping track of the path; only failures pay for it.
fn explain<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> Undecodable {
    if body == b"null" {
        return Undecodable {
            field_path: None,
            detail: "the body is empty".to_owned(),
        };
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let mut path = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(traced) if error.is_data() => traced.path().to_string(),
        _ => ".".to_owned(),
    };
    if let Some(field) = missing_field(&error.to_string()) {
        path = if path == "." {
            field.to_owned()
        } else {
            format!("{path}.{field}")
        };
    }
    Undecodable {
        field_path: (path != ".").then_some(path),
        detail: describe(error),
    }
}

/// What is wrong with some JSON, without the value that serde's own message would repeat.
pub(crate) fn describe(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Syntax => "the JSON is malformed".to_owned(),
        Category::Eof => "the JSON ends too early".to_owned(),
        Category::Io => "the JSON could not be read".to_owned(),
        Category::Data => {
            let message = error.to_string();
            let message = message
                .rsplit_once(" at line ")
                .map_or(message.as_str(), |(message, _)| message);
            if let Some(field) = missing_field(message) {
                format!("the field `{field}` is missing")
            } else if let Some((_, expected)) = message.rsplit_once(", expected ") {
                format!("a value does not fit: expected {expected}")
            } else {
                "a value does not fit its type".to_owned()
            }
        }
    }
}

/// The field that serde says is missing. Its name comes from our types, not from the body.
fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}
