//! Formats and patterns.

use super::Comparison;
use super::formats::{for_types, format_effect, is_implied};
use super::schemas::Shapes;
use crate::canonical::At;
use crate::canonical::text::{quoted, short};
use crate::canonical::types::Types;
use crate::fact::Guard;
use crate::finding::{Effect, Wire};
use crate::pattern::Texts;
use crate::rules;
use crate::subset::Answer;

/// What is said where not everything about two patterns can be told.
const UNCLEAR: &str = "whether one pattern matches all that the other does can't be decided";

impl<'a> Comparison<'a> {
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
        if shapes.common.meets(Types::STRING) {
            self.patterns(shapes);
        }
    }

    fn patterns(&mut self, shapes: &Shapes<'_, 'a>) {
        let (old, new) = (&shapes.old.patterns, &shapes.new.patterns);
        let others = |from: &[(&'a str, At<'a>)], within: &[(&'a str, At<'a>)]| {
            let known = |text: &str| within.iter().any(|(it, _)| *it == text);
            let others = from.iter().filter(|(text, _)| !known(text));
            others.copied().collect::<Vec<_>>()
        };
        let (removed, added) = (others(old, new), others(new, old));
        if removed.is_empty() && added.is_empty() {
            return;
        }
        let allowed = |patterns: &[(&'a str, At<'a>)]| Texts {
            patterns: patterns.iter().map(|(text, _)| *text).collect(),
            ..Texts::default()
        };
        let kept = self.subset.texts(shapes.old, &allowed(&added));
        let known = self.subset.texts(shapes.new, &allowed(&removed));
        let (was, is) = (removed.first(), added.first());
        let words = |it: Option<&(&str, At<'_>)>| it.map_or(String::new(), |it| quoted(it.0));
        let (rule, effect, message) = match (was, is) {
            (Some(_), None) => (
                rules::SCHEMA_PATTERN_REMOVED,
                if known == Answer::Yes {
                    Effect::Equal
                } else {
                    Effect::Widens
                },
                format!("`{{}}` no longer has to match {}", words(was)),
            ),
            (None, _) => (
                rules::SCHEMA_PATTERN_ADDED,
                if kept == Answer::Yes {
                    Effect::Equal
                } else {
                    Effect::Narrows
                },
                format!("`{{}}` has to match {}", words(is)),
            ),
            (Some(_), Some(_)) => {
                let effect = effect(kept, known);
                let rule = match effect {
                    Effect::Narrows => rules::SCHEMA_PATTERN_TIGHTENED,
                    Effect::Widens => rules::SCHEMA_PATTERN_RELAXED,
                    _ => rules::SCHEMA_PATTERN_CHANGED,
                };
                let (was, is) = (words(was), words(is));
                let message = format!("`{{}}` has to match {is} instead of {was}");
                (rule, effect, message)
            }
        };
        let at = |list: &[(&'a str, At<'a>)], other: At<'a>| list.first().map_or(other, |it| it.1);
        let mut fact = shapes
            .fact(rule, effect, message)
            .places(
                Some(at(&removed, shapes.old.at)),
                Some(at(&added, shapes.new.at)),
            )
            .values(
                was.map(|it| short(it.1.node)),
                is.map(|it| short(it.1.node)),
            );
        if effect == Effect::Unknown {
            let wire = |answer| match answer {
                Answer::Yes => Wire::Compatible,
                Answer::Unknown => Wire::Undecided,
                Answer::No => Wire::Breaking,
            };
            fact = fact.with_verdict(wire(kept), wire(known), UNCLEAR);
        }
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    /// The effect of a keyword that by itself has `effect`, where the other keywords for texts may say
    /// the same already.
    pub(super) fn in_context(
        &mut self,
        shapes: &Shapes<'_, 'a>,
        effect: Effect,
        old: &Texts<'_>,
        new: &Texts<'_>,
    ) -> Effect {
        let (small, large) = match effect {
            Effect::Narrows => (shapes.old, new),
            Effect::Widens => (shapes.new, old),
            _ => return effect,
        };
        let says_more = !small.patterns.is_empty() || small.values.is_some();
        if says_more && self.subset.texts(small, large) == Answer::Yes {
            Effect::Equal
        } else {
            effect
        }
    }

    fn format(&mut self, shapes: &Shapes<'_, 'a>, was: &str, is: &str) {
        let rule = match (was, is) {
            ("", _) => rules::SCHEMA_FORMAT_ADDED,
            (_, "") => rules::SCHEMA_FORMAT_REMOVED,
            _ => rules::SCHEMA_FORMAT_CHANGED,
        };
        let name = |format: &str| match format {
            "" => "no format".to_owned(),
            format => format!("the format {format}"),
        };
        let message = format!("`{{}}` has {} instead of {}", name(is), name(was));
        let at = |list: &[(&'a str, At<'a>)], other: At<'a>| list.first().map_or(other, |it| it.1);
        let concerned = |name| for_types(name, shapes.common);
        let effect = format_effect(concerned(was), concerned(is));
        let mut fact = shapes
            .fact(rule, effect, message)
            .places(
                Some(at(&shapes.old.formats, shapes.old.at)),
                Some(at(&shapes.new.formats, shapes.new.at)),
            )
            .values(
                (!was.is_empty()).then(|| quoted(was)),
                (!is.is_empty()).then(|| quoted(is)),
            );
        let (old, new) = (shapes.old, shapes.new);
        if was.is_empty() && is_implied(old, is) || is.is_empty() && is_implied(new, was) {
            let why = "the limits say the same";
            fact = fact.with_verdict(Wire::Silent, Wire::Silent, why);
            fact.effect = Effect::Equal;
        } else if fact.effect == Effect::Unknown {
            fact.reason = Some("what the format allows isn't defined by the standard");
        }
        self.found(shapes.pair, Guard::OPEN, fact);
    }
}

/// What follows from whether all old values are among the new ones, and all new among the old.
pub(super) fn effect(kept: Answer, known: Answer) -> Effect {
    match (kept, known) {
        (Answer::Yes, Answer::Yes) => Effect::Equal,
        (Answer::No, Answer::Yes) => Effect::Narrows,
        (Answer::Yes, Answer::No) => Effect::Widens,
        (Answer::No, Answer::No) => Effect::Replaces,
        _ => Effect::Unknown,
    }
}
