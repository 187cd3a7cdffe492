//! The two ways in which the service says no: a fault, and an answer whose header says so.

/// A SOAP fault: the request wasn't understood, or the service broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: FaultCode,
    pub(crate) message: String,
}

/// Whose fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultCode {
    Client,
    Server,
    VersionMismatch,
}

impl FaultCode {
    /// The word in SOAP 1.1.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Client => "Client",
            Self::Server => "Server",
            Self::VersionMismatch => "VersionMismatch",
        }
    }

    /// The word in SOAP 1.2.
    pub(crate) fn newer_word(self) -> &'static str {
        match self {
            Self::Client => "Sender",
            Self::Server => "Receiver",
            Self::VersionMismatch => "VersionMismatch",
        }
    }
}

impl Fault {
    pub(crate) fn client(message: impl Into<String>) -> Self {
        Self {
            code: FaultCode::Client,
            message: message.into(),
        }
    }

    pub(crate) fn server(message: impl Into<String>) -> Self {
        Self {
            code: FaultCode::Server,
            message: message.into(),
        }
    }

    /// The sandbox itself is at fault.
    pub(crate) fn own(error: impl std::fmt::Display) -> Self {
        Self::server(format!("the sandbox failed: {error}"))
    }
}

/// An answer whose header says that the call wasn't carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Not every refusal has one.
    pub(crate) code: Option<String>,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            code: None,
            message: message.into(),
        }
    }

    pub(crate) fn coded(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: Some(code.into()),
            message: message.into(),
        }
    }
}

/// Either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum No {
    Fault(Fault),
    Refusal(Refusal),
}

impl From<Fault> for No {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}
