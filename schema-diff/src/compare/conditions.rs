//! Keywords that hold a schema for something else than a field or an item: `not`, `if`, `contains`,
//! `propertyNames` and their like.

use super::Comparison;
use super::schemas::Shapes;
use super::texts::effect as effect_of;
use crate::canonical::At;
use crate::canonical::equal;
use crate::canonical::text::short;
use crate::canonical::view::View;
use crate::fact::Guard;
use crate::finding::{Effect, Wire};
use crate::rules;
use crate::subset::Side;

/// A keyword on both sides; more than one value where `allOf` states it twice.
struct Condition<'s, 'a> {
    key: &'s str,
    before: &'s [At<'a>],
    after: &'s [At<'a>],
}

impl<'a> Comparison<'a> {
    pub(super) fn conditions(&mut self, shapes: &Shapes<'_, 'a>) {
        let (old, new) = (&shapes.old.opaque, &shapes.new.opaque);
        let mut keys: Vec<&str> = old.iter().chain(new).map(|(key, _)| *key).collect();
        keys.sort_unstable();
        keys.dedup();
        let values = |list: &[(&'a str, At<'a>)], key: &str| -> Vec<At<'a>> {
            let of_key = list.iter().filter(|(it, _)| *it == key);
            of_key.map(|(_, at)| *at).collect()
        };
        let same = |key: &str| match (&*values(old, key), &*values(new, key)) {
            ([old], [new]) => equal::same(old.node, new.node),
            (old, new) => old.is_empty() && new.is_empty(),
        };
        let same_contains = same("contains");
        let same_if = same("if")
            || match (&*values(old, "if"), &*values(new, "if")) {
                ([old], [new]) => self.refused(*old, *new) == Effect::Equal,
                _ => false,
            };
        let is_there = |list: &[(&str, At<'_>)], key: &str| list.iter().any(|(it, _)| *it == key);
        let new_if = is_there(old, "if") != is_there(new, "if");
        let counted = keys.contains(&"maxContains");
        for key in keys {
            let (before, after) = (values(old, key), values(new, key));
            let condition = Condition {
                key,
                before: &before,
                after: &after,
            };
            if let ([old], [new]) = (&*before, &*after)
                && equal::same(old.node, new.node)
            {
                self.references(shapes.pair, *old, *new);
                continue;
            }
            match key {
                // Reported together.
                "dependentRequired" | "dependentSchemas" | "dependencies" => {}
                "then" | "else" if new_if => {}
                "if" if same_if => self.schemas(shapes.pair, Guard::OPEN, &before, &after),
                "patternProperties" => self.patterned(shapes, &before, &after),
                "minContains" | "maxContains" => {
                    self.how_many(shapes, &condition, same_contains);
                }
                _ => {
                    let certain = match key {
                        "if" => new_if,
                        "then" | "else" => same_if,
                        "contains" => !counted,
                        _ => true,
                    };
                    self.condition(shapes, &condition, certain);
                }
            }
        }
        self.dependents(shapes);
    }

    /// `certain` means that less is valid when the condition accepts less.
    fn condition(&mut self, shapes: &Shapes<'_, 'a>, condition: &Condition<'_, 'a>, certain: bool) {
        let Condition { key, before, after } = *condition;
        let within = matches!(
            key,
            "contains" | "unevaluatedProperties" | "unevaluatedItems"
        );
        let branch = matches!(key, "then" | "else" | "contentSchema");
        if let ([old], [new]) = (before, after)
            && certain
            && (within || branch && self.names_the_same(*old, *new))
        {
            self.schemas(shapes.pair, Guard::OPEN, before, after);
            return;
        }
        let (rule, what) = match (before, after) {
            (_, []) => (
                rules::SCHEMA_CONDITION_REMOVED,
                format!("`{{}}` no longer has `{key}`"),
            ),
            ([], _) => (
                rules::SCHEMA_CONDITION_ADDED,
                format!("`{{}}` now has `{key}`"),
            ),
            _ => (
                rules::SCHEMA_CONDITION_CHANGED,
                format!("`{key}` of `{{}}` changed"),
            ),
        };
        let plain = match key {
            "not" | "contains" | "propertyNames" | "contentEncoding" | "contentMediaType" => true,
            _ => (within || branch || key == "if") && certain,
        };
        let effect = match (before, after) {
            // The same content is another text.
            _ if key == "contentEncoding" => Effect::Replaces,
            ([_], [_]) if key == "contentMediaType" => Effect::Replaces,
            (_, []) if plain => Effect::Widens,
            ([], _) if plain => Effect::Narrows,
            ([old], [new]) if key == "not" => self.refused(*old, *new),
            ([old], [new]) if key == "propertyNames" => self.names_effect(*old, *new),
            // Some of them only have a meaning beside others, and `else` alone turns things round.
            _ => Effect::Unknown,
        };
        let (old, new) = (before.first().copied(), after.first().copied());
        let mut fact = shapes
            .fact(rule, effect, what)
            .places(old.or(Some(shapes.old.at)), new.or(Some(shapes.new.at)))
            .values(old.map(|it| short(it.node)), new.map(|it| short(it.node)))
            .named(key);
        if key == "contentMediaType" && effect != Effect::Replaces {
            let why = "what the string holds is said on one side only";
            fact.verdict = fact.verdict.at_least(Wire::Undecided);
            fact.reason = Some(why);
        }
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    /// What another schema for names does to the names that are allowed.
    fn names_effect(&mut self, old: At<'a>, new: At<'a>) -> Effect {
        let (old, new) = (View::of(&self.old, &[old]), View::of(&self.new, &[new]));
        let trees = [&self.old, &self.new];
        let (old, new) = ((Side::Old, old.core, false), (Side::New, new.core, false));
        let kept = self.subset.of_texts(trees, old, new);
        effect_of(kept, self.subset.of_texts(trees, new, old))
    }

    /// What it does to the valid values that others are refused.
    fn refused(&mut self, old: At<'a>, new: At<'a>) -> Effect {
        if !self.names_the_same(old, new) {
            return Effect::Unknown;
        }
        let (old, new) = (View::of(&self.old, &[old]), View::of(&self.new, &[new]));
        effect_of(self.within(&old, &new), self.within_old(&new, &old)).mirrored()
    }

    /// Whether both speak of the same fields. A field that a condition adds may be one that is sent
    /// anyway, so that it can't be judged like one that is new.
    pub(super) fn names_the_same(&self, old: At<'a>, new: At<'a>) -> bool {
        let (old, new) = (View::of(&self.old, &[old]), View::of(&self.new, &[new]));
        let (old, new) = (self.old.shape(old.core), self.new.shape(new.core));
        let mut both = old.properties.iter().zip(&new.properties);
        old.properties.len() == new.properties.len()
            && both.all(|(a, b)| a.name == b.name)
            && old.unions.is_empty()
            && new.unions.is_empty()
    }

    /// How many items have to fit `contains`; without a word it is one at least.
    fn how_many(&mut self, shapes: &Shapes<'_, 'a>, condition: &Condition<'_, 'a>, same: bool) {
        let Condition { key, before, after } = *condition;
        let has = |list: &[(&str, At<'_>)]| list.iter().any(|(it, _)| *it == "contains");
        if !(has(&shapes.old.opaque) && has(&shapes.new.opaque)) {
            // That `contains` came or went says it all.
            return;
        }
        let count = |list: &[At<'a>]| match list {
            [] if key == "minContains" => Some(1.0),
            [] => Some(f64::INFINITY),
            [only] => match &only.node.value {
                api_schema_text::Value::Number(digits) => digits.parse().ok(),
                _ => None,
            },
            _ => None,
        };
        let (was, is): (Option<f64>, Option<f64>) = (count(before), count(after));
        let upper = key == "maxContains";
        let (rule, effect) = match was.zip(is).and_then(|(was, is)| is.partial_cmp(&was)) {
            Some(std::cmp::Ordering::Equal) => return,
            Some(order) if order.is_gt() == upper => {
                (rules::SCHEMA_CONSTRAINT_RELAXED, Effect::Widens)
            }
            Some(_) => (rules::SCHEMA_CONSTRAINT_TIGHTENED, Effect::Narrows),
            None => (rules::SCHEMA_CONSTRAINT_CHANGED, Effect::Unknown),
        };
        let rule = match (before, after) {
            ([], _) if upper => rules::SCHEMA_CONSTRAINT_ADDED,
            (_, []) if upper => rules::SCHEMA_CONSTRAINT_REMOVED,
            _ => rule,
        };
        let text = |list: &[At<'a>]| match list.first() {
            Some(at) => short(at.node),
            None if upper => "any number".to_owned(),
            None => "1".to_owned(),
        };
        let (was, is) = (text(before), text(after));
        let mut fact = shapes
            .fact(
                rule,
                effect,
                format!("{key} of `{{}}` was {was}, now it is {is}"),
            )
            .places(
                Some(before.first().copied().unwrap_or(shapes.old.at)),
                Some(after.first().copied().unwrap_or(shapes.new.at)),
            )
            .values(Some(was), Some(is))
            .named(key);
        if !same {
            let why = "the items that are counted changed as well";
            fact = fact.with_verdict(Wire::Undecided, Wire::Undecided, why);
        }
        self.found(shapes.pair, Guard::OPEN, fact);
    }
}
