//! What a change of the surface does to code that uses it, by Cargo's rules for semantic versions,
//! types included.

use super::surface::{Item, Shape, Surface};
use api_schema_diff::consumer::Level;

/// One item that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'s> {
    /// Its path.
    pub path: &'s str,
    /// What it was.
    pub before: Option<&'s Item>,
    /// What it is.
    pub after: Option<&'s Item>,
    /// What that does to code that uses it.
    pub level: Level,
    /// What a user of the item has to know.
    pub note: &'static str,
}

/// Every difference, in order of path. What comes or goes together with the item that it is a part of
/// isn't listed of its own.
pub fn changes<'s>(old: &'s Surface, new: &'s Surface) -> Vec<Change<'s>> {
    let gone = old.items().filter(|(path, _)| new.get(path).is_none());
    let gone = gone
        .filter(|(_, item)| !follows(item, old, new))
        .map(|(path, item)| (path, Some(item), None));
    let rest = new.items().filter_map(|(path, item)| match old.get(path) {
        Some(before) if same(before, item) || gated_with_owner(before, item, old, new) => None,
        Some(before) => Some((path, Some(before), Some(item))),
        None if follows(item, new, old) => None,
        None => Some((path, None, Some(item))),
    });
    let mut changes: Vec<Change<'s>> = gone
        .chain(rest)
        .map(|(path, before, after)| {
            let owner = after.or(before).and_then(|item| item.owner.as_deref());
            let open = owner.is_none_or(|owner| is_open(old, owner));
            let (level, note) = judge(before, after, open);
            Change {
                path,
                before,
                after,
                level,
                note,
            }
        })
        .collect();
    changes.sort_by_key(|change| change.path);
    changes
}

/// Whether two items are the same to users.
fn same(before: &Item, after: &Item) -> bool {
    before.shape == after.shape
        && before.unverified == after.unverified
        && before.deprecated == after.deprecated
}

/// Whether all that changed is the feature that it needs, and that because of what it is a part of.
fn gated_with_owner(before: &Item, after: &Item, old: &Surface, new: &Surface) -> bool {
    let owner = |item: &Item, side: &Surface| {
        let owner = item.owner.as_deref().and_then(|owner| side.get(owner));
        owner.map(|owner| owner.unverified)
    };
    before.shape == after.shape
        && before.deprecated == after.deprecated
        && owner(before, old) == Some(before.unverified)
        && owner(after, new) == Some(after.unverified)
}

/// Whether an item of `side` that `other` lacks is part of one that it lacks as well.
fn follows(item: &Item, side: &Surface, other: &Surface) -> bool {
    let Some(owner) = item.owner.as_deref() else {
        return false;
    };
    match side.get(owner) {
        Some(above) => other.get(owner).is_none() || follows(above, side, other),
        None => false,
    }
}

/// Whether others must reckon with more in it.
fn is_open(surface: &Surface, path: &str) -> bool {
    surface.get(path).is_none_or(|item| reserved(&item.shape))
}

/// Whether users can neither build it nor match all of it.
fn reserved(shape: &Shape) -> bool {
    match shape {
        Shape::Struct { open, private } => *open || *private,
        Shape::Enum { open } => *open,
        _ => true,
    }
}

/// The verdict on one difference; `open` says whether the item that it is a part of is.
fn judge(before: Option<&Item>, after: Option<&Item>, open: bool) -> (Level, &'static str) {
    let verified = [before, after]
        .into_iter()
        .flatten()
        .any(|item| !item.unverified);
    if !verified {
        return (
            Level::None,
            "behind the feature `unverified`, so outside semver",
        );
    }
    match (before, after) {
        (None, None) => (Level::None, ""),
        (None, Some(item)) => added(&item.shape, open),
        (Some(item), None) => match item.shape {
            Shape::Fact { .. } => (Level::None, BEHAVIOUR),
            _ => (Level::Major, "code that names it no longer compiles"),
        },
        (Some(before), Some(after)) => match (before.unverified, after.unverified) {
            (false, true) => (Level::Major, "now needs the feature `unverified`"),
            (true, false) => (Level::Minor, "no longer needs the feature `unverified`"),
            _ => changed(before, after),
        },
    }
}

