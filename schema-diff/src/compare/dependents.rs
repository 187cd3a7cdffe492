//! What one field brings with it: `dependentRequired`, `dependentSchemas`, their older spelling, and
//! fields that are known by a pattern of their names.

use std::collections::BTreeMap;

use serde_json::json;

use super::Comparison;
use super::schemas::Shapes;
use crate::canonical::shape::{Additional, Shape};
use crate::canonical::text::{quoted, short};
use crate::canonical::view::View;
use crate::canonical::{At, Tree, equal};
use crate::fact::Guard;
use crate::finding::Effect;
use crate::rules::{self, Rule};
use api_schema_text::Value;

/// By the name of a field: the fields that have to be there with it, and the schemas that hold then.
#[derive(Default)]
struct Dependents<'a> {
    needed: BTreeMap<(&'a str, &'a str), At<'a>>,
    schemas: BTreeMap<&'a str, Vec<At<'a>>>,
}

impl<'a> Dependents<'a> {
    fn of(tree: &Tree<'a>, shape: &Shape<'a>) -> Self {
        let mut found = Self::default();
        for (key, at) in &shape.opaque {
            if matches!(
                *key,
                "dependentRequired" | "dependentSchemas" | "dependencies"
            ) {
                for (field, needed) in at.entries() {
                    found.entry(tree, field, needed);
                }
            }
        }
        found
    }

    fn entry(&mut self, tree: &Tree<'a>, field: &'a str, needed: At<'a>) {
        if let Value::Array(_) = needed.node.value {
            self.names(field, needed);
            return;
        }
        // A schema that only requires fields is the same in other words.
        let target = tree.follow(needed);
        let view = View::of(tree, &[target]);
        let inner = tree.shape(view.core);
        let plain = inner.required.len()
            == target.child("required").map_or(0, |it| it.items().count())
            && target
                .entries()
                .all(|(key, _)| key == "required" || crate::canonical::view::is_annotation(key));
        match target.child("required") {
            Some(names) if plain => self.names(field, names),
            _ if inner.is_anything() => {}
            _ => self.schemas.entry(field).or_default().push(needed),
        }
    }

    fn names(&mut self, field: &'a str, names: At<'a>) {
        for at in names.items() {
            if let Some(name) = at.node.as_str().filter(|name| *name != field) {
                self.needed.insert((field, name), at);
            }
        }
    }
}

impl<'a> Comparison<'a> {
    /// Fields and schemas that depend on a field.
    pub(super) fn dependents(&mut self, shapes: &Shapes<'_, 'a>) {
        let old = Dependents::of(&self.old, shapes.old);
        let new = Dependents::of(&self.new, shapes.new);
        for (&(field, name), &at) in &old.needed {
            if !new.needed.contains_key(&(field, name)) && shapes.new.requires(name).is_none() {
                let message = format!("`{{}}.{field}` no longer needs `{name}`");
                let places = (Some(at), Some(shapes.new.at));
                let rule = rules::SCHEMA_DEPENDENT_REMOVED;
                self.dependent(
                    shapes,
                    (rule, Effect::Widens),
                    &message,
                    places,
                    (field, name),
                );
            }
        }
        for (&(field, name), &at) in &new.needed {
            if !old.needed.contains_key(&(field, name)) && shapes.old.requires(name).is_none() {
                let message = format!("`{{}}.{field}` may only be there together with `{name}`");
                let places = (Some(shapes.old.at), Some(at));
                let rule = rules::SCHEMA_DEPENDENT_ADDED;
                self.dependent(
                    shapes,
                    (rule, Effect::Narrows),
                    &message,
                    places,
                    (field, name),
                );
            }
        }
        let fields = old.schemas.keys().chain(new.schemas.keys()).copied();
        let fields: std::collections::BTreeSet<&str> = fields.collect();
        for field in fields {
            let none = Vec::new();
            let before = old.schemas.get(field).unwrap_or(&none);
            let after = new.schemas.get(field).unwrap_or(&none);
            self.dependent_schema(shapes, field, before, after);
        }
    }

