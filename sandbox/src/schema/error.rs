//! What is wrong with a schema text.

use std::fmt;

/// A schema that the sandbox can't serve; the message says where and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError {
    place: Vec<String>,
    message: String,
}

impl SchemaError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            place: Vec::new(),
            message: message.into(),
        }
    }

    /// The same error, seen from one level further out.
    pub(crate) fn inside(mut self, name: impl Into<String>) -> Self {
        self.place.insert(0, name.into());
        self
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place.join(" > "))?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for SchemaError {}
