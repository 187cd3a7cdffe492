//! The fields of objects, and what may stand besides them.

use super::Comparison;
use super::schemas::Shapes;
use crate::canonical::shape::{Additional, Member, Shape};
use crate::canonical::text::short;
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{At, Tree};
use crate::fact::Guard;
use crate::finding::{Effect, Wire};
use crate::rules;
use crate::subset::Answer;

impl<'a> Comparison<'a> {
    pub(super) fn properties(&mut self, shapes: &Shapes<'_, 'a>) {
        if !shapes.common.meets(Types::OBJECT) {
            return;
        }
        let (old, new) = (shapes.old, shapes.new);
        for member in &old.properties {
            match new.member(member.name) {
                Some(partner) => self.kept(shapes, member, partner),
                None => self.removed(shapes, member),
            }
        }
        for member in &new.properties {
            if old.member(member.name).is_none() {
                self.added(shapes, member);
            }
        }
        self.undeclared(shapes);
        self.additional(shapes);
    }

    /// A field of both sides.
    fn kept(&mut self, shapes: &Shapes<'_, 'a>, old: &Member<'a>, new: &Member<'a>) {
        let was = seen(&self.old, old);
        let is = seen(&self.new, new);
        let guard = Guard {
            request: was.request || is.request,
            response: was.response || is.response,
        };
        self.schemas(shapes.pair, guard, &old.schemas, &new.schemas);
        let name = old.name;
        let (before, after) = (shapes.old.requires(name), shapes.new.requires(name));
        let (rule, effect, message) = match (before, after) {
            (None, Some(_)) => (
                rules::SCHEMA_PROPERTY_BECAME_REQUIRED,
                Effect::Narrows,
                format!("`{{}}.{name}` is required now"),
            ),
            (Some(_), None) => (
                rules::SCHEMA_PROPERTY_BECAME_OPTIONAL,
                Effect::Widens,
                format!("`{{}}.{name}` may be left out now"),
            ),
            _ => return,
        };
        let text = |required: bool| Some(if required { "required" } else { "optional" }.to_owned());
        let fact = shapes
            .fact(rule, effect, message)
            .places(
                Some(old.schemas.first().copied().unwrap_or(shapes.old.at)),
                Some(
                    after
                        .or(new.schemas.first().copied())
                        .unwrap_or(shapes.new.at),
                ),
            )
            .values(text(before.is_some()), text(after.is_some()))
            .field(name);
        self.found(shapes.pair, guard, fact);
    }

    fn removed(&mut self, shapes: &Shapes<'_, 'a>, member: &Member<'a>) {
        let name = member.name;
        let guard = seen(&self.old, member);
        let required = shapes.old.requires(name).is_some();
        let closed = is_closed(shapes.new);
        let request = if closed {
            Wire::Breaking
        } else {
            Wire::Undecided
        };
        let (rule, response, why) = match (required, closed) {
            (true, true) => (
                rules::SCHEMA_PROPERTY_REQUIRED_REMOVED,
                Wire::Breaking,
                "callers rely on it in responses, and requests that have it are refused",
            ),
            (true, false) => (
                rules::SCHEMA_PROPERTY_REQUIRED_REMOVED,
                Wire::Breaking,
                "callers rely on it in responses; a request that has it may be refused or lose it",
            ),
            (false, true) => (
                rules::SCHEMA_PROPERTY_REMOVED,
                Wire::Undecided,
                "requests that have it are refused; callers may rely on it in responses",
            ),
            (false, false) => (
                rules::SCHEMA_PROPERTY_REMOVED,
                Wire::Undecided,
                "a request that has it may be refused or lose it; callers may rely on it in responses",
            ),
        };
        let at = member.schemas.first().copied();
        let message = format!("`{{}}.{name}` is gone");
        let fact = shapes
            .fact(rule, Effect::Replaces, message)
            .with_verdict(request, response, why)
            .places(at, Some(shapes.new.at))
            .values(at.map(|it| short(it.node)), None)
            .field(name);
        self.found(shapes.pair, guard, fact);
    }

    fn added(&mut self, shapes: &Shapes<'_, 'a>, member: &Member<'a>) {
        let name = member.name;
        let guard = seen(&self.new, member);
        let required = shapes.new.requires(name).is_some() && shapes.old.requires(name).is_none();
        let rule = if required {
            rules::SCHEMA_PROPERTY_REQUIRED_ADDED
        } else {
            rules::SCHEMA_PROPERTY_ADDED
        };
        let (mut request, mut why) = if required {
            (Wire::Breaking, "old callers don't send it")
        } else {
            (
                Wire::Compatible,
                "old callers don't send it, and skip it in responses",
            )
        };
        let mut response = Wire::Compatible;
        match shapes.old.additional {
            Additional::Nothing(_) => {
                response = Wire::Breaking;
                why = "the old description said that there are no other fields";
            }
            Additional::Each(each) => {
                // Before, a field of this name was like any other one.
                let covered = self.covers(each, member);
                if covered != Answer::Yes && request == Wire::Compatible {
                    request = Wire::Undecided;
                    why = "the old description allowed any field of another kind";
                }
                if self.covered_by(member, each) != Answer::Yes {
                    response = Wire::Breaking;
                    why = "the old description said what other fields are like";
                }
            }
            Additional::Anything if is_closed(shapes.old) => {
                response = Wire::Breaking;
                why = "the old description said that there are no other fields";
            }
            Additional::Anything => {}
        }
        if request == Wire::Compatible && self.is_in_a_variant(shapes, name) {
            request = Wire::Undecided;
            why = "a variant of the union may have a field of this name already";
        }
        let at = member.schemas.first().copied();
        let kind = if required { "required" } else { "optional" };
        let message = format!("`{{}}.{name}` is a new {kind} field");
        let fact = shapes
            .fact(rule, Effect::Narrows, message)
            .with_verdict(request, response, why)
            .places(Some(shapes.old.at), at)
            .values(None, at.map(|it| short(it.node)))
            .field(name);
        self.found(shapes.pair, guard, fact);
    }

