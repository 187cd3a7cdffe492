//! A bounded check whether everything that one schema accepts is accepted by another.
//!
//! It answers by types, ranges, enums, patterns, required fields and closed objects. Circles
//! are taken to hold until something speaks against them. What it can't decide is [`Answer::Unknown`].

pub(super) mod disjoint;
mod keywords;
pub(super) mod texts;
mod values;

use std::collections::HashMap;

use super::canonical::shape::{Shape, Union};
use super::canonical::types::Types;
use super::canonical::view::View;
use super::canonical::{At, Schema, Tree};
use super::pattern::Fuel;

/// What the check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    /// Some value is accepted by the first and not by the second.
    No,
    /// It can't be decided.
    Unknown,
    /// All of them are accepted.
    Yes,
}

impl Answer {
    pub(super) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// `Unknown` instead of `No`, where a counterexample isn't certain.
    pub(super) fn doubted(self) -> Self {
        self.max(Self::Unknown)
    }
}

/// Which documents a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Old,
    New,
}

/// The documents of both sides.
pub(super) type Trees<'t, 'a> = [&'t Tree<'a>; 2];

pub(super) fn tree<'t, 'a>(trees: Trees<'t, 'a>, side: Side) -> &'t Tree<'a> {
    match side {
        Side::Old => trees[0],
        Side::New => trees[1],
    }
}

/// A schema of a side, and whether a wrapper adds null to it.
pub(super) type Sided = (Side, Schema, bool);

/// How many pairs of schemas one question may lead to.
const BUDGET: usize = 400;

/// The check and what it has found so far.
#[derive(Debug, Default)]
pub(super) struct Subset {
    known: HashMap<(Sided, Sided, u8), Answer>,
    /// The questions that are being answered.
    open: Vec<(Sided, Sided, u8)>,
    steps: usize,
    /// What is left for patterns.
    fuel: Fuel,
}

impl Subset {
    /// Whether everything that `small` accepts is accepted by `large`.
    pub(super) fn of(&mut self, trees: Trees<'_, '_>, small: Sided, large: Sided) -> Answer {
        if self.open.is_empty() {
            self.steps = 0;
        }
        self.masked(trees, small, large, Types::ALL)
    }

    /// The same for the values of some types.
    fn masked(&mut self, trees: Trees<'_, '_>, small: Sided, large: Sided, mask: Types) -> Answer {
        if (small.0, small.1) == (large.0, large.1) && (large.2 || !small.2) {
            return Answer::Yes;
        }
        let question = (small, large, mask.bits());
        if let Some(&answer) = self.known.get(&question) {
            return answer;
        }
        if self.open.contains(&question) {
            return Answer::Yes;
        }
        self.steps += 1;
        if self.steps > BUDGET {
            return Answer::Unknown;
        }
        self.open.push(question);
        let answer = self.compare(trees, small, large, mask);
        self.open.pop();
        // Inside a circle a yes leans on what isn't certain yet.
        if answer == Answer::No || self.open.is_empty() {
            self.known.insert(question, answer);
        }
        answer
    }

    fn compare(&mut self, trees: Trees<'_, '_>, small: Sided, large: Sided, mask: Types) -> Answer {
        let (a, b) = (
            tree(trees, small.0).shape(small.1),
            tree(trees, large.0).shape(large.1),
        );
        let null = |it: Sided| if it.2 { Types::NULL } else { Types::NONE };
        let had = (a.types | null(small)) & mask;
        let has = b.types | null(large);
        if had == Types::NONE {
            return Answer::Yes;
        }
        if b.is_anything() {
            return Answer::Yes;
        }
        let sure = a.unions.is_empty() && a.opaque.is_empty() && a.exact;
        let doubt = |answer: Answer| if sure { answer } else { answer.doubted() };
        if let Some(values) = &a.values {
            let nulls = if had.meets(Types::NULL) && !has.meets(Types::NULL) {
                Answer::No
            } else {
                Answer::Yes
            };
            let each = values.list.iter().map(|(text, at)| {
                if mask.contains(Types::of(at.node)) {
                    values::accepts(&mut self.fuel, tree(trees, large.0), large, at.node, text)
                } else {
                    Answer::Yes
                }
            });
            return doubt(each.fold(nulls, Answer::and));
        }
        if !has.contains(had) {
            return doubt(Answer::No);
        }
        // Null has nothing to be restricted by.
        let types = had & !Types::NULL;
        if types == Types::NONE {
            return Answer::Yes;
        }
        let mut answer = doubt(self.keywords(trees, (small, &a), (large, &b), types));
        if answer != Answer::Yes && !a.unions.is_empty() {
            answer = answer.max(self.each_variant(trees, small.0, &a, large, types));
        }
        for union in &b.unions {
            if answer == Answer::No {
                break;
            }
            answer = answer.and(self.union(trees, (small, &a), large.0, union, types));
        }
        if b.exact {
            answer
        } else {
            answer.min(Answer::Unknown)
        }
    }