/// What the compiler doesn't see.
const BEHAVIOUR: &str = "compiles as before, but the crate does something else";

fn added(shape: &Shape, open: bool) -> (Level, &'static str) {
    match shape {
        Shape::Field { .. } if !open => (Level::Major, "the struct could be built without it"),
        Shape::Variant { .. } if !open => (Level::Major, "a match over all variants lacks it"),
        Shape::Fact { .. } => (Level::None, BEHAVIOUR),
        _ => (Level::Minor, ""),
    }
}

fn changed(before: &Item, after: &Item) -> (Level, &'static str) {
    use Shape::{Constant, Enum, Field, Function, Struct, Trait, Variant};
    match (&before.shape, &after.shape) {
        (a, b) if a == b => (
            Level::Minor,
            "code that uses it is warned about, or no longer is",
        ),
        (Struct { .. }, Struct { .. }) | (Enum { .. }, Enum { .. }) => {
            match (reserved(&before.shape), reserved(&after.shape)) {
                (true, false) => (Level::Minor, "can be built or matched in full now"),
                (false, true) => (Level::Major, "can no longer be built or matched in full"),
                _ => (Level::None, "no code can tell"),
            }
        }
        (Field { ty: a }, Field { ty: b }) => (Level::Major, optionality(a, b)),
        (Variant { holds: a, .. }, Variant { holds: b, .. }) if a == b => (Level::None, BEHAVIOUR),
        (Constant { ty: a, .. }, Constant { ty: b, .. }) if a == b => (Level::None, BEHAVIOUR),
        (Trait { types: a, .. }, Trait { types: b, .. }) if a == b => (Level::None, BEHAVIOUR),
        (Trait { .. }, Trait { .. }) => (Level::Major, "an associated type is another"),
        (Shape::Fact { .. }, Shape::Fact { .. }) => (Level::None, BEHAVIOUR),
        (
            Function {
                receiver: from,
                parameters: a,
                output: before,
            },
            Function {
                receiver: to,
                parameters: b,
                output: after,
            },
        ) => {
            if from != to || before != after {
                (Level::Major, "returns another type")
            } else {
                parameters(a, b)
            }
        }
        _ => (Level::Major, "is of another type"),
    }
}

fn optionality(before: &str, after: &str) -> &'static str {
    let inside = |ty: &str| Some(ty.strip_prefix("Option<")?.strip_suffix('>')?.to_owned());
    if inside(before).as_deref() == Some(after) {
        "is no longer optional"
    } else if inside(after).as_deref() == Some(before) {
        "is optional now"
    } else {
        "is of another type"
    }
}

fn parameters(before: &[(String, String)], after: &[(String, String)]) -> (Level, &'static str) {
    if before.len() < after.len() {
        return (Level::Major, "takes an argument more");
    }
    if before.len() > after.len() {
        return (Level::Major, "takes an argument less");
    }
    let types = |all: &[(String, String)]| all.iter().map(|(_, ty)| ty.clone()).collect::<Vec<_>>();
    let moved = before.iter().enumerate().any(|(at, (name, _))| {
        let now = after.iter().position(|(other, _)| other == name);
        now.is_some_and(|now| now != at)
    });
    if types(before) != types(after) {
        let note = if moved {
            "takes its arguments in another order"
        } else {
            "takes another type"
        };
        return (Level::Major, note);
    }
    if moved {
        // The worst of all: it compiles, and mixes values up.
        return (
            Level::Major,
            "takes arguments of the same type in another order, which the compiler can't see",
        );
    }
    (
        Level::None,
        "names a parameter differently, which no call sees",
    )
}
