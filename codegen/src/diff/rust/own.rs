//! Facts that only generated code shows, such as the order of arguments: the comparison of documents
//! takes them for equal, and rightly so.

use super::classify::Change;
use super::places::Places;
use super::surface::{Item, Origin, Shape, Surface};
use crate::diff::finding::{Decode, Direction, Effect, Finding, Place, Wire};
use crate::diff::fingerprint::fingerprint;
use crate::diff::rules::{self, ARGUMENT_ORDER, MODULE_CHANGED};
use crate::diff::side::Side;

/// The fact behind a change that no finding about the documents explains.
pub(super) fn finding(
    change: &Change<'_>,
    (old, before): (&Side, &Surface),
    (new, after): (&Side, &Surface),
) -> Option<Finding> {
    let item = change.after.or(change.before)?;
    let (id, said) = match (change.before, change.after) {
        (Some(before), Some(after)) => order(before, after)?,
        (Some(_), None) => {
            let now = module(change.path, item, after)?;
            (MODULE_CHANGED, (change.path.to_owned(), now))
        }
        (None, Some(_)) => {
            let then = module(change.path, item, before)?;
            (MODULE_CHANGED, (then, change.path.to_owned()))
        }
        (None, None) => return None,
    };
    let at = [place(old, &item.origin), place(new, &item.origin)];
    let pointer = at
        .iter()
        .flatten()
        .next()
        .map(|place| place.pointer.clone());
    let rule = rules::find(id);
    let name = change.path.rsplit(':').next().unwrap_or(change.path);
    let subject = match &item.origin {
        Origin::Schema(name) => name.clone(),
        Origin::Operation(id) => id.clone(),
        _ => name.to_owned(),
    };
    let message = if id == ARGUMENT_ORDER {
        format!(
            "`{}` takes ({}) instead of ({})",
            change.path, said.1, said.0
        )
    } else {
        format!("`{subject}` moved from `{}` to `{}`", said.0, said.1)
    };
    let [old, new] = at;
    Some(Finding {
        id,
        message,
        direction: Direction::Both,
        effect: Effect::Equal,
        wire: Wire::Silent,
        decode: Decode::Safe,
        rust: change.level,
        signature: true,
        reason: rule.map(|rule| rule.law.to_owned()).unwrap_or_default(),
        compatible_by: rule.and_then(|rule| rule.compatible_by),
        old,
        new,
        fingerprint: fingerprint(
            id,
            &format!("{} {subject}", pointer.unwrap_or_default()),
            Direction::Both,
            &said.0,
            &said.1,
        ),
        before: Some(said.0),
        after: Some(said.1),
        reach: Vec::new(),
        witness: None,
        rust_items: Vec::new(),
        accepted: None,
        subject,
    })
}

type Said = (&'static str, (String, String));

/// The arguments on both sides, when they are the same ones in another order.
fn order(before: &Item, after: &Item) -> Option<Said> {
    let (Shape::Function { parameters: a, .. }, Shape::Function { parameters: b, .. }) =
        (&before.shape, &after.shape)
    else {
        return None;
    };
    let names = |all: &[(String, String)]| -> Vec<String> {
        all.iter().map(|(name, _)| name.clone()).collect()
    };
    let (a, b) = (names(a), names(b));
    let sorted = |all: &[String]| {
        let mut all = all.to_vec();
        all.sort();
        all
    };
    (a != b && sorted(&a) == sorted(&b)).then(|| (ARGUMENT_ORDER, (a.join(", "), b.join(", "))))
}

/// Where the other side has the type that is made of the same schema.
fn module(path: &str, item: &Item, other: &Surface) -> Option<String> {
    let Origin::Schema(_) = &item.origin else {
        return None;
    };
    let name = path.rsplit("::").next()?;
    let twin = other.items().find(|(at, twin)| {
        *at != path && twin.origin == item.origin && at.rsplit("::").next() == Some(name)
    });
    twin.map(|(at, _)| at.to_owned())
}

/// Where a side states what an item is made of.
fn place(side: &Side, origin: &Origin) -> Option<Place> {
    let spot = Places::of(side).spots(origin).into_iter().next()?;
    let named = side
        .documents
        .iter()
        .find(|named| named.name == spot.document)?;
    let node = named.document.root().pointer(&spot.pointer)?;
    Some(Place {
        file: named.document.file(node.pos).to_owned(),
        line: node.pos.line,
        document: spot.document,
        pointer: spot.pointer,
    })
}
