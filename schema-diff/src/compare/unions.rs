//! Unions: `oneOf` and `anyOf`.

use super::schemas::Shapes;
use super::{Comparison, Parts};
use crate::canonical::shape::{Shape, Union};
use crate::canonical::text::short;
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{At, Schema, Tree, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::{Effect, Wire};
use crate::matching::{nested, variants};
use crate::rules;
use crate::subset::disjoint;
use crate::subset::{Answer, Side, tree};

impl<'a> Comparison<'a> {
    /// Whether everything that is valid for the old schema is valid for the new one.
    pub(super) fn within(&mut self, old: &View<'a>, new: &View<'a>) -> Answer {
        let trees = [&self.old, &self.new];
        let (old, new) = (
            (Side::Old, old.core, old.nullable),
            (Side::New, new.core, new.nullable),
        );
        self.subset.of(trees, old, new)
    }

    /// Whether everything that is valid for the new schema is valid for the old one.
    pub(super) fn within_old(&mut self, new: &View<'a>, old: &View<'a>) -> Answer {
        let trees = [&self.old, &self.new];
        let (old, new) = (
            (Side::Old, old.core, old.nullable),
            (Side::New, new.core, new.nullable),
        );
        self.subset.of(trees, new, old)
    }

    fn both_ways(&mut self, old: Schema, new: Schema) -> (Answer, Answer) {
        let trees = [&self.old, &self.new];
        let (old, new) = ((Side::Old, old, false), (Side::New, new, false));
        (
            self.subset.of(trees, old, new),
            self.subset.of(trees, new, old),
        )
    }

    /// Unions. One on each side is compared variant by variant, anything else as a whole.
    pub(super) fn unions(&mut self, shapes: &Shapes<'_, 'a>) {
        match (shapes.old.unions.as_slice(), shapes.new.unions.as_slice()) {
            ([], []) => {}
            ([old], [new]) => self.choice(shapes, old, new),
            (old, new) => {
                if old.len() == new.len()
                    && old
                        .iter()
                        .zip(new)
                        .all(|(a, b)| equal::same(a.at.node, b.at.node))
                {
                    for (a, b) in old.iter().zip(new) {
                        self.references(shapes.pair, a.at, b.at);
                    }
                    return;
                }
                self.whole(shapes);
            }
        }
    }

    /// A union came, went, or is one of several: what it does to the values is asked as a whole.
    fn whole(&mut self, shapes: &Shapes<'_, 'a>) {
        let (old, new) = shapes.schemas;
        let (forth, back) = self.both_ways(old, new);
        let at = |shape: &Shape<'a>| shape.unions.first().map_or(shape.at, |union| union.at);
        let (before, after) = (at(shapes.old), at(shapes.new));
        let (rule, message) = match (shapes.old.unions.len(), shapes.new.unions.len()) {
            (0, _) => (rules::SCHEMA_UNION_ADDED, "`{}` is a union now"),
            (_, 0) => (rules::SCHEMA_UNION_REMOVED, "`{}` is no longer a union"),
            _ => (rules::SCHEMA_UNION_CHANGED, "the unions of `{}` changed"),
        };
        let effect = match (forth, back) {
            (Answer::Yes, Answer::Yes) => Effect::Equal,
            (Answer::Yes, Answer::No) => Effect::Widens,
            (Answer::No, Answer::Yes) => Effect::Narrows,
            (Answer::No, Answer::No) => Effect::Replaces,
            _ => Effect::Unknown,
        };
        let wire = |answer: Answer| match (answer, effect) {
            (_, Effect::Equal) => Wire::Silent,
            (Answer::Yes, _) => Wire::Compatible,
            (Answer::No, _) => Wire::Breaking,
            (Answer::Unknown, _) => Wire::Undecided,
        };
        let mut fact = shapes
            .fact(rule, effect, message)
            .places(Some(before), Some(after))
            .values(Some(short(before.node)), Some(short(after.node)));
        fact.verdict.request = wire(forth);
        fact.verdict.response = wire(back);
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    fn choice(&mut self, shapes: &Shapes<'_, 'a>, old: &Union<'a>, new: &Union<'a>) {
        let facts = self.facts.len();
        let trees = [&self.old, &self.new];
        let old = &nested::flattened(trees, Side::Old, old);
        let new = &nested::flattened(trees, Side::New, new);
        let matched = variants::matched(trees, &mut self.subset, old, new);
        for &(before, after) in &matched.pairs {
            self.schemas(shapes.pair, Guard::OPEN, &[before], &[after]);
        }
        for &at in &matched.removed {
            if self.is_covered(true, at, shapes.schemas.1) {
                continue;
            }
            let message = format!("`{{}}` is no longer {}", variants::name(at));
            let fact = shapes
                .fact(rules::SCHEMA_VARIANT_REMOVED, Effect::Narrows, message)
                .places(Some(at), Some(new.at))
                .values(Some(short(at.node)), None)
                .named(variants::name(at));
            self.found(shapes.pair, Guard::OPEN, fact);
        }
        for &at in &matched.added {
            if self.is_covered(false, at, shapes.schemas.0) {
                continue;
            }
            let message = format!("`{{}}` may now be {}", variants::name(at));
            let fact = shapes
                .fact(rules::SCHEMA_VARIANT_ADDED, Effect::Widens, message)
                .places(Some(old.at), Some(at))
                .values(None, Some(short(at.node)))
                .named(variants::name(at));
            self.found(shapes.pair, Guard::OPEN, fact);
        }
        self.kind(shapes, old, new);
        let changed =
            self.facts.len() > facts || !matched.removed.is_empty() || !matched.added.is_empty();
        self.discriminator(shapes, old, new, &matched.pairs);
        if old.exclusive || new.exclusive {
            let schemas = shapes.schemas;
            self.exclusive
                .push((shapes.pair, schemas, changed, matched.pairs));
        }
    }

    /// Whether what a variant accepts is accepted by the whole of the other side anyway.
    pub(super) fn is_covered(&mut self, is_old: bool, variant: At<'a>, other: Schema) -> bool {
        let trees = [&self.old, &self.new];
        let (side, opposite) = if is_old {
            (Side::Old, Side::New)
        } else {
            (Side::New, Side::Old)
        };
        let view = View::of(tree(trees, side), &[variant]);
        let small = (side, view.core, view.nullable);
        self.subset.of(trees, small, (opposite, other, false)) == Answer::Yes
    }

    /// `oneOf` became `anyOf`, or the other way round.
    fn kind(&mut self, shapes: &Shapes<'_, 'a>, old: &Union<'a>, new: &Union<'a>) {
        if old.exclusive == new.exclusive {
            return;
        }
        let trees = [&self.old, &self.new];
        let apart =
            disjoint::apart(trees, Side::Old, old) && disjoint::apart(trees, Side::New, new);
        let word = |union: &Union<'_>| if union.exclusive { "oneOf" } else { "anyOf" };
        let message = format!("`{{}}` is {} instead of {}", word(new), word(old));
        let effect = match (apart, new.exclusive) {
            (true, _) => Effect::Equal,
            (false, true) => Effect::Narrows,
            (false, false) => Effect::Widens,
        };
        let mut fact = shapes
            .fact(rules::SCHEMA_UNION_KIND_CHANGED, effect, message)
            .places(Some(old.at), Some(new.at))
            .values(Some(word(old).to_owned()), Some(word(new).to_owned()));
        if !apart {
            fact = fact.with_verdict(
                if new.exclusive {
                    Wire::Undecided
                } else {
                    Wire::Compatible
                },
                if new.exclusive {
                    Wire::Compatible
                } else {
                    Wire::Undecided
                },
                "the variants may overlap, and then it matters how many of them have to hold",
            );
        }
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    /// Remembers unions that are written as before, though what their variants refer to may differ.
    pub(super) fn unchanged_unions(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        let both = equal::reference_unions(old)
            .into_iter()
            .zip(equal::reference_unions(new));
        for (old, new) in both {
            let listed = |at: At<'a>| {
                at.child("oneOf")
                    .into_iter()
                    .flat_map(|it| it.items().collect::<Vec<_>>())
            };
            let pairs = listed(old).zip(listed(new)).collect();
            let schemas = (self.old.schema(&[old]), self.new.schema(&[new]));
            self.exclusive.push((pair, schemas, false, pairs));
        }
    }

    /// Says where a value may hold for two variants of `oneOf`, now that a variant changed.
    pub(super) fn overlaps(&mut self) {
        if self.exclusive.is_empty() {
            return;
        }
        let changed = self
            .facts
            .iter()
            .filter(|fact| fact.effect != Effect::Equal && fact.rule.is_about_schemas())
            .flat_map(|fact| fact.owners.iter().map(|owner| owner.0));
        let leads = self.graph.leading_to(changed);
        for (pair, (old, new), changed, variants) in std::mem::take(&mut self.exclusive) {
            let variant_changed = |(old, new): &(At<'a>, At<'a>)| {
                // However deep it changed: what told two variants apart may be gone.
                let ends = (self.old.follow(*old), self.new.follow(*new));
                let uses = [(*old, *new), ends]
                    .map(|(old, new)| Parts::Use(self.old.schema(&[old]), self.new.schema(&[new])));
                let mut pairs = uses.iter().filter_map(|parts| self.known.get(parts));
                let touched = pairs.any(|pair| leads[pair.0 as usize]);
                let old = View::of(&self.old, &[*old]);
                let new = View::of(&self.new, &[*new]);
                let core = self.known.get(&Parts::Core(old.core, new.core));
                touched
                    || has_null(&self.old, &old) != has_null(&self.new, &new)
                    || core.is_some_and(|core| leads[core.0 as usize])
            };
            if !changed && !variants.iter().any(variant_changed) {
                continue;
            }
            let (old, new) = (self.old.shape(old), self.new.shape(new));
            if let (Some(old), Some(new)) = (old.unions.first(), new.unions.first()) {
                let trees = [&self.old, &self.new];
                let old = nested::flattened(trees, Side::Old, old);
                let new = nested::flattened(trees, Side::New, new);
                self.overlap(pair, &old, &new);
            }
        }
    }

    fn overlap(&mut self, pair: Pair, old: &Union<'a>, new: &Union<'a>) {
        let trees = [&self.old, &self.new];
        let apart = disjoint::apart(trees, Side::New, new);
        let was_apart = disjoint::apart(trees, Side::Old, old);
        if apart && was_apart {
            return;
        }
        let why = "a value that fits two variants of oneOf fits none, and these may overlap";
        let wire = |union: &Union<'_>, apart: bool| {
            if union.exclusive && !apart {
                Wire::Undecided
            } else {
                Wire::Silent
            }
        };
        let message = "the variants of `{}` may overlap";
        let fact = Fact::by_variance(rules::SCHEMA_UNION_OVERLAP, Effect::Unknown, message)
            .with_verdict(wire(new, apart), wire(old, was_apart), why)
            .places(Some(old.at), Some(new.at));
        self.found(pair, Guard::OPEN, fact);
    }
}

/// Whether null is valid.
fn has_null<'a>(tree: &Tree<'a>, view: &View<'a>) -> bool {
    view.nullable || tree.shape(view.core).types.meets(Types::NULL)
}
