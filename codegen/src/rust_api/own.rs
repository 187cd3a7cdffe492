//! Facts that only generated code shows, such as the order of arguments: the comparison of documents
//! takes them for equal, and rightly so.

use super::classify::Change;
use super::places::Places;
use super::rules::{ARGUMENT_ORDER, MODULE_CHANGED};
use super::surface::{Item, Origin, Shape, Surface};
use api_schema_diff::finding::{Direction, Effect, Finding, Place, Subject, Wire, fingerprint};
use api_schema_diff::rules::Rule;
use api_schema_diff::side::Side;

/// The fact behind a change that no finding about the documents explains.
pub(super) fn finding(
    change: &Change<'_>,
    (old, before): (&Side, &Surface),
    (new, after): (&Side, &Surface),
) -> Option<Finding> {
    let item = change.after.or(change.before)?;
    let (rule, said) = match (change.before, change.after) {
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
    let name = change.path.rsplit(':').next().unwrap_or(change.path);
    let subject = match &item.origin {
        Origin::Schema(name) => name.clone(),
        Origin::Operation(id) => id.clone(),
        _ => name.to_owned(),
    };
    let message = if rule == ARGUMENT_ORDER {
        format!(
            "`{}` takes ({}) instead of ({})",
            change.path, said.1, said.0
        )
    } else {
        format!("`{subject}` moved from `{}` to `{}`", said.0, said.1)
    };
    let [old, new] = at;
    Some(Finding {
        rule,
        message,
        direction: Direction::Both,
        effect: Effect::Equal,
        wire: Wire::Silent,
        strict: Wire::Silent,
        decodes: rule.decodes,
        reason: rule.verdict.to_owned(),
        old,
        new,
        fingerprint: fingerprint(
            rule.id,
            &format!("{} {subject}", pointer.unwrap_or_default()),
            Direction::Both,
            &said.0,
            &said.1,
        ),
        before: Some(said.0),
        after: Some(said.1),
        reach: Vec::new(),
        witness: None,
        subject: Subject::new(subject, ""),
    })
}

type Said = (&'static Rule, (String, String));

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
