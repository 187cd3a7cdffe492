//! What only a whole schema tells: that its numbers have no fraction, and that nothing besides the
//! named fields is left over.

use super::super::number::Number;
use super::super::types::Types;
use super::super::view::View;
use super::super::{At, Tree};
use super::{Additional, Bound, Limit, Shape};

/// Keywords that look at values on their own, so that what they evaluate isn't known beforehand.
const BRANCHES: [&str; 5] = [
    "if",
    "dependentSchemas",
    "dependencies",
    "patternProperties",
    "contains",
];

impl<'a> Shape<'a> {
    /// A multiple of a whole number has no fraction, and whole numbers have simpler bounds.
    pub(super) fn fractions(&mut self) {
        let step = self.bound(Limit::MultipleOf).map(|bound| bound.value);
        let whole = step.is_some_and(|step| step.is_multiple_of(Number::whole(1)) == Some(true));
        if whole && self.types.meets(Types::FRACTION) {
            self.types = self.types & !Types::FRACTION;
            // A step of one is the type `integer` in other words.
            self.whole_only = step != Some(Number::whole(1));
        }
        if self.types.meets(Types::FRACTION) {
            return;
        }
        for bound in &mut self.bounds {
            whole_numbers(bound);
        }
        let one = Number::whole(1);
        self.bounds.retain(|bound| {
            bound.limit != Limit::MultipleOf || one.is_multiple_of(bound.value) != Some(true)
        });
    }

    /// What is left over is what the parts don't name, unless one of them looks at the value itself.
    pub(super) fn unevaluated(&mut self, tree: &Tree<'a>, parts: &[At<'a>]) {
        let blind = |(key, _): &(&str, At<'_>)| !BRANCHES.contains(key);
        if !self.unions.is_empty() || !self.opaque.iter().all(blind) {
            return;
        }
        let sees = |at: At<'a>| {
            parts.len() == 1 || {
                let seen = tree.parts(View::of(tree, &[at]).core);
                seen.len() == parts.len()
            }
        };
        let first = parts.first().copied();
        let stated = |key: &str| {
            first
                .and_then(|at| at.child(key))
                .filter(|_| first.is_some_and(sees))
        };
        let alone =
            |shape: &Self, key: &str| shape.opaque.iter().filter(|(it, _)| *it == key).count() == 1;
        if let Some(value) = stated("unevaluatedProperties")
            && alone(self, "unevaluatedProperties")
            && matches!(self.additional, Additional::Anything)
        {
            self.opaque
                .retain(|(key, _)| *key != "unevaluatedProperties");
            self.additionally(value);
        }
        if let Some(value) = stated("unevaluatedItems")
            && alone(self, "unevaluatedItems")
            && self.items.is_empty()
        {
            self.opaque.retain(|(key, _)| *key != "unevaluatedItems");
            self.items.push(value);
        }
    }
}

/// Among whole numbers `above 0` is `1`, and `1.5` is `2`.
fn whole_numbers(bound: &mut Bound<'_>) {
    let upper = match bound.limit {
        Limit::Minimum => false,
        Limit::Maximum => true,
        _ => return,
    };
    if let Some(mut whole) = bound.value.rounded(!upper) {
        if bound.exclusive && Number::whole(whole) == bound.value {
            whole = if upper { whole - 1 } else { whole + 1 };
        }
        bound.value = Number::whole(whole);
        bound.exclusive = false;
    }
}
