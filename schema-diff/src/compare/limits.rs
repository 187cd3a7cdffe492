//! Keywords with numbers: one rule for all of them, with the side on which they cut.

use super::Comparison;
use super::formats::range;
use super::schemas::Shapes;
use crate::canonical::number::Number;
use crate::canonical::shape::{Bound, Limit};
use crate::canonical::types::Types;
use crate::fact::Guard;
use crate::finding::Effect;
use crate::rules;
use crate::subset::texts;

impl<'a> Comparison<'a> {
    pub(super) fn limits(&mut self, shapes: &Shapes<'_, 'a>) {
        for limit in Limit::ALL {
            if !shapes.common.meets(limit.types()) {
                continue;
            }
            let (old, new) = (shapes.old.bound(limit), shapes.new.bound(limit));
            if is_said_by_type(shapes, old, new) {
                continue;
            }
            let keyword = limit.keyword();
            let words = |bound: Option<&Bound<'_>>| bound.map(Bound::words);
            let (rule, effect, message) = match (old, new) {
                (None, None) => continue,
                (None, Some(new)) => (
                    rules::SCHEMA_CONSTRAINT_ADDED,
                    Effect::Narrows,
                    format!("`{{}}` has the new {keyword} {}", new.words()),
                ),
                (Some(old), None) => (
                    rules::SCHEMA_CONSTRAINT_REMOVED,
                    Effect::Widens,
                    format!("`{{}}` no longer has the {keyword} {}", old.words()),
                ),
                (Some(old), Some(new)) => {
                    let effect = effect(old, new);
                    let rule = match effect {
                        Effect::Equal => continue,
                        Effect::Narrows => rules::SCHEMA_CONSTRAINT_TIGHTENED,
                        Effect::Widens => rules::SCHEMA_CONSTRAINT_RELAXED,
                        _ => rules::SCHEMA_CONSTRAINT_CHANGED,
                    };
                    let (was, is) = (old.words(), new.words());
                    let message = format!("{keyword} of `{{}}` was {was}, now it is {is}");
                    (rule, effect, message)
                }
            };
            let effect = match limit {
                Limit::MinLength | Limit::MaxLength => {
                    self.in_context(shapes, effect, &texts::of_bound(old), &texts::of_bound(new))
                }
                Limit::Minimum | Limit::Maximum => in_range(shapes, effect, old, new),
                _ => effect,
            };
            let fact = if matches!(limit, Limit::MinItems | Limit::MaxItems) {
                shapes.fact_of_items(rule, effect, message)
            } else {
                shapes.fact(rule, effect, message)
            };
            let fact = fact
                .places(
                    Some(old.map_or(shapes.old.at, |bound| bound.at)),
                    Some(new.map_or(shapes.new.at, |bound| bound.at)),
                )
                .values(words(old), words(new))
                .named(keyword);
            self.found(shapes.pair, Guard::OPEN, fact);
        }
    }
}

/// The effect of a limit that by itself has `effect`, where the format of the number may say as much.
fn in_range(
    shapes: &Shapes<'_, '_>,
    effect: Effect,
    old: Option<&Bound<'_>>,
    new: Option<&Bound<'_>>,
) -> Effect {
    let (small, bound) = match effect {
        Effect::Narrows => (shapes.old, new),
        Effect::Widens => (shapes.new, old),
        _ => return effect,
    };
    let range = small.formats.iter().find_map(|(name, _)| range(name));
    let holds = range.zip(bound).is_some_and(|([least, most], bound)| {
        if bound.limit.is_upper() {
            (Number::whole(most), true) <= bound.cut()
        } else {
            (Number::whole(least), false) >= bound.cut()
        }
    });
    if holds { Effect::Equal } else { effect }
}

/// Whether a step only came or went because numbers have no fraction on the other side.
fn is_said_by_type(
    shapes: &Shapes<'_, '_>,
    old: Option<&Bound<'_>>,
    new: Option<&Bound<'_>>,
) -> bool {
    let one = Number::whole(1);
    let ((Some(only), None) | (None, Some(only))) = (old, new) else {
        return false;
    };
    only.limit == Limit::MultipleOf
        && !shapes.common.meets(Types::FRACTION)
        && one.is_multiple_of(only.value) == Some(true)
}

/// What moving a limit does to the valid values.
fn effect(old: &Bound<'_>, new: &Bound<'_>) -> Effect {
    if old.cut() == new.cut() {
        return Effect::Equal;
    }
    if old.limit == Limit::MultipleOf {
        return match (
            new.value.is_multiple_of(old.value),
            old.value.is_multiple_of(new.value),
        ) {
            (Some(true), _) => Effect::Narrows,
            (_, Some(true)) => Effect::Widens,
            (Some(false), Some(false)) => Effect::Replaces,
            _ => Effect::Unknown,
        };
    }
    if (new.cut() > old.cut()) == old.limit.is_upper() {
        Effect::Widens
    } else {
        Effect::Narrows
    }
}
