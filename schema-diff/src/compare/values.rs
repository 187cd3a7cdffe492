//! Types and enums.

use super::Comparison;
use super::schemas::Shapes;
use crate::canonical::At;
use crate::canonical::shape::{Shape, Values};
use crate::canonical::types::Types;
use crate::fact::Guard;
use crate::finding::{Effect, Wire};
use crate::rules;
use crate::subset::texts::texts;

impl<'a> Comparison<'a> {
    /// The types that are allowed. Null is a fact of the place of use, which may add it.
    pub(super) fn types(&mut self, shapes: &Shapes<'_, 'a>) {
        let (old, new) = (shapes.old, shapes.new);
        let (was, is) = (old.types & !Types::NULL, new.types & !Types::NULL);
        let texts = |types: Types| Some(types.words());
        let at_old = Some(old.types_at.unwrap_or(old.at));
        let at_new = Some(new.types_at.unwrap_or(new.at));
        // Steps of whole numbers are a fact of their own.
        let stated = |types: Types, shape: &Shape<'_>| {
            if shape.whole_only {
                types | Types::FRACTION
            } else {
                types
            }
        };
        if was != is && stated(was, old) != stated(is, new) {
            let (rule, effect) = if is.contains(was) {
                (rules::SCHEMA_TYPE_WIDENED, Effect::Widens)
            } else if was.contains(is) {
                (rules::SCHEMA_TYPE_NARROWED, Effect::Narrows)
            } else {
                (rules::SCHEMA_TYPE_CHANGED, Effect::Replaces)
            };
            let message = format!("`{{}}` was {}, now it is {}", was.words(), is.words());
            let fact = shapes
                .fact(rule, effect, message)
                .places(at_old, at_new)
                .values(texts(was), texts(is));
            self.found(shapes.pair, Guard::OPEN, fact);
        }
    }

    /// Closed enums.
    pub(super) fn values(&mut self, shapes: &Shapes<'_, 'a>) {
        let list = |values: &Values<'_>| {
            let texts: Vec<&str> = values.list.iter().map(|(text, _)| text.as_str()).collect();
            format!("[{}]", texts.join(","))
        };
        match (&shapes.old.values, &shapes.new.values) {
            (None, None) => {}
            (Some(old), None) => {
                let message = format!("`{{}}` is no longer one of {}", list(old));
                let effect = self.listing(shapes, Effect::Widens);
                let fact = shapes
                    .fact(rules::SCHEMA_ENUM_REMOVED, effect, message)
                    .places(Some(old.at), Some(shapes.new.at))
                    .values(Some(list(old)), None);
                self.found(shapes.pair, Guard::OPEN, fact);
            }
            (None, Some(new)) => {
                let message = format!("`{{}}` has to be one of {}", list(new));
                let effect = self.listing(shapes, Effect::Narrows);
                let fact = shapes
                    .fact(rules::SCHEMA_ENUM_ADDED, effect, message)
                    .places(Some(shapes.old.at), Some(new.at))
                    .values(None, Some(list(new)));
                self.found(shapes.pair, Guard::OPEN, fact);
            }
            (Some(old), Some(new)) => self.lists(shapes, old, new),
        }
    }

    /// What a list does that is on one side: a pattern may say the same.
    fn listing(&mut self, shapes: &Shapes<'_, 'a>, effect: Effect) -> Effect {
        let (old, new) = (shapes.old, shapes.new);
        if (old.types | new.types) & !Types::NULL != Types::STRING {
            return effect;
        }
        self.in_context(shapes, effect, &texts(old), &texts(new))
    }

    fn lists(&mut self, shapes: &Shapes<'_, 'a>, old: &Values<'a>, new: &Values<'a>) {
        let missing = |from: &Values<'a>, within: &Values<'a>| -> Vec<(String, At<'a>)> {
            let known = |text: &String| within.list.iter().any(|(it, _)| it == text);
            let others = from.list.iter().filter(|(text, _)| !known(text));
            others.cloned().collect()
        };
        let (removed, added) = (missing(old, new), missing(new, old));
        if let ([(was, _)], [(is, _)]) = (old.list.as_slice(), new.list.as_slice())
            && was != is
            && (old.constant || new.constant)
        {
            let message = format!("`{{}}` was {was}, now it is {is}");
            let fact = shapes
                .fact(rules::SCHEMA_CONST_CHANGED, Effect::Replaces, message)
                .places(Some(old.at), Some(new.at))
                .values(Some(was.clone()), Some(is.clone()));
            self.found(shapes.pair, Guard::OPEN, fact);
            return;
        }
        for (text, at) in removed {
            let message = format!("`{{}}` no longer accepts {text}");
            let fact = shapes
                .fact(rules::SCHEMA_ENUM_VALUE_REMOVED, Effect::Narrows, message)
                .places(Some(at), Some(new.at))
                .values(Some(text.clone()), None)
                .named(text);
            self.found(shapes.pair, Guard::OPEN, fact);
        }
        for (text, at) in added {
            let message = format!("`{{}}` has the new value {text}");
            let why = "callers know every value of a request; an answer with a value that they \
                       don't know may surprise them";
            let fact = shapes
                .fact(rules::SCHEMA_ENUM_VALUE_ADDED, Effect::Widens, message)
                .with_verdict(Wire::Compatible, Wire::Undecided, why)
                .places(Some(old.at), Some(at))
                .values(None, Some(text.clone()))
                .named(text);
            self.found(shapes.pair, Guard::OPEN, fact);
        }
    }
}
