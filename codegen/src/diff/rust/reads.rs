//! What types of published crates read: the verdict of the rules is about documents, and some of our
//! types take more than the documents say.

use super::classify::Change;
use super::surface::{Item, Shape};

/// What a change of a field means for crates that have its old type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// The old type has to be there, and no longer has to come.
    MayBeMissing,
    /// The old type reads whatever the new one is sent as.
    ReadsAll,
}

/// How the old type of a field fares with what is sent for the new one; none where only the documents
/// can tell, and for everything that isn't a field.
pub(super) fn of(change: &Change<'_>) -> Option<Reading> {
    let ty = |item: &Item| match &item.shape {
        Shape::Field { ty } => Some(ty.clone()),
        _ => None,
    };
    let before = ty(change.before?)?;
    let after = change.after.and_then(ty);
    let optional = |ty: &str| ty.starts_with("Option<");
    let may_be_missing = after.as_deref().is_none_or(optional);
    if !optional(&before) && may_be_missing {
        return Some(Reading::MayBeMissing);
    }
    reads(bare(&before), bare(&after?)).then_some(Reading::ReadsAll)
}

/// The type inside `Option`.
fn bare(ty: &str) -> &str {
    let inside = ty.strip_prefix("Option<");
    inside.and_then(|rest| rest.strip_suffix('>')).unwrap_or(ty)
}

/// Whether values of the type `old` are read from all that are sent for `new`.
fn reads(old: &str, new: &str) -> bool {
    /// Dates are kept as the text that came.
    const TEXTS: [&str; 3] = ["RevioDate", "RevioDateTime", "String"];
    const DECIMALS: [&str; 3] = ["Money", "Quantity", "i32"];
    match old {
        "Json" => true,
        "Money" | "Quantity" => DECIMALS.contains(&new),
        "TextOrNumber" => TEXTS.contains(&new) || new == "i32",
        text if TEXTS.contains(&text) => TEXTS.contains(&new),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_dates_and_whole_numbers_as_amounts() {
        assert!(reads("RevioDateTime", "String"));
        assert!(reads("String", "RevioDate"));
        assert!(reads("Money", "i32"));
        assert!(reads("Quantity", "Money"));
        assert!(reads("TextOrNumber", "i32"));
        assert!(!reads("i32", "Money"));
        assert!(!reads("String", "i32"));
        assert!(!reads("RevioDate", "TextOrNumber"));
        assert!(!reads("bool", "String"));
    }
}
