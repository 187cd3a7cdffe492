//! Errors of a schema.

use std::fmt;

/// A schema that the sandbox can't serve; the message has the location and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError {
    location: Vec<String>,
    message: String,
}

impl SchemaError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            location: Vec::new(),
            message: message.into(),
        }
    }

    /// The same error with an outer part of its location.
    pub(crate) fn inside(mut self, name: impl Into<String>) -> Self {
        self.location.insert(0, name.into());
        self
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.location.is_empty() {
            write!(f, "{}: ", self.location.join(" > "))?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for SchemaError {}
