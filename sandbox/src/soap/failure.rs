//! The two kinds of errors: SOAP faults, and refusals in the header of a response.

/// A SOAP fault: the request can't be read, or the service failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SoapFault {
    pub(crate) code: FaultCode,
    pub(crate) message: String,
}

/// The side that caused the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultCode {
    Client,
    Server,
    VersionMismatch,
}

impl FaultCode {
    /// The code in SOAP 1.1.
    pub(crate) fn code_1_1(self) -> &'static str {
        match self {
            Self::Client => "Client",
            Self::Server => "Server",
            Self::VersionMismatch => "VersionMismatch",
        }
    }

    /// The code in SOAP 1.2.
    pub(crate) fn code_1_2(self) -> &'static str {
        match self {
            Self::Client => "Sender",
            Self::Server => "Receiver",
            Self::VersionMismatch => "VersionMismatch",
        }
    }
}

impl SoapFault {
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

    /// An error of the sandbox.
    pub(crate) fn internal(error: impl std::fmt::Display) -> Self {
        Self::server(format!("the sandbox failed: {error}"))
    }
}

/// A refusal: a response whose header says that the call wasn't performed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The error code; not every refusal has one.
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

/// A fault or a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SoapError {
    Fault(SoapFault),
    Refusal(Refusal),
}

impl From<SoapFault> for SoapError {
    fn from(fault: SoapFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Refusal> for SoapError {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}
