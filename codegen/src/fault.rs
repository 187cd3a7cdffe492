//! What goes wrong between the lint and the written files: a message, and the part of the schema
//! that it is about.
//!
//! Behind the lint nobody holds on to lines of files. A [`Fault`] names its subject the way people
//! do, and generation looks up where that stands when the fault becomes a diagnostic.

use std::fmt;

/// A part of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The operation with this id.
    Operation(String),
    /// The component or definition of this name.
    Schema(String),
    /// A property of a component or definition.
    Property(String, String),
    /// The path item of this template.
    Path(String),
    /// The resource with this tag.
    Tag(String),
    /// The typed id or the list of known values of this name.
    Mark(String),
    /// The schema as a whole.
    Whole,
    /// Nothing that the schema says: the message is about the generator, and a whole sentence.
    Generator,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(name)
            | Self::Schema(name)
            | Self::Path(name)
            | Self::Tag(name)
            | Self::Mark(name) => f.write_str(name),
            Self::Property(schema, name) => write!(f, "{schema}.{name}"),
            Self::Whole => f.write_str("the schema"),
            Self::Generator => f.write_str("the hand-written crate"),
        }
    }
}

/// Why nothing can be generated.
///
/// ```
/// use revio_codegen::fault::{Fault, Subject};
///
/// let subject = Subject::Property("InventoryItem".to_owned(), "created_by".to_owned());
/// let fault = Fault::new(subject, "isn't in the schema");
/// assert_eq!(fault.to_string(), "InventoryItem.created_by isn't in the schema");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is about.
    pub subject: Subject,
    /// The other part, where two don't go together.
    pub other: Option<Box<Subject>>,
    /// What is wrong; continues the name of the subject.
    pub message: String,
    /// How to mend it.
    pub help: &'static str,
}

impl Fault {
    /// Something that the schema says, or that the generators make of it.
    pub fn new(subject: Subject, message: impl Into<String>) -> Self {
        Self {
            subject,
            other: None,
            message: message.into(),
            help: "mend the schema, or codegen if the schema is right",
        }
    }

    /// A fault of an operation.
    pub fn operation(id: &str, message: impl Into<String>) -> Self {
        Self::new(Subject::Operation(id.to_owned()), message)
    }

    /// A fault of a component or definition.
    pub fn schema(name: &str, message: impl Into<String>) -> Self {
        Self::new(Subject::Schema(name.to_owned()), message)
    }

    /// A fault of a property.
    pub fn property(schema: &str, name: &str, message: impl Into<String>) -> Self {
        let subject = Subject::Property(schema.to_owned(), name.to_owned());
        Self::new(subject, message)
    }

    /// A fault of the generator. The message is a whole sentence.
    pub fn generator(message: impl Into<String>) -> Self {
        Self::new(Subject::Generator, message).with_help("mend codegen")
    }

    /// The same with another advice.
    #[must_use]
    pub fn with_help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    /// The same, naming a second part of the schema.
    #[must_use]
    pub fn and(self, other: Subject) -> Self {
        Self {
            other: Some(Box::new(other)),
            ..self
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Subject::Generator => f.write_str(&self.message),
            subject => write!(f, "{subject} {}", self.message),
        }
    }
}

impl std::error::Error for Fault {}
