//! Schemas: what wrappers add, and the keywords of what they wrap.

use super::Comparison;
use crate::canonical::shape::Shape;
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{Schema, equal};
use crate::fact::{Fact, Guard, Pair};
use crate::finding::{Effect, Wire};
use crate::rules::{self, Rule};

/// Two shapes and the pair that they are.
pub(super) struct Shapes<'s, 'a> {
    pub(super) pair: Pair,
    pub(super) schemas: (Schema, Schema),
    pub(super) old: &'s Shape<'a>,
    pub(super) new: &'s Shape<'a>,
    /// The types that both allow.
    pub(super) common: Types,
}

impl<'a> Shapes<'_, 'a> {
    /// A fact about the values at this node, as the law judges it.
    pub(super) fn fact(
        &self,
        rule: &'static Rule,
        effect: Effect,
        message: impl Into<String>,
    ) -> Fact<'a> {
        let (old, new) = self.schemas;
        Fact::by_variance(rule, effect, message).on(old, new)
    }

    /// The same for how many items there are, and what they are like.
    pub(super) fn fact_of_items(
        &self,
        rule: &'static Rule,
        effect: Effect,
        message: impl Into<String>,
    ) -> Fact<'a> {
        if !(self.old.loose_items || self.new.loose_items) {
            return self.fact(rule, effect, message);
        }
        let why = "`items` is a list, and OpenAPI 3.0 doesn't say what that means";
        Fact::judged(rule, Wire::Undecided, why, message)
    }
}

impl<'a> Comparison<'a> {
    /// What stands around two schemas at their place of use.
    pub(super) fn wrappers(&mut self, pair: Pair, old: &View<'a>, new: &View<'a>) {
        self.annotations(pair, old, new);
        self.names(pair, old, new);
        self.nullability(pair, old, new);
    }

    /// Whether null is valid, by a wrapper or by what it wraps.
    fn nullability(&mut self, pair: Pair, old: &View<'a>, new: &View<'a>) {
        let (before, after) = (self.old.shape(old.core), self.new.shape(new.core));
        let was = old.nullable || before.types.meets(Types::NULL);
        let is = new.nullable || after.types.meets(Types::NULL);
        // A type that comes from nothing brings null with it, and the other way round.
        let whole = |types: Types| types == Types::ALL || types == Types::NONE;
        let types = (before.types & !Types::NULL, after.types & !Types::NULL);
        if was == is || (types.0 != types.1 && (whole(before.types) || whole(after.types))) {
            return;
        }
        let (rule, effect, message) = if is {
            (
                rules::SCHEMA_NULLABLE_ADDED,
                Effect::Widens,
                "`{}` may now be null",
            )
        } else {
            (
                rules::SCHEMA_NULLABLE_REMOVED,
                Effect::Narrows,
                "`{}` may no longer be null",
            )
        };
        let text = |nullable: bool| {
            let text = if nullable { "nullable" } else { "not nullable" };
            Some(text.to_owned())
        };
        // Without wrappers it is stated where the schema is, however many places use it.
        let (at_old, at_new) = if old.nullable || new.nullable {
            (old.sites.first().copied(), new.sites.first().copied())
        } else {
            (Some(before.at), Some(after.at))
        };
        let mut fact = Fact::by_variance(rule, effect, message)
            .places(at_old, at_new)
            .values(text(was), text(is));
        if let (Some(old), Some(new)) = (at_old, at_new) {
            fact = fact.on(self.old.schema(&[old]), self.new.schema(&[new]));
        }
        self.found(pair, Guard::OPEN, fact);
    }

    /// The names by which the place of use refers to them.
    fn names(&mut self, pair: Pair, old: &View<'a>, new: &View<'a>) {
        let name = |reference: Option<&'a str>| reference.and_then(|it| it.rsplit('/').next());
        let (before, after) = (name(old.reference), name(new.reference));
        if before == after {
            return;
        }
        let (Some(&at_old), Some(&at_new)) = (old.sites.first(), new.sites.first()) else {
            return;
        };
        let renamed = before.zip(after).is_some_and(|(before, after)| {
            self.only_old.contains(&(at_old.document, before))
                && self.only_new.contains(&(at_new.document, after))
        });
        if renamed {
            return;
        }
        let (rule, message) = match (before, after) {
            (Some(before), Some(after)) => (
                rules::SCHEMA_REF_CHANGED,
                format!("`{{}}` refers to `{after}` instead of `{before}`"),
            ),
            (Some(before), None) => (
                rules::SCHEMA_INLINED,
                format!("`{{}}` is written out instead of referring to `{before}`"),
            ),
            _ => (
                rules::SCHEMA_EXTRACTED,
                format!(
                    "`{{}}` refers to `{}` instead of being written out",
                    after.unwrap_or_default()
                ),
            ),
        };
        let why = "names aren't sent; what differs inside is listed where it is stated";
        let fact = Fact::judged(rule, Wire::Silent, why, message)
            .places(Some(at_old), Some(at_new))
            .values(before.map(str::to_owned), after.map(str::to_owned));
        self.found(pair, Guard::OPEN, fact);
    }

    /// Two schemas without wrappers.
    pub(super) fn core(&mut self, pair: Pair, old: Schema, new: Schema) {
        let (before, after) = (self.old.parts(old), self.new.parts(new));
        let mut both = before.iter().zip(after.iter());
        if before.len() == after.len() && both.all(|(a, b)| equal::same(a.node, b.node)) {
            for (a, b) in before.iter().zip(after.iter()) {
                self.references(pair, *a, *b);
            }
            return;
        }
        self.compared += 1;
        let (shape, other) = (self.old.shape(old), self.new.shape(new));
        let shapes = Shapes {
            pair,
            schemas: (old, new),
            old: &shape,
            new: &other,
            common: shape.types & other.types,
        };
        self.types(&shapes);
        if shapes.common & !Types::NULL != Types::NONE {
            self.values(&shapes);
            self.limits(&shapes);
            self.texts(&shapes);
            self.properties(&shapes);
            self.elements(&shapes);
            self.unions(&shapes);
            self.conditions(&shapes);
            self.merged(&shapes);
        }
    }

    /// Says so when parts that were merged can't be judged one by one.
    fn merged(&mut self, shapes: &Shapes<'_, 'a>) {
        if shapes.old.exact && shapes.new.exact {
            return;
        }
        let message = "the parts of `{}` restrict each other's fields";
        let fact = shapes
            .fact(rules::SCHEMA_ALL_OF_UNCLEAR, Effect::Unknown, message)
            .places(Some(shapes.old.at), Some(shapes.new.at));
        self.found(shapes.pair, Guard::OPEN, fact);
    }
}
