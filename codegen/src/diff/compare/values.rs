//! Types, lists of values, formats and patterns.

use super::super::canonical::At;
use super::super::canonical::shape::Values;
use super::super::canonical::text::{quoted, short};
use super::super::canonical::types::Types;
use super::super::fact::{Fact, Guard};
use super::super::finding::{Effect, Wire};
use super::Comparison;
use super::formats::format_effect;
use super::schemas::Shapes;

impl<'a> Comparison<'a> {
    /// The types that are allowed. Null is a fact of the place of use, which may add it.
    pub(super) fn types(&mut self, shapes: &Shapes<'_, 'a>) {
        let (old, new) = (shapes.old, shapes.new);
        let (was, is) = (old.types & !Types::NULL, new.types & !Types::NULL);
        let texts = |types: Types| Some(types.words());
        let at_old = Some(old.types_at.unwrap_or(old.at));
        let at_new = Some(new.types_at.unwrap_or(new.at));
        if was != is {
            let (id, effect) = if is.contains(was) {
                ("schema.type.widened", Effect::Widens)
            } else if was.contains(is) {
                ("schema.type.narrowed", Effect::Narrows)
            } else {
                ("schema.type.changed", Effect::Replaces)
            };
            let message = format!("`{{}}` was {}, now it is {}", was.words(), is.words());
            let fact = shapes
                .fact(id, effect, message)
                .places(at_old, at_new)
                .values(texts(was), texts(is));
            self.found(shapes.pair, Guard::OPEN, fact);
        }
    }

    /// Closed lists of values.
    pub(super) fn values(&mut self, shapes: &Shapes<'_, 'a>) {
        let list = |values: &Values<'_>| {
            let texts: Vec<&str> = values.list.iter().map(|(text, _)| text.as_str()).collect();
            format!("[{}]", texts.join(","))
        };
        match (&shapes.old.values, &shapes.new.values) {
            (None, None) => {}
            (Some(old), None) => {
                let message = format!("`{{}}` is no longer one of {}", list(old));
                let fact = shapes
                    .fact("schema.enum.removed", Effect::Widens, message)
                    .places(Some(old.at), Some(shapes.new.at))
                    .values(Some(list(old)), None);
                self.found(shapes.pair, Guard::OPEN, fact);
            }
            (None, Some(new)) => {
                let message = format!("`{{}}` has to be one of {}", list(new));
                let fact = shapes
                    .fact("schema.enum.added", Effect::Narrows, message)
                    .places(Some(shapes.old.at), Some(new.at))
                    .values(None, Some(list(new)));
                self.found(shapes.pair, Guard::OPEN, fact);
            }
            (Some(old), Some(new)) => self.lists(shapes, old, new),
        }
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
                .fact("schema.const.changed", Effect::Replaces, message)
                .places(Some(old.at), Some(new.at))
                .values(Some(was.clone()), Some(is.clone()));
            self.found(shapes.pair, Guard::OPEN, fact);
            return;
        }
        for (text, at) in removed {
            let message = format!("`{{}}` no longer accepts {text}");
            let fact = shapes
                .fact("schema.enum.value.removed", Effect::Narrows, message)
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
                .fact("schema.enum.value.added", Effect::Widens, message)
                .with_verdict(Wire::Compatible, Wire::Undecided, why)
                .places(Some(old.at), Some(at))
                .values(None, Some(text.clone()))
                .named(text);
            self.found(shapes.pair, Guard::OPEN, fact);
        }
    }

    /// Formats and patterns of texts, and formats of numbers.
    pub(super) fn texts(&mut self, shapes: &Shapes<'_, 'a>) {
        if shapes.common.meets(Types::STRING | Types::NUMBER) {
            let join = |formats: &[(&'a str, At<'a>)]| {
                let names: Vec<&str> = formats.iter().map(|(name, _)| *name).collect();
                names.join(" and ")
            };
            let (was, is) = (join(&shapes.old.formats), join(&shapes.new.formats));
            if was != is {
                self.format(shapes, &was, &is);
            }
        }
        if !shapes.common.meets(Types::STRING) {
            return;
        }
        let (old, new) = (&shapes.old.patterns, &shapes.new.patterns);
        let others = |from: &[(&'a str, At<'a>)], within: &[(&'a str, At<'a>)]| {
            let known = |text: &str| within.iter().any(|(it, _)| *it == text);
            let others = from.iter().filter(|(text, _)| !known(text));
            others.copied().collect::<Vec<_>>()
        };
        let (removed, added) = (others(old, new), others(new, old));
        let (id, effect, message) = match (removed.first(), added.first()) {
            (None, None) => return,
            (Some((was, _)), None) => (
                "schema.pattern.removed",
                Effect::Widens,
                format!("`{{}}` no longer has to match {}", quoted(was)),
            ),
            (None, Some((is, _))) => (
                "schema.pattern.added",
                Effect::Narrows,
                format!("`{{}}` has to match {}", quoted(is)),
            ),
            (Some((was, _)), Some((is, _))) => (
                "schema.pattern.changed",
                Effect::Unknown,
                format!(
                    "`{{}}` has to match {} instead of {}",
                    quoted(is),
                    quoted(was)
                ),
            ),
        };
        let at = |list: &[(&'a str, At<'a>)], other: At<'a>| list.first().map_or(other, |it| it.1);
        let fact = shapes
            .fact(id, effect, message)
            .places(
                Some(at(&removed, shapes.old.at)),
                Some(at(&added, shapes.new.at)),
            )
            .values(
                removed.first().map(|it| short(it.1.node)),
                added.first().map(|it| short(it.1.node)),
            );
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    fn format(&mut self, shapes: &Shapes<'_, 'a>, was: &str, is: &str) {
        let id = match (was, is) {
            ("", _) => "schema.format.added",
            (_, "") => "schema.format.removed",
            _ => "schema.format.changed",
        };
        let name = |format: &str| match format {
            "" => "no format".to_owned(),
            format => format!("the format {format}"),
        };
        let message = format!("`{{}}` has {} instead of {}", name(is), name(was));
        let at = |list: &[(&'a str, At<'a>)], other: At<'a>| list.first().map_or(other, |it| it.1);
        let mut fact = Fact::by_law(id, format_effect(was, is), message)
            .places(
                Some(at(&shapes.old.formats, shapes.old.at)),
                Some(at(&shapes.new.formats, shapes.new.at)),
            )
            .values(
                (!was.is_empty()).then(|| quoted(was)),
                (!is.is_empty()).then(|| quoted(is)),
            );
        if fact.effect == Effect::Unknown {
            fact.reason = Some("what the format allows isn't defined by the standard");
        }
        self.found(shapes.pair, Guard::OPEN, fact);
    }
}
