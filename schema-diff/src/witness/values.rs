//! Values that a schema should be content with.

use std::cell::{Cell, RefCell};

use serde_json::{Map, Value, json};

use super::export::data;
use super::formats;
use crate::canonical::number::Number;
use crate::canonical::shape::{Additional, Limit, Member, Shape};
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{At, Schema, Tree};
use crate::pattern::{Fuel, Inclusion, Texts};
use crate::subset::texts::texts;

/// How deep values go.
pub(super) const DEPTH: usize = 8;

/// Longest text that is built, and longest list.
pub(super) const LONG: i128 = 10_000;
pub(super) const MANY: i128 = 2_000;

/// Longest value that is shown, as JSON: nobody reads more.
pub(super) const LARGE: usize = 32_000;

/// How many schemas are gone through for the values of one fact.
pub(super) const SCHEMAS: usize = 20_000;

/// Makes values that one side accepts.
#[derive(Clone, Copy)]
pub(super) struct Maker<'m, 'a> {
    pub(super) tree: &'m Tree<'a>,
    /// How many schemas may still be gone through.
    pub(super) left: &'m Cell<usize>,
    /// What is left for patterns.
    pub(super) fuel: &'m RefCell<Fuel>,
}

impl<'a> Maker<'_, 'a> {
    /// One value of a schema.
    pub(super) fn value(self, schema: Schema, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        self.left.set(self.left.get().checked_sub(1)?);
        let shape = self.tree.shape(schema);
        if let Some(list) = &shape.values {
            return list.list.first().and_then(|(_, at)| data(at.node));
        }
        if !shape.types.meets(Types::OBJECT) || shape.properties.is_empty() {
            let variants = shape.unions.iter().flat_map(|union| &union.variants);
            let mut values = variants.filter_map(|variant| self.variant(*variant, depth));
            if let Some(value) = values.next() {
                return Some(value);
            }
        }
        let kinds = [
            Types::OBJECT,
            Types::ARRAY,
            Types::STRING,
            Types::INTEGER,
            Types::FRACTION,
            Types::BOOLEAN,
            Types::NULL,
        ];
        let kind = kinds.into_iter().find(|kind| shape.types.meets(*kind))?;
        match kind {
            Types::OBJECT => self.object(&shape, &[], depth).map(Value::Object),
            Types::ARRAY => {
                let size = size(&shape, Limit::MinItems).unwrap_or(0);
                self.list(&shape, size, depth)
            }
            Types::STRING => self.text(&shape),
            Types::INTEGER | Types::FRACTION => whole_numbers(&shape, &shape).into_iter().next(),
            Types::BOOLEAN => Some(json!(true)),
            _ => Some(Value::Null),
        }
    }

    /// One value for nodes that hold together. Null instead of an object, which would be longer.
    fn of(self, nodes: &[At<'a>], depth: usize) -> Option<Value> {
        let view = View::of(self.tree, nodes);
        let types = self.tree.shape(view.core).types;
        let null = view.nullable || types.meets(Types::NULL);
        if null && types.meets(Types::OBJECT) {
            return Some(Value::Null);
        }
        let value = self.value(view.core, depth);
        value.or_else(|| null.then_some(Value::Null))
    }

    /// A value of a variant that isn't null.
    pub(super) fn variant(self, variant: At<'a>, depth: usize) -> Option<Value> {
        self.value(View::of(self.tree, &[variant]).core, depth)
    }

    fn field(self, member: &Member<'a>, depth: usize) -> Option<Value> {
        self.of(&member.schemas, depth)
    }

    /// The required fields, and others by name.
    pub(super) fn object(
        self,
        shape: &Shape<'a>,
        besides: &[&Member<'a>],
        depth: usize,
    ) -> Option<Map<String, Value>> {
        let mut map = Map::new();
        // What a variant asks for, where there is a union besides.
        for union in &shape.unions {
            let mut variants = union.variants.iter();
            let chosen = variants.find_map(|variant| match self.variant(*variant, depth)? {
                Value::Object(fields) => Some(fields),
                _ => None,
            });
            map.extend(chosen.unwrap_or_default());
        }
        for (name, _) in &shape.required {
            let value = match shape.member(name) {
                Some(member) => self.field(member, depth)?,
                None => self.other(shape, depth)?,
            };
            map.entry(*name).or_insert(value);
        }
        for member in besides {
            map.insert(member.name.to_owned(), self.field(member, depth)?);
        }
        let least = size(shape, Limit::MinProperties).unwrap_or(0);
        self.fill(shape, &mut map, least, depth)?;
        Some(map)
    }

    /// Adds fields until there are so many.
    pub(super) fn fill(
        self,
        shape: &Shape<'a>,
        map: &mut Map<String, Value>,
        least: i128,
        depth: usize,
    ) -> Option<()> {
        let least = usize::try_from(least).ok()?;
        for member in &shape.properties {
            if map.len() < least && !map.contains_key(member.name) {
                map.insert(member.name.to_owned(), self.field(member, depth)?);
            }
        }
        while map.len() < least {
            map.insert(format!("another{}", map.len()), self.other(shape, depth)?);
        }
        Some(())
    }

    /// A field that isn't named.
    pub(super) fn other(self, shape: &Shape<'a>, depth: usize) -> Option<Value> {
        match shape.additional {
            Additional::Each(each) => self.variant(each, depth),
            Additional::Anything | Additional::Nothing(_) => Some(json!("a")),
        }
    }

    pub(super) fn list(self, shape: &Shape<'a>, size: i128, depth: usize) -> Option<Value> {
        let size = usize::try_from(size).ok()?;
        let unique = shape.bound(Limit::UniqueItems).is_some();
        let rest = match shape.items.as_slice() {
            [] => None,
            nodes if shape.prefix.len() < size => Some(self.of(nodes, depth)?),
            _ => None,
        };
        let length = rest.as_ref().map_or(1, |item| item.to_string().len());
        if length * size > LARGE {
            return None;
        }
        let mut items = Vec::new();
        for index in 0..size {
            let item = match (shape.prefix.get(index), &rest) {
                (Some(at), _) => self.of(&[*at], depth)?,
                (None, None) => json!(index),
                (None, Some(item)) if unique => varied(item, index),
                (None, Some(item)) => item.clone(),
            };
            items.push(item);
        }
        Some(Value::Array(items))
    }

    fn text(self, shape: &Shape<'a>) -> Option<Value> {
        let least = size(shape, Limit::MinLength).unwrap_or(0);
        let most = size(shape, Limit::MaxLength).unwrap_or(LONG);
        let text = match sample(shape, least) {
            Some(text) => text,
            None if shape.patterns.is_empty() => repeated(least.max(1).min(most)),
            None => self.tells(shape, &Texts::none())?,
        };
        Some(Value::String(text))
    }

    /// The shortest text that a shape allows and the others don't.
    pub(super) fn tells(self, shape: &Shape<'a>, others: &Texts<'_>) -> Option<String> {
        match self.fuel.borrow_mut().within(&texts(shape), others) {
            Inclusion::Not(text) => Some(text),
            _ => None,
        }
    }
}

/// A text of the format that is at least so long, where there is a format.
pub(super) fn sample(shape: &Shape<'_>, least: i128) -> Option<String> {
    let mut formats = shape.formats.iter();
    let found = formats.find_map(|(format, _)| Some((*format, formats::sample(format)?)));
    let (format, text) = found?;
    let length = i128::try_from(text.len()).ok()?;
    if formats::grows(format) && length < least {
        return Some(format!("{text}{}", repeated(least - length)));
    }
    Some(text.to_owned())
}

pub(super) fn repeated(length: i128) -> String {
    "a".repeat(usize::try_from(length).unwrap_or(0))
}

/// A value like the other one that differs from those of other indexes.
fn varied(item: &Value, index: usize) -> Value {
    match item {
        Value::String(text) if index > 0 => json!(format!("{text}{index}")),
        Value::Number(_) => item.as_i64().map_or_else(
            || item.clone(),
            |first| json!(first + i64::try_from(index).unwrap_or(0)),
        ),
        other => other.clone(),
    }
}

/// A size that is small enough to be built.
pub(super) fn size(shape: &Shape<'_>, limit: Limit) -> Option<i128> {
    let longest = if limit.types() == Types::STRING {
        LONG
    } else {
        MANY
    };
    let size = shape.bound(limit)?.value.rounded(true)?;
    (0..=longest).contains(&size).then_some(size)
}

/// Whole numbers that the first allows, about where one of them has its limits.
pub(super) fn whole_numbers(yes: &Shape<'_>, no: &Shape<'_>) -> Vec<Value> {
    let mut stops: Vec<i128> = Vec::new();
    for shape in [no, yes] {
        for limit in [Limit::Minimum, Limit::Maximum, Limit::MultipleOf] {
            let value = shape.bound(limit).map(|bound| bound.value);
            if let Some(value) = value.and_then(|value| value.rounded(false)) {
                stops.extend([value - 1, value, value + 1, value * 2]);
            }
        }
    }
    stops.extend([0, 1, -1]);
    let fits = |value: &i128| {
        let value = Number::whole(*value);
        let low = yes.bound(Limit::Minimum);
        let high = yes.bound(Limit::Maximum);
        let step = yes.bound(Limit::MultipleOf);
        low.is_none_or(|low| value > low.value || value == low.value && !low.exclusive)
            && high.is_none_or(|high| value < high.value || value == high.value && !high.exclusive)
            && step.is_none_or(|step| value.is_multiple_of(step.value) == Some(true))
    };
    let whole = stops.into_iter().filter(fits);
    whole
        .filter_map(|value| i64::try_from(value).ok())
        .map(|value| json!(value))
        .collect()
}
