//! Fields that tell the variants of a union apart.

use super::Comparison;
use super::schemas::Shapes;
use crate::canonical::shape::Union;
use crate::canonical::text::short;
use crate::canonical::view::View;
use crate::canonical::{At, equal};
use crate::fact::Guard;
use crate::finding::{Effect, Wire};
use crate::rules;

impl<'a> Comparison<'a> {
    pub(super) fn discriminator(
        &mut self,
        shapes: &Shapes<'_, 'a>,
        old: &Union<'a>,
        new: &Union<'a>,
        pairs: &[(At<'a>, At<'a>)],
    ) {
        let part = |union: &Union<'a>, key: &str| union.discriminator.and_then(|at| at.child(key));
        let same = |key: &str| match (part(old, key), part(new, key)) {
            (Some(a), Some(b)) => equal::same(a.node, b.node),
            (None, None) => true,
            _ => false,
        };
        let had = old.discriminator.is_some();
        let has = new.discriminator.is_some();
        let (rule, what) = match (had, has) {
            (false, false) => return,
            (false, true) => (rules::SCHEMA_DISCRIMINATOR_ADDED, "has a discriminator now"),
            (true, false) => (
                rules::SCHEMA_DISCRIMINATOR_REMOVED,
                "no longer has a discriminator",
            ),
            (true, true) if !same("propertyName") => (
                rules::SCHEMA_DISCRIMINATOR_CHANGED,
                "has another discriminator",
            ),
            (true, true) => {
                self.mapping(shapes, old, new, pairs);
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
            .fact(rule, Effect::Unknown, format!("`{{}}` {what}"))
            .with_verdict(wire, wire, why)
            .places(
                Some(old.discriminator.unwrap_or(old.at)),
                Some(new.discriminator.unwrap_or(new.at)),
            )
            .values(text(old), text(new));
        self.found(shapes.pair, Guard::OPEN, fact);
    }

    /// The tags of a discriminator.
    fn mapping(
        &mut self,
        shapes: &Shapes<'_, 'a>,
        old: &Union<'a>,
        new: &Union<'a>,
        pairs: &[(At<'a>, At<'a>)],
    ) {
        let (mut before, mut after) = (tags(old), tags(new));
        for &(one, other) in pairs {
            self.implied(shapes, (one, other), &mut before, &mut after);
        }
        let find = |list: &[Tag<'a>], name: &str| list.iter().find(|it| it.name == name).copied();
        let at = |union: &Union<'a>| union.discriminator.unwrap_or(union.at);
        let has = |union: &Union<'a>, tag: &Tag<'a>| {
            let mut names = union.variants.iter().filter_map(|&it| name_of(it));
            names.any(|name| name == tag.variant)
        };
        for &tag in &before {
            let is = find(&after, tag.name);
            if is.is_some_and(|is| self.same_variant((tag, old), (is, new))) {
                continue;
            }
            let (rule, effect, what) = match is {
                Some(_) => (
                    rules::SCHEMA_DISCRIMINATOR_MAPPING_CHANGED,
                    Effect::Replaces,
                    "stands for another variant",
                ),
                // That the variant is gone says it all.
                None if tag.implied && !has(new, &tag) => continue,
                None => (
                    rules::SCHEMA_DISCRIMINATOR_MAPPING_REMOVED,
                    Effect::Narrows,
                    "no longer stands for a variant",
                ),
            };
            let message = format!("the tag `{}` of `{{}}` {what}", tag.name);
            let fact = shapes
                .fact(rule, effect, message)
                .places(Some(tag.at), Some(is.map_or_else(|| at(new), |it| it.at)))
                .values(Some(short(tag.at.node)), is.map(|it| short(it.at.node)))
                .named(tag.name);
            self.found(shapes.pair, Guard::OPEN, fact);
        }
        for &tag in &after {
            if find(&before, tag.name).is_some() || tag.implied && !has(old, &tag) {
                continue;
            }
            let message = format!("the tag `{}` of `{{}}` is new", tag.name);
            let rule = rules::SCHEMA_DISCRIMINATOR_MAPPING_ADDED;
            let fact = shapes
                .fact(rule, Effect::Widens, message)
                .places(Some(at(old)), Some(tag.at))
                .values(None, Some(short(tag.at.node)))
                .named(tag.name);
            self.found(shapes.pair, Guard::OPEN, fact);
        }
    }

    /// A variant whose name is its tag got another name.
    fn implied(
        &mut self,
        shapes: &Shapes<'_, 'a>,
        (one, other): (At<'a>, At<'a>),
        before: &mut Vec<Tag<'a>>,
        after: &mut Vec<Tag<'a>>,
    ) {
        let position = |list: &[Tag<'a>], at: At<'a>| {
            let name = name_of(at);
            list.iter()
                .position(|it| it.implied && Some(it.name) == name)
        };
        let (Some(i), Some(j)) = (position(before, one), position(after, other)) else {
            return;
        };
        if before[i].name == after[j].name {
            return;
        }
        let (was, is) = (before.remove(i), after.remove(j));
        let message = format!("the tag `{}` of `{{}}` is `{}` now", was.name, is.name);
        let why = "without a mapping the names of the schemas are the tags, unless a list of values \
                   says otherwise";
        let fact = shapes
            .fact(
                rules::SCHEMA_DISCRIMINATOR_MAPPING_CHANGED,
                Effect::Unknown,
                message,
            )
            .with_verdict(Wire::Undecided, Wire::Undecided, why)
            .places(Some(was.at), Some(is.at))
            .values(Some(was.name.to_owned()), Some(is.name.to_owned()))
            .named(was.name);
        if !self.states_its_tag(was, shapes) {
            self.found(shapes.pair, Guard::OPEN, fact);
        }
    }

    /// Whether the field of the tag has one value in the variant, so that no name is needed.
    fn states_its_tag(&self, tag: Tag<'a>, shapes: &Shapes<'_, 'a>) -> bool {
        let mut unions = shapes.old.unions.iter();
        let field = unions.find_map(|it| it.discriminator?.str("propertyName"));
        let shape = self.old.shape(View::of(&self.old, &[tag.at]).core);
        field
            .and_then(|field| shape.member(field))
            .is_some_and(|member| {
                let inner = View::of(&self.old, &member.schemas);
                self.old.shape(inner.core).values.is_some()
            })
    }

    /// Whether a tag stands for the same variant, perhaps under another name.
    fn same_variant(&self, old: (Tag<'a>, &Union<'a>), new: (Tag<'a>, &Union<'a>)) -> bool {
        let (was, is) = (old.0.variant, new.0.variant);
        was == is
            || self.only_old.contains(&(old.1.at.document, was))
                && self.only_new.contains(&(new.1.at.document, is))
    }
}

/// A value of the field that tells variants apart.
#[derive(Clone, Copy)]
struct Tag<'a> {
    name: &'a str,
    /// The last part of the reference to the variant.
    variant: &'a str,
    at: At<'a>,
    /// Nobody mapped it: it is the name of the variant.
    implied: bool,
}

/// The tags that are mapped, and the names of variants that none is mapped to.
fn tags<'a>(union: &Union<'a>) -> Vec<Tag<'a>> {
    let mapping = union.discriminator.and_then(|at| at.child("mapping"));
    let entries = mapping.into_iter().flat_map(At::entries);
    let mut tags: Vec<Tag<'a>> = entries
        .filter_map(|(name, at)| {
            let variant = at.node.as_str()?.rsplit('/').next()?;
            Some(Tag {
                name,
                variant,
                at,
                implied: false,
            })
        })
        .collect();
    for &at in &union.variants {
        if let Some(name) = name_of(at)
            && !tags.iter().any(|tag| tag.variant == name)
        {
            tags.push(Tag {
                name,
                variant: name,
                at,
                implied: true,
            });
        }
    }
    tags
}

fn name_of(at: At<'_>) -> Option<&str> {
    at.str("$ref").and_then(|text| text.rsplit('/').next())
}
