//! What types of published crates read: the verdict of the rules is about documents, and some of our
//! types take more than the documents say.

use super::classify::Change;
use super::surface::{Item, Shape, Surface};

/// What a change of a field or of an answer means for crates that have its old type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// The old type has to be there, and no longer has to come.
    MayBeMissing,
    /// The old type doesn't read the new one.
    Unread,
    /// The old type reads whatever the new one is sent as.
    ReadsAll,
}

/// Whether reading is what an item is about: a field, or what a call answers.
pub(super) fn concern(item: &Item) -> bool {
    matches!(item.shape, Shape::Field { .. }) || output(item).is_some()
}

/// How the old type of a field or an answer fares with what is sent for the new one; none where only the
/// documents can tell, and for everything else.
pub(super) fn of(change: &Change<'_>, was: &Surface, is: &Surface) -> Option<Reading> {
    if let (Some(before), Some(after)) = (change.before, change.after)
        && let (Some(before), Some(after)) = (output(before), output(after))
    {
        return answer(before, after, (was, is));
    }
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

/// What a call answers.
pub(super) fn output(item: &Item) -> Option<&str> {
    match &item.shape {
        Shape::Trait { types, .. } => types.strip_prefix("Output = "),
        _ => None,
    }
}

/// How a call that expects one answer fares with another.
fn answer(old: &str, new: &str, sides: (&Surface, &Surface)) -> Option<Reading> {
    let page = |ty: &str| -> Option<String> {
        let record = ty.strip_prefix("Page<")?.strip_suffix('>')?;
        Some(record.to_owned())
    };
    let is_created = |ty: &str| ty.starts_with("Created<");
    match (old, new) {
        // Whether a file holds what is expected isn't said by types.
        (_, "FileBody") if old != new => None,
        ("FileBody" | "()" | "Json", _) => Some(Reading::ReadsAll),
        (_, "Json") => Some(Reading::Unread),
        (old, new) if is_created(old) && is_created(new) => Some(Reading::ReadsAll),
        (old, _) if is_created(old) => Some(Reading::Unread),
        (old, new) => match (page(old), page(new)) {
            (Some(old), Some(new)) => record(&old, &new, sides),
            // Nothing in a page has to be there, but what is there has to be like it.
            (Some(_), None) => {
                let known = ["has_more", "record_count", "records"];
                let parts = fields(new, sides.1).unwrap_or_default();
                let alike = parts.iter().any(|(name, _)| known.contains(name));
                (!alike).then_some(Reading::ReadsAll)
            }
            (None, _) => record(old, new, sides),
        },
    }
}

/// How the fields of one record fare with those of another; whatever else is answered has none of them.
fn record(old: &str, new: &str, (was, is): (&Surface, &Surface)) -> Option<Reading> {
    let before = fields(old, was)?;
    let after = fields(new, is).unwrap_or_default();
    let mut verdict = Some(Reading::ReadsAll);
    for (name, ty) in before {
        let optional = |ty: &str| ty.starts_with("Option<");
        let Some((_, now)) = after.iter().find(|(it, _)| *it == name) else {
            if !optional(ty) {
                return Some(Reading::Unread);
            }
            continue;
        };
        if !optional(ty) && optional(now) {
            return Some(Reading::Unread);
        }
        let (ty, now) = (bare(ty), bare(now));
        if ty != now && !reads(ty, now) {
            verdict = None;
        }
    }
    verdict
}

/// The fields of a struct, if the surface has it.
fn fields<'s>(name: &str, surface: &'s Surface) -> Option<Vec<(&'s str, &'s str)>> {
    let is_named = |path: &str| path.rsplit("::").next() == Some(name);
    let (owner, _) = surface
        .items()
        .find(|(path, item)| is_named(path) && matches!(item.shape, Shape::Struct { .. }))?;
    let parts = surface
        .items()
        .filter(|(_, item)| item.owner.as_deref() == Some(owner));
    let fields = parts.filter_map(|(path, item)| match &item.shape {
        Shape::Field { ty } => Some((path.rsplit('.').next().unwrap_or(path), ty.as_str())),
        _ => None,
    });
    Some(fields.collect())
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