    /// Whether all variants of the first are within the second.
    fn each_variant<'a>(
        &mut self,
        trees: Trees<'_, 'a>,
        side: Side,
        a: &Shape<'a>,
        large: Sided,
        mask: Types,
    ) -> Answer {
        let mut best = Answer::No;
        for union in &a.unions {
            let mut all = Answer::Yes;
            for &variant in &union.variants {
                let small = sided(trees, side, variant);
                all = all.and(self.masked(trees, small, large, mask));
            }
            best = best.max(all);
        }
        let alone = a.unions.len() == 1 && is_only_a_union(a);
        if alone { best } else { best.doubted() }
    }

    /// Whether everything fits one variant of a union; types may go to different ones.
    fn union<'a>(
        &mut self,
        trees: Trees<'_, 'a>,
        small: (Sided, &Shape<'a>),
        side: Side,
        union: &Union<'a>,
        types: Types,
    ) -> Answer {
        let variants: Vec<Sided> = union
            .variants
            .iter()
            .map(|&variant| sided(trees, side, variant))
            .collect();
        let mut answer = Answer::Yes;
        for kind in Types::EACH {
            if !types.meets(kind) {
                continue;
            }
            let mut fits = 0;
            let mut may_fit = 0;
            for &variant in &variants {
                let shape = tree(trees, variant.0).shape(variant.1);
                let null = if variant.2 { Types::NULL } else { Types::NONE };
                if !(shape.types | null).meets(kind) {
                    continue;
                }
                match self.masked(trees, small.0, variant, kind) {
                    Answer::Yes => fits += 1,
                    _ if are_apart(trees, small.0, variant) => {}
                    _ => may_fit += 1,
                }
            }
            let enough = match (union.exclusive, fits, may_fit) {
                (_, 0, 0) => Answer::No,
                (false, 1.., _) | (true, 1, 0) => Answer::Yes,
                _ => Answer::Unknown,
            };
            answer = answer.and(enough);
        }
        if small.1.unions.is_empty() || answer == Answer::Yes {
            return answer;
        }
        // Perhaps variant by variant.
        let mut all = Answer::Yes;
        for inner in small.1.unions.iter().flat_map(|inner| &inner.variants) {
            let one = sided(trees, small.0.0, *inner);
            let shape = tree(trees, one.0).shape(one.1);
            let types = shape.types & types;
            if is_only_a_union(small.1) {
                all = all.and(self.union(trees, (one, &shape), side, union, types));
            } else {
                all = all.and(Answer::Unknown);
            }
        }
        answer.max(all)
    }
}

fn are_apart(trees: Trees<'_, '_>, a: Sided, b: Sided) -> bool {
    disjoint::disjoint((tree(trees, a.0), a.1, a.2), (tree(trees, b.0), b.1, b.2))
}

fn sided<'a>(trees: Trees<'_, 'a>, side: Side, at: At<'a>) -> Sided {
    let view = View::of(tree(trees, side), &[at]);
    (side, view.core, view.nullable)
}

/// Whether a shape has one union and nothing else that restricts it.
pub(super) fn is_only_a_union(shape: &Shape<'_>) -> bool {
    shape.types_at.is_none()
        && shape.unions.len() == 1
        && shape.values.is_none()
        && shape.bounds.is_empty()
        && shape.formats.is_empty()
        && shape.patterns.is_empty()
        && shape.properties.is_empty()
        && shape.required.is_empty()
        && shape.items.is_empty()
        && shape.prefix.is_empty()
        && shape.opaque.is_empty()
        && shape.exact
}
