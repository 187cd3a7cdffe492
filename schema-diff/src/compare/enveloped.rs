//! A schema that became one of several variants, or the only one that is left.

use super::Comparison;
use super::schemas::Shapes;
use crate::canonical::At;
use crate::canonical::shape::{Additional, Shape, Union};
use crate::canonical::text::short;
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::fact::{Fact, Guard, Pair};
use crate::finding::{Effect, Wire};
use crate::matching::{nested, variants};
use crate::rules::{self, Rule};
use crate::subset::disjoint;
use crate::subset::{Side, is_only_a_union};

impl<'a> Comparison<'a> {
    /// Compares a schema with the variant of the other side that it is, and says what else there is.
    /// Nothing is done, and false returned, where neither side is a plain union or nothing fits.
    pub(super) fn enveloped(
        &mut self,
        pair: Pair,
        (old_at, old): (At<'a>, &View<'a>),
        (new_at, new): (At<'a>, &View<'a>),
    ) -> bool {
        let (before, after) = (self.old.shape(old.core), self.new.shape(new.core));
        let trees = [&self.old, &self.new];
        let alone = |at: At<'a>| Union {
            exclusive: false,
            at,
            null: false,
            variants: vec![at],
            discriminator: None,
        };
        let (one, other) = if let Some(choice) = choice(&after)
            && before.unions.is_empty()
        {
            (alone(old_at), nested::flattened(trees, Side::New, choice))
        } else if let Some(choice) = choice(&before)
            && after.unions.is_empty()
        {
            (nested::flattened(trees, Side::Old, choice), alone(new_at))
        } else {
            return false;
        };
        let matched = variants::matched(trees, &mut self.subset, &one, &other);
        let [(was, is)] = *matched.pairs.as_slice() else {
            return false;
        };
        let (inner, outer) = (View::of(&self.old, &[was]), View::of(&self.new, &[is]));
        let types = |shape: &Shape<'_>| shape.types & !Types::NULL;
        let kinds = types(&self.old.shape(inner.core)) & types(&self.new.shape(outer.core));
        if kinds == Types::NONE || (inner.core, outer.core) == (old.core, new.core) {
            return false;
        }
        self.schemas(pair, Guard::OPEN, &[was], &[is]);
        let shapes = Shapes {
            pair,
            schemas: (old.core, new.core),
            old: &before,
            new: &after,
            common: kinds,
        };
        for &at in &matched.removed {
            if self.is_covered(true, at, new.core) {
                continue;
            }
            let message = format!("`{{}}` is no longer {}", variants::name(at));
            self.variant(&shapes, rules::SCHEMA_VARIANT_REMOVED, at, &message);
        }
        for &at in &matched.added {
            if self.is_covered(false, at, old.core) {
                continue;
            }
            let message = format!("`{{}}` may now be {}", variants::name(at));
            self.variant(&shapes, rules::SCHEMA_VARIANT_ADDED, at, &message);
        }
        self.discriminator(&shapes, &one, &other, &matched.pairs);
        self.only_one_fits(&shapes, &one, &other);
        true
    }

    fn variant(&mut self, shapes: &Shapes<'_, 'a>, rule: &'static Rule, at: At<'a>, message: &str) {
        let text = Some(short(at.node));
        let added = rule == rules::SCHEMA_VARIANT_ADDED;
        let (effect, places, values) = if added {
            let places = (Some(shapes.old.at), Some(at));
            (Effect::Widens, places, (None, text))
        } else {
            let places = (Some(at), Some(shapes.new.at));
            (Effect::Narrows, places, (text, None))
        };
        let fact = shapes
            .fact(rule, effect, message)
            .places(places.0, places.1)
            .values(values.0, values.1)
            .named(variants::name(at));
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    /// What fits two variants of `oneOf` fits none.
    fn only_one_fits(&mut self, shapes: &Shapes<'_, 'a>, old: &Union<'a>, new: &Union<'a>) {
        let trees = [&self.old, &self.new];
        let wire = |side: Side, union: &Union<'a>| {
            if union.exclusive && !disjoint::apart(trees, side, union) {
                Wire::Undecided
            } else {
                Wire::Silent
            }
        };
        let (request, response) = (wire(Side::New, new), wire(Side::Old, old));
        if (request, response) == (Wire::Silent, Wire::Silent) {
            return;
        }
        let why = "a value that fits two variants of oneOf fits none, and these may overlap";
        let message = "the variants of `{}` may overlap";
        let fact = Fact::by_variance(rules::SCHEMA_UNION_OVERLAP, Effect::Unknown, message)
            .with_verdict(request, response, why)
            .places(Some(shapes.old.at), Some(shapes.new.at));
        self.found(shapes.pair, Guard::OPEN, fact);
    }
}

/// The union that a schema is, if it is nothing else.
fn choice<'s, 'a>(shape: &'s Shape<'a>) -> Option<&'s Union<'a>> {
    let plain = is_only_a_union(shape) && matches!(shape.additional, Additional::Anything);
    shape.unions.first().filter(|_| plain)
}
