//! Choices (`oneOf`, `anyOf`) and the items of lists.

use super::super::canonical::shape::{Shape, Union};
use super::super::canonical::text::short;
use super::super::canonical::types::Types;
use super::super::canonical::view::View;
use super::super::canonical::{At, Schema, equal};
use super::super::fact::{Fact, Guard, Pair};
use super::super::finding::{Effect, Wire};
use super::super::matching::variants;
use super::super::subset::{Answer, Side};
use super::schemas::Shapes;
use super::{Comparison, Parts};

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

    /// Whether both accept the same values for sure.
    pub(super) fn equivalent(&mut self, old: Schema, new: Schema) -> bool {
        self.both_ways(old, new) == (Answer::Yes, Answer::Yes)
    }

    fn both_ways(&mut self, old: Schema, new: Schema) -> (Answer, Answer) {
        let trees = [&self.old, &self.new];
        let (old, new) = ((Side::Old, old, false), (Side::New, new, false));
        (
            self.subset.of(trees, old, new),
            self.subset.of(trees, new, old),
        )
    }

    /// Items of lists: those with a position, and the rest.
    pub(super) fn elements(&mut self, shapes: &Shapes<'_, 'a>) {
        if !shapes.common.meets(Types::ARRAY) {
            return;
        }
        let (old, new) = (shapes.old, shapes.new);
        for index in 0..old.prefix.len().max(new.prefix.len()) {
            let before = old.prefix.get(index).copied();
            let after = new.prefix.get(index).copied();
            let before = before.map_or_else(|| old.items.clone(), |at| vec![at]);
            let after = after.map_or_else(|| new.items.clone(), |at| vec![at]);
            self.element(shapes, &before, &after, index);
        }
        self.element(shapes, &old.items, &new.items, usize::MAX);
    }

    fn element(&mut self, shapes: &Shapes<'_, 'a>, old: &[At<'a>], new: &[At<'a>], index: usize) {
        let (id, effect, what) = match (old.first(), new.first()) {
            (None, None) => return,
            (Some(_), Some(_)) => {
                self.schemas(shapes.pair, Guard::OPEN, old, new);
                return;
            }
            (Some(at), None) if self.is_anything(true, *at) => return,
            (None, Some(at)) if self.is_anything(false, *at) => return,
            (Some(_), None) => (
                "schema.items.removed",
                Effect::Widens,
                "no longer says what its items are like",
            ),
            (None, Some(_)) => (
                "schema.items.added",
                Effect::Narrows,
                "says what its items are like",
            ),
        };
        let name = if index == usize::MAX {
            String::new()
        } else {
            index.to_string()
        };
        let text = |at: Option<&At<'_>>| at.map(|it| short(it.node));
        let fact = shapes
            .fact_of_items(id, effect, format!("`{{}}` {what}"))
            .places(
                Some(old.first().copied().unwrap_or(shapes.old.at)),
                Some(new.first().copied().unwrap_or(shapes.new.at)),
            )
            .values(text(old.first()), text(new.first()))
            .named(name);
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    fn is_anything(&self, is_old: bool, at: At<'a>) -> bool {
        let tree = if is_old { &self.old } else { &self.new };
        let view = View::of(tree, &[at]);
        tree.shape(view.core).is_anything()
    }

    /// Choices. One on each side is compared variant by variant, anything else as a whole.
    pub(super) fn choices(&mut self, shapes: &Shapes<'_, 'a>) {
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

    /// A choice came, went, or is one of several: what it does to the values is asked as a whole.
    fn whole(&mut self, shapes: &Shapes<'_, 'a>) {
        let (old, new) = shapes.schemas;
        let (forth, back) = self.both_ways(old, new);
        let at = |shape: &Shape<'a>| shape.unions.first().map_or(shape.at, |union| union.at);
        let (before, after) = (at(shapes.old), at(shapes.new));
        let id = match (shapes.old.unions.len(), shapes.new.unions.len()) {
            (0, _) => "schema.union.added",
            (_, 0) => "schema.union.removed",
            _ => "schema.union.changed",
        };
        let message = match id {
            "schema.union.added" => "`{}` is a choice now",
            "schema.union.removed" => "`{}` is no longer a choice",
            _ => "the choices of `{}` are others",
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
            .fact(id, effect, message)
            .places(Some(before), Some(after))
            .values(Some(short(before.node)), Some(short(after.node)));
        fact.verdict.request = wire(forth);
        fact.verdict.response = wire(back);
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    fn choice(&mut self, shapes: &Shapes<'_, 'a>, old: &Union<'a>, new: &Union<'a>) {
        let facts = self.facts.len();
        let trees = [&self.old, &self.new];
        let matched = variants::matched(trees, &mut self.subset, old, new);
        for &(before, after) in &matched.pairs {
            self.schemas(shapes.pair, Guard::OPEN, &[before], &[after]);
        }
        for &at in &matched.removed {
            let message = format!("`{{}}` is no longer {}", variants::name(at));
            let fact = shapes
                .fact("schema.variant.removed", Effect::Narrows, message)
                .places(Some(at), Some(new.at))
                .values(Some(short(at.node)), None)
                .named(variants::name(at));
            self.found(shapes.pair, Guard::OPEN, fact);
        }
        for &at in &matched.added {
            let message = format!("`{{}}` may now be {}", variants::name(at));
            let fact = shapes
                .fact("schema.variant.added", Effect::Widens, message)
                .places(Some(old.at), Some(at))
                .values(None, Some(short(at.node)))
                .named(variants::name(at));
            self.found(shapes.pair, Guard::OPEN, fact);
        }
        self.kind(shapes, old, new);
        self.discriminator(shapes, old, new);
        if old.exclusive || new.exclusive {
            let schemas = shapes.schemas;
            let changed = self.facts.len() > facts;
            self.exclusive
                .push((shapes.pair, schemas, changed, matched.pairs));
        }
    }

    /// `oneOf` became `anyOf`, or the other way round.
    fn kind(&mut self, shapes: &Shapes<'_, 'a>, old: &Union<'a>, new: &Union<'a>) {
        if old.exclusive == new.exclusive {
            return;
        }
        let trees = [&self.old, &self.new];
        let apart =
            variants::apart(trees, Side::Old, old) && variants::apart(trees, Side::New, new);
        let word = |union: &Union<'_>| if union.exclusive { "oneOf" } else { "anyOf" };
        let message = format!("`{{}}` is {} instead of {}", word(new), word(old));
        let effect = match (apart, new.exclusive) {
            (true, _) => Effect::Equal,
            (false, true) => Effect::Narrows,
            (false, false) => Effect::Widens,
        };
        let mut fact = shapes
            .fact("schema.union.kind.changed", effect, message)
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

    fn discriminator(&mut self, shapes: &Shapes<'_, 'a>, old: &Union<'a>, new: &Union<'a>) {
        let part = |union: &Union<'a>, key: &str| union.discriminator.and_then(|at| at.child(key));
        let same = |key: &str| match (part(old, key), part(new, key)) {
            (Some(a), Some(b)) => equal::same(a.node, b.node),
            (None, None) => true,
            _ => false,
        };
        let had = old.discriminator.is_some();
        let has = new.discriminator.is_some();
        let (id, what) = match (had, has) {
            (false, false) => return,
            (false, true) => ("schema.discriminator.added", "is told apart by a field now"),
            (true, false) => (
                "schema.discriminator.removed",
                "is no longer told apart by a field",
            ),
            (true, true) if !same("propertyName") => (
                "schema.discriminator.changed",
                "is told apart by another field",
            ),
            (true, true) => {
                self.mapping(shapes, old, new);
                return;
            }
        };
        let wire = if had && has {
            Wire::Breaking
        } else {
            Wire::Undecided
        };
        let why = "which variant a value is taken for depends on it";
        let text = |union: &Union<'a>| part(union, "propertyName").map(|it| short(it.node));
        let fact = shapes
            .fact(id, Effect::Unknown, format!("`{{}}` {what}"))
            .with_verdict(wire, wire, why)
            .places(
                Some(old.discriminator.unwrap_or(old.at)),
                Some(new.discriminator.unwrap_or(new.at)),
            )
            .values(text(old), text(new));
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    /// The tags of a discriminator.
    fn mapping(&mut self, shapes: &Shapes<'_, 'a>, old: &Union<'a>, new: &Union<'a>) {
        let entries = |union: &Union<'a>| -> Vec<(&'a str, At<'a>)> {
            let mapping = union.discriminator.and_then(|at| at.child("mapping"));
            mapping.into_iter().flat_map(At::entries).collect()
        };
        let (before, after) = (entries(old), entries(new));
        let find = |list: &[(&'a str, At<'a>)], tag: &str| {
            let found = list.iter().find(|(it, _)| *it == tag);
            found.map(|(_, at)| *at)
        };
        let at = |union: &Union<'a>| union.discriminator.unwrap_or(union.at);
        for &(tag, was) in &before {
            let is = find(&after, tag);
            if is.is_some_and(|is| self.same_target(was, is)) {
                continue;
            }
            let (id, effect, what) = match is {
                Some(_) => (
                    "schema.discriminator.mapping.changed",
                    Effect::Replaces,
                    "stands for another variant",
                ),
                None => (
                    "schema.discriminator.mapping.removed",
                    Effect::Narrows,
                    "no longer stands for a variant",
                ),
            };
            let fact = shapes
                .fact(id, effect, format!("the tag `{tag}` of `{{}}` {what}"))
                .places(Some(was), Some(is.unwrap_or_else(|| at(new))))
                .values(Some(short(was.node)), is.map(|it| short(it.node)))
                .named(tag);
            self.found(shapes.pair, Guard::OPEN, fact);
        }
        for &(tag, is) in &after {
            if find(&before, tag).is_none() {
                let message = format!("the tag `{tag}` of `{{}}` is new");
                let fact = shapes
                    .fact(
                        "schema.discriminator.mapping.added",
                        Effect::Widens,
                        message,
                    )
                    .places(Some(at(old)), Some(is))
                    .values(None, Some(short(is.node)))
                    .named(tag);
                self.found(shapes.pair, Guard::OPEN, fact);
            }
        }
    }

    /// Whether a tag names the same variant, perhaps under another name.
    fn same_target(&mut self, old: At<'a>, new: At<'a>) -> bool {
        if equal::same(old.node, new.node) {
            return true;
        }
        let name = |at: At<'a>| at.node.as_str().and_then(|it| it.rsplit('/').next());
        let (Some(was), Some(is)) = (name(old), name(new)) else {
            return false;
        };
        self.only_old.contains(&(old.document, was)) && self.only_new.contains(&(new.document, is))
    }

    /// Says where a value may hold for two variants of `oneOf`, now that a variant changed.
    pub(super) fn overlaps(&mut self) {
        for (pair, (old, new), changed, variants) in std::mem::take(&mut self.exclusive) {
            let variant_changed = |(old, new): &(At<'a>, At<'a>)| {
                let old = View::of(&self.old, &[*old]).core;
                let new = View::of(&self.new, &[*new]).core;
                let core = self.known.get(&Parts::Core(old, new));
                core.is_some_and(|core| self.is_changed(*core))
            };
            if !changed && !variants.iter().any(variant_changed) {
                continue;
            }
            let (old, new) = (self.old.shape(old), self.new.shape(new));
            if let (Some(old), Some(new)) = (old.unions.first(), new.unions.first()) {
                self.overlap(pair, old, new);
            }
        }
    }

    /// Whether some fact of the pair itself is about the values that are valid.
    fn is_changed(&self, pair: Pair) -> bool {
        self.count(pair) > 0
            && self.facts.iter().any(|fact| {
                fact.effect != Effect::Equal && fact.owners.iter().any(|owner| owner.0 == pair)
            })
    }

    fn overlap(&mut self, pair: Pair, old: &Union<'a>, new: &Union<'a>) {
        let trees = [&self.old, &self.new];
        let apart = variants::apart(trees, Side::New, new);
        let was_apart = variants::apart(trees, Side::Old, old);
        if apart && was_apart {
            return;
        }
        let why =
            "a value that fits two variants of oneOf fits none, and these can't be told apart";
        let wire = |union: &Union<'_>, apart: bool| {
            if union.exclusive && !apart {
                Wire::Undecided
            } else {
                Wire::Silent
            }
        };
        let message = "the variants of `{}` may overlap";
        let fact = Fact::by_law("schema.union.overlap", Effect::Unknown, message)
            .with_verdict(wire(new, apart), wire(old, was_apart), why)
            .places(Some(old.at), Some(new.at));
        self.found(pair, Guard::OPEN, fact);
    }
}
