//! What generated code is written in, and nothing else.

pub(crate) mod futures;
pub(crate) mod macros;
#[allow(
    unused_imports,
    reason = "some names are for operations behind a feature only"
)]
pub(crate) mod prelude;
pub(crate) mod record_traits;
pub(crate) mod redact;
