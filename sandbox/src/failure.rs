//! Errors, in the shapes that the vendor is known to use.
//!
//! Working code reads error bodies as a JSON array of one object, elsewhere as an object, and once
//! as plain text. The names inside aren't published: `ok`, `error` and `message` are inferred. The
//! gateway in front of the newer host responds with `statusCode` and `message`.

use serde_json::{Value, json};

/// The shape of error bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ErrorStyle {
    /// `[{"ok": false, "error": "...", "message": "..."}]`
    #[default]
    Array,
    /// `{"ok": false, "error": "...", "message": "..."}`
    Object,
    /// `{"statusCode": 400, "message": "..."}`, as the API gateway writes it.
    Gateway,
    /// The message alone, as `text/plain`.
    Text,
}

/// The error response to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) status: u16,
    pub(crate) message: String,
    /// Additional headers.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Overrides the configured style.
    pub(crate) style: Option<ErrorStyle>,
}

impl Failure {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            headers: Vec::new(),
            style: None,
        }
    }

    /// 400: the request is invalid.
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    /// 400 about one field of the body.
    pub(crate) fn field(pointer: &str, reason: &str) -> Self {
        Self::bad(format!("{pointer} {reason}"))
    }

    /// 404: no such record.
    pub(crate) fn no_record(record: &str, id: i64) -> Self {
        Self::new(404, format!("there is no {record} {id}"))
    }

    /// 404: no operation has this path.
    pub(crate) fn no_path() -> Self {
        Self::new(404, "nothing is served at this path")
    }

    /// 500: an error of the sandbox.
    pub(crate) fn internal(error: impl std::fmt::Display) -> Self {
        Self::new(500, format!("the sandbox failed: {error}"))
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn with_style(mut self, style: ErrorStyle) -> Self {
        self.style = Some(style);
        self
    }

    /// Media type and body.
    pub(crate) fn render(&self, style: ErrorStyle) -> (&'static str, String) {
        const JSON: &str = "application/json; charset=utf-8";
        let reason = axum::http::StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("Error");
        let object = || json!({"ok": false, "error": reason, "message": self.message});
        match self.style.unwrap_or(style) {
            ErrorStyle::Array => (JSON, Value::Array(vec![object()]).to_string()),
            ErrorStyle::Object => (JSON, object().to_string()),
            ErrorStyle::Gateway => (
                JSON,
                json!({"statusCode": self.status, "message": self.message}).to_string(),
            ),
            ErrorStyle::Text => ("text/plain; charset=utf-8", self.message.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_have_the_configured_shape() {
        let failure = Failure::bad("no");
        let body = |style| failure.render(style).1;
        assert_eq!(
            body(ErrorStyle::Array),
            r#"[{"ok":false,"error":"Bad Request","message":"no"}]"#
        );
        assert_eq!(
            body(ErrorStyle::Gateway),
            r#"{"statusCode":400,"message":"no"}"#
        );
        assert_eq!(
            failure.render(ErrorStyle::Text),
            ("text/plain; charset=utf-8", "no".to_owned())
        );
        let fixed = failure.clone().with_style(ErrorStyle::Object);
        assert!(fixed.render(ErrorStyle::Text).1.starts_with('{'));
    }
}
