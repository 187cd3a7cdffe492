//! What the schema says about one operation.

use std::fmt;

/// One operation of the API: its name, address, and what calling it means.
///
/// Every operation has one in a table made from the schema; [`Error::operation`](crate::Error::operation) refers to it.
///
/// ```
/// use revio_api::{Effect, Operation};
///
/// fn may_be_sent_twice(operation: &Operation) -> bool {
///     matches!(operation.effect(), Effect::Read | Effect::Idempotent)
/// }
/// # let _ = may_be_sent_twice;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    id: &'static str,
    method: Method,
    path: &'static str,
    effect: Effect,
    tag: &'static str,
    evidence: Evidence,
    request_content_type: Option<&'static str>,
}

impl Operation {
    /// Made by generated code only: `request_content_type` is `None` for an operation without a body.
    pub(crate) const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        effect: Effect,
        tag: &'static str,
        evidence: Evidence,
        request_content_type: Option<&'static str>,
    ) -> Self {
        Self {
            id,
            method,
            path,
            effect,
            tag,
            evidence,
            request_content_type,
        }
    }

    /// The operation's name, such as `customers_get`.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The HTTP method.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path below the base URL, with placeholders: `/Customers/{id}`.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// What a call does on the server.
    pub const fn effect(&self) -> Effect {
        self.effect
    }

    /// The resource that the operation belongs to, such as `customers`.
    pub const fn tag(&self) -> &'static str {
        self.tag
    }

    /// How well the operation is known.
    pub const fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// The media type of the request body; `None` when there is no body.
    pub const fn request_content_type(&self) -> Option<&'static str> {
        self.request_content_type
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// An HTTP method that the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The method as it stands in a request.
    ///
    /// ```
    /// assert_eq!(revio_api::Method::Patch.as_str(), "PATCH");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a call does on the server, and so whether sending it twice could harm.
///
/// ```
/// use revio_api::{Effect, Request, resources::payments::PaymentsCreate};
///
/// assert_eq!(PaymentsCreate::OPERATION.effect(), Effect::Money);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something; a second identical call changes nothing more.
    Idempotent,
    /// Changes something, possibly again when sent again.
    Unsafe,
    /// Moves money or changes what a customer owes.
    Money,
}

impl Effect {
    /// The effect as the schema writes it.
    ///
    /// ```
    /// assert_eq!(revio_api::Effect::Idempotent.as_str(), "idempotent");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Unsafe => "unsafe",
            Self::Money => "money",
        }
    }
}

/// How well an operation is known. The vendor publishes no machine-readable description.
///
/// ```
/// use revio_api::{Evidence, Request, resources::customers::CustomersGet};
///
/// assert!(matches!(CustomersGet::OPERATION.evidence(), Evidence::Documented | Evidence::Observed));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// The vendor's own pages describe it.
    Documented,
    /// Working public code uses it.
    Observed,
    /// It follows from others; needs the cargo feature `unverified` and is outside semver.
    Inferred,
    /// It is a guess that needs a check against a live account; needs the cargo feature `unverified` and is outside
    /// semver.
    Candidate,
}
