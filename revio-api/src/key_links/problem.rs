//! What key links don't allow.

use std::fmt;

use crate::error::Error;

/// What key links don't allow, though the calls themselves went well. Nothing was changed.
///
/// ```
/// use revio_api::Error;
/// use revio_api::key_links::KeyLinkProblem;
///
/// fn belongs_to(error: &Error) -> Option<i32> {
///     match error.key_link_problem()? {
///         KeyLinkProblem::Conflict { existing, .. } => Some(*existing),
///         _ => None,
///     }
/// }
/// # let _ = belongs_to;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyLinkProblem {
    /// The account has no integration system of this name, or several that differ in spelling only.
    UnknownSystem {
        /// The name that was given.
        system: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// The account's entity types don't have this kind of record.
    UnknownEntity {
        /// The kind of record.
        entity: &'static str,
        /// The names that there are.
        known: Vec<String>,
    },
    /// An external id must not be empty.
    EmptyExternalId,
    /// The external id is linked to another record already.
    Conflict {
        /// The kind of record.
        entity: &'static str,
        /// The external id.
        external: String,
        /// The record that it is linked to.
        existing: i32,
        /// The record that it was to be linked to.
        wanted: i32,
    },
    /// The record is linked to another external id of the same system already.
    ReverseConflict {
        /// The kind of record.
        entity: &'static str,
        /// The record.
        internal: i32,
        /// The external id that it is linked to.
        existing: String,
        /// The external id that it was to be linked to.
        wanted: String,
    },
    /// The external id is linked to several records.
    Ambiguous {
        /// The kind of record.
        entity: &'static str,
        /// The external id.
        external: String,
        /// The records that it is linked to, in ascending order.
        internal: Vec<i32>,
    },
}

impl fmt::Display for KeyLinkProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownSystem { system, known } => {
                write!(f, "no single integration system matches {system}; ")?;
                list(f, known)
            }
            Self::UnknownEntity { entity, known } => {
                write!(f, "no single integration entity type matches {entity}; ")?;
                list(f, known)
            }
            Self::EmptyExternalId => f.write_str("an external id must not be empty"),
            Self::Conflict {
                entity,
                external,
                existing,
                wanted,
            } => write!(
                f,
                "external id {external} is linked to {entity} {existing} already, not to {wanted}"
            ),
            Self::ReverseConflict {
                entity,
                internal,
                existing,
                wanted,
            } => write!(
                f,
                "{entity} {internal} is linked to external id {existing} already, not to {wanted}"
            ),
            Self::Ambiguous {
                entity,
                external,
                internal,
            } => write!(
                f,
                "external id {external} is linked to {entity} {internal:?}: remove all links but one"
            ),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, known: &[String]) -> fmt::Result {
    const SHOWN: usize = 20;
    if known.is_empty() {
        return f.write_str("the account has none");
    }
    let shown = known.get(..SHOWN).unwrap_or(known);
    write!(f, "the account has {}", shown.join(", "))?;
    match known.len() - shown.len() {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}

impl Error {
    /// What key links didn't allow, if that is what went wrong.
    pub fn key_link_problem(&self) -> Option<&KeyLinkProblem> {
        self.found()
    }
}
