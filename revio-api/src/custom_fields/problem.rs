//! Why a custom field couldn't be set.

use std::fmt;

use super::read::FieldId;
use crate::error::Error;

/// Why a custom field couldn't be set, though the calls themselves went well. No variant holds a value.
///
/// ```
/// use revio_api::Error;
/// use revio_api::custom_fields::CustomFieldProblem;
///
/// fn advice(error: &Error) -> &'static str {
///     match error.custom_field_problem() {
///         Some(CustomFieldProblem::Absent { .. }) => "configure the field in Rev.io first",
///         Some(CustomFieldProblem::Moved { .. }) => "look at the record: another field may hold the value now",
///         _ => "see the error's outcome",
///     }
/// }
/// # let _ = advice;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomFieldProblem {
    /// The record doesn't have the field. Nothing was changed.
    Absent {
        /// The field that was to be set.
        field: FieldId,
        /// The fields that the record has, with their captions.
        present: Vec<(FieldId, Option<String>)>,
    },
    /// The record has the field several times, so that it isn't clear which is meant. Nothing was changed.
    Repeated {
        /// The field that was to be set.
        field: FieldId,
    },
    /// After the change, the position that was patched holds another field: the list changed in between, and that other
    /// field may have been overwritten.
    Moved {
        /// The field that was to be set.
        field: FieldId,
        /// The position that was patched.
        position: usize,
        /// The field that is at this position now.
        now: Option<FieldId>,
        /// Whether what is there now has the value that was meant for the other field.
        overwritten: bool,
    },
    /// The server accepted the change, but the field has another value afterwards: it was not kept, was reformatted, or
    /// somebody else changed it again.
    NotKept {
        /// The field that was to be set.
        field: FieldId,
    },
    /// The server accepted the change, but the record couldn't be read again; the error's source says why.
    NotVerified,
}

impl fmt::Display for CustomFieldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent { field, present } if present.is_empty() => {
                write!(f, "the record has no custom field {field}, nor any other")
            }
            Self::Absent { field, present } => {
                write!(f, "the record has no custom field {field}; it has ")?;
                for (index, (id, label)) in present.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{id}")?;
                    if let Some(label) = label {
                        write!(f, " ({label})")?;
                    }
                }
                Ok(())
            }
            Self::Repeated { field } => write!(
                f,
                "the record has custom field {field} several times; nothing was changed"
            ),
            Self::Moved {
                field,
                position,
                now,
                overwritten,
            } => {
                write!(
                    f,
                    "custom field {field} moved while it was set: position {position} now holds "
                )?;
                match now {
                    Some(other) => write!(f, "field {other}")?,
                    None => f.write_str("no field")?,
                }
                f.write_str(if *overwritten {
                    ", which has been overwritten with the value"
                } else {
                    ""
                })
            }
            Self::NotKept { field } => {
                write!(f, "custom field {field} has another value after it was set")
            }
            Self::NotVerified => f.write_str(
                "the change was accepted, but the record could not be read again to verify it",
            ),
        }
    }
}

impl Error {
    /// Why a custom field couldn't be set, if that is what went wrong.
    pub fn custom_field_problem(&self) -> Option<&CustomFieldProblem> {
        self.found()
    }
}
