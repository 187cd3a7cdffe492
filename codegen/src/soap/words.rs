//! The words that annotations of the legacy schemas may use.

use crate::model::{Effect, Evidence};

/// What an operation can do.
pub(crate) const EFFECTS: &[&str] = &[
    Effect::Read.as_str(),
    Effect::Idempotent.as_str(),
    Effect::Unsafe.as_str(),
];

/// How well something can be known; what is a mere candidate isn't described.
pub(crate) const EVIDENCE: &[&str] = &[
    Evidence::Documented.as_str(),
    Evidence::Observed.as_str(),
    Evidence::Inferred.as_str(),
];

/// How the fields of a request can be written.
pub(crate) const STYLES: &[&str] = &["plain", "updated-pair"];