    fn dependent_schema(
        &mut self,
        shapes: &Shapes<'_, 'a>,
        field: &str,
        before: &[At<'a>],
        after: &[At<'a>],
    ) {
        if let ([old], [new]) = (before, after) {
            if equal::same(old.node, new.node) {
                self.references(shapes.pair, *old, *new);
                return;
            }
            if self.names_the_same(*old, *new) {
                self.schemas(shapes.pair, Guard::OPEN, before, after);
                return;
            }
        }
        let (rule, effect, message) = match (before, after) {
            ([], _) => (
                rules::SCHEMA_DEPENDENT_ADDED,
                Effect::Narrows,
                format!("`{{}}` has to fit another schema when it has `{field}`"),
            ),
            (_, []) => (
                rules::SCHEMA_DEPENDENT_REMOVED,
                Effect::Widens,
                format!("`{{}}` may be anything else when it has `{field}`"),
            ),
            _ => (
                rules::SCHEMA_DEPENDENT_CHANGED,
                Effect::Unknown,
                format!("`{{}}` has to fit a different schema when it has `{field}`"),
            ),
        };
        let places = (before.first().copied(), after.first().copied());
        let places = (
            places.0.or(Some(shapes.old.at)),
            places.1.or(Some(shapes.new.at)),
        );
        self.dependent(shapes, (rule, effect), &message, places, (field, ""));
    }

    fn dependent(
        &mut self,
        shapes: &Shapes<'_, 'a>,
        (rule, effect): (&'static Rule, Effect),
        message: &str,
        (old, new): (Option<At<'a>>, Option<At<'a>>),
        (field, name): (&str, &str),
    ) {
        let text = |there: bool| there.then(|| format!("{field} {name}").trim_end().to_owned());
        let fact = shapes
            .fact(rule, effect, message)
            .places(old, new)
            .values(
                text(effect != Effect::Narrows),
                text(effect != Effect::Widens),
            )
            .named(format!("{field} {name}"));
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    /// Fields that are known by a pattern.
    pub(super) fn patterned(
        &mut self,
        shapes: &Shapes<'_, 'a>,
        before: &[At<'a>],
        after: &[At<'a>],
    ) {
        let listed = |all: &[At<'a>]| {
            let mut patterns: BTreeMap<&'a str, Vec<At<'a>>> = BTreeMap::new();
            for (pattern, at) in all.iter().flat_map(|at| at.entries()) {
                patterns.entry(pattern).or_default().push(at);
            }
            patterns
        };
        let (old, new) = (listed(before), listed(after));
        for (pattern, olds) in &old {
            if let Some(news) = new.get(pattern) {
                self.schemas(shapes.pair, Guard::OPEN, olds, news);
            } else if let Some(at) = olds.first() {
                let effect = pattern_effect(shapes.new, pattern).mirrored();
                let message = format!("fields of `{{}}` that match {} are gone", quoted(pattern));
                let rule = rules::SCHEMA_PATTERN_PROPERTY_REMOVED;
                let fact = shapes
                    .fact(rule, effect, message)
                    .places(Some(*at), Some(shapes.new.at))
                    .values(Some(short(at.node)), None)
                    .named(*pattern);
                self.found(shapes.pair, Guard::OPEN, fact);
            }
        }
        for (pattern, news) in &new {
            if let (None, Some(at)) = (old.get(pattern), news.first()) {
                let effect = pattern_effect(shapes.old, pattern);
                let what = "is the pattern of more fields";
                let message = format!("{} {what} of `{{}}`", quoted(pattern));
                let rule = rules::SCHEMA_PATTERN_PROPERTY_ADDED;
                let fact = shapes
                    .fact(rule, effect, message)
                    .places(Some(shapes.old.at), Some(*at))
                    .values(None, Some(short(at.node)))
                    .named(*pattern);
                self.found(shapes.pair, Guard::OPEN, fact);
            }
        }
    }
}

/// What a pattern of names does to the values that were valid without it: it limits fields that could
/// be anything, and allows some where there were to be no others.
fn pattern_effect(without: &Shape<'_>, pattern: &str) -> Effect {
    let known = jsonschema::validator_for(&json!({ "pattern": pattern }));
    let named = known.ok().map(|known| {
        let mut names = without.properties.iter();
        names.any(|member| known.is_valid(&json!(member.name)))
    });
    match (without.additional, named) {
        (Additional::Anything, _) => Effect::Narrows,
        (Additional::Nothing(_), Some(false)) => Effect::Widens,
        _ => Effect::Unknown,
    }
}
