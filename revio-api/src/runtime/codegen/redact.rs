//! Markers for `Debug` in the place of values that must not be printed.

use std::fmt;

/// Prints `<redacted>`.
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// Prints `Some(<redacted>)` or `None`: whether there is a value may be shown.
#[expect(
    clippy::ref_option,
    reason = "generated code hands over the field as it is"
)]
pub(crate) fn redacted<T>(value: &Option<T>) -> Option<Redacted> {
    value.as_ref().map(|_| Redacted)
}