    /// Whether a variant of an old union has a field of this name.
    fn is_in_a_variant(&self, shapes: &Shapes<'_, 'a>, name: &str) -> bool {
        let variants = shapes.old.unions.iter().flat_map(|union| &union.variants);
        variants.into_iter().any(|&variant| {
            let view = View::of(&self.old, &[variant]);
            let shape = self.old.shape(view.core);
            shape.member(name).is_some() || !shape.unions.is_empty()
        })
    }

    /// Whether the new field accepts what any field could be before.
    fn covers(&mut self, each: At<'a>, member: &Member<'a>) -> Answer {
        let old = View::of(&self.old, &[each]);
        let new = View::of(&self.new, &member.schemas);
        self.within(&old, &new)
    }

    /// Whether any field could be before what the new field may be.
    fn covered_by(&mut self, member: &Member<'a>, each: At<'a>) -> Answer {
        let old = View::of(&self.old, &[each]);
        let new = View::of(&self.new, &member.schemas);
        self.within_old(&new, &old)
    }

    /// Required names that no field has.
    fn undeclared(&mut self, shapes: &Shapes<'_, 'a>) {
        let (old, new) = (shapes.old, shapes.new);
        let neither = |name: &str| old.member(name).is_none() && new.member(name).is_none();
        for &(name, at) in &new.required {
            if neither(name) && old.requires(name).is_none() {
                let message = format!("`{{}}.{name}` is required now");
                let fact = shapes
                    .fact(
                        rules::SCHEMA_PROPERTY_BECAME_REQUIRED,
                        Effect::Narrows,
                        message,
                    )
                    .places(Some(old.at), Some(at))
                    .field(name);
                self.found(shapes.pair, Guard::OPEN, fact);
            }
        }
        for &(name, at) in &old.required {
            if neither(name) && new.requires(name).is_none() {
                let message = format!("`{{}}.{name}` may be left out now");
                let fact = shapes
                    .fact(
                        rules::SCHEMA_PROPERTY_BECAME_OPTIONAL,
                        Effect::Widens,
                        message,
                    )
                    .places(Some(at), Some(new.at))
                    .field(name);
                self.found(shapes.pair, Guard::OPEN, fact);
            }
        }
    }

    fn additional(&mut self, shapes: &Shapes<'_, 'a>) {
        let (was, is) = (
            self.unless_anything(true, shapes.old.additional),
            self.unless_anything(false, shapes.new.additional),
        );
        let (rule, effect, message, old, new) = match (was, is) {
            (Additional::Anything, Additional::Anything)
            | (Additional::Nothing(_), Additional::Nothing(_)) => return,
            (Additional::Each(old), Additional::Each(new)) => {
                self.schemas(shapes.pair, Guard::OPEN, &[old], &[new]);
                return;
            }
            (was, Additional::Nothing(new)) => (
                rules::SCHEMA_ADDITIONAL_CLOSED,
                Effect::Narrows,
                "`{}` no longer allows other fields",
                place(was),
                Some(new),
            ),
            (Additional::Nothing(old), is) => (
                rules::SCHEMA_ADDITIONAL_OPENED,
                Effect::Widens,
                "`{}` allows other fields now",
                Some(old),
                place(is),
            ),
            (Additional::Anything, Additional::Each(new)) => (
                rules::SCHEMA_ADDITIONAL_TYPED,
                Effect::Narrows,
                "`{}` says what other fields are like",
                None,
                Some(new),
            ),
            (Additional::Each(old), Additional::Anything) => (
                rules::SCHEMA_ADDITIONAL_UNTYPED,
                Effect::Widens,
                "`{}` no longer says what other fields are like",
                Some(old),
                None,
            ),
        };
        let text = |at: Option<At<'_>>| at.map(|it| short(it.node));
        let fact = shapes
            .fact(rule, effect, message)
            .places(old.or(Some(shapes.old.at)), new.or(Some(shapes.new.at)))
            .values(text(old), text(new));
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    /// A schema that restricts nothing is as good as none.
    fn unless_anything(&self, is_old: bool, additional: Additional<'a>) -> Additional<'a> {
        match additional {
            Additional::Each(at) if self.is_anything(is_old, at) => Additional::Anything,
            other => other,
        }
    }
}

fn place(additional: Additional<'_>) -> Option<At<'_>> {
    match additional {
        Additional::Anything => None,
        Additional::Nothing(at) | Additional::Each(at) => Some(at),
    }
}

/// Whether there are to be no fields but those that are named, if only by a variant.
fn is_closed(shape: &Shape<'_>) -> bool {
    let none = |(key, at): &(&str, At<'_>)| {
        *key == "unevaluatedProperties" && at.node.as_bool() == Some(false)
    };
    matches!(shape.additional, Additional::Nothing(_)) || shape.opaque.iter().any(none)
}

/// Who sends a field.
fn seen<'a>(tree: &Tree<'a>, member: &Member<'a>) -> Guard {
    let view = View::of(tree, &member.schemas);
    Guard {
        request: !view.flag("readOnly"),
        response: !view.flag("writeOnly"),
    }
}
