//! Values that may tell two schemas apart: what one of them is content with, and what is just beyond
//! the limits of the other.

use std::ops::ControlFlow;

use serde_json::{Value, json};

use super::check::Check;
use super::export::data;
use super::formats;
use super::values::{DEPTH, LONG, MANY, Maker, repeated, sample, size, whole_numbers};
use crate::canonical::shape::{Additional, Limit, Member, Shape};
use crate::canonical::types::Types;
use crate::canonical::view::View;
use crate::canonical::{At, Schema, Tree};
use crate::subset::texts::texts;

/// How many variants, or fields of one side, are tried.
const VARIANTS: usize = 40;

/// What to do with a candidate; it breaks off when one is good or enough were tried.
pub(super) type Offer<'o> = &'o mut dyn FnMut(Value) -> ControlFlow<()>;

/// Two schemas, and what is known about the place where they differ.
pub(super) struct Pair<'p, 'a> {
    /// Makes values that the first accepts.
    pub(super) maker: Maker<'p, 'a>,
    pub(super) yes: Schema,
    /// The documents of the second.
    pub(super) tree: &'p Tree<'a>,
    pub(super) no: Schema,
    pub(super) check: &'p Check,
    /// What the fact names: a field, or a value.
    pub(super) hint: &'p str,
    /// Where the fact stands on the side that accepts.
    pub(super) place: Option<At<'a>>,
}

impl<'a> Pair<'_, 'a> {
    /// Offers values that the first schema may accept and the second may refuse.
    pub(super) fn offer(&self, offer: Offer<'_>) -> ControlFlow<()> {
        let (yes, no) = (self.maker.tree.shape(self.yes), self.tree.shape(self.no));
        if let Ok(value) = serde_json::from_str(self.hint) {
            offer(value)?;
        }
        if yes.types.meets(Types::NULL) {
            offer(Value::Null)?;
        }
        let listed = yes.values.iter().flat_map(|list| &list.list);
        each(listed.filter_map(|(_, at)| data(at.node)), offer)?;
        let variants = self.variants(&yes);
        let values = variants.iter().map(|it| self.maker.variant(*it, DEPTH));
        each(values.flatten(), offer)?;
        let mut kinds: Vec<Types> = Types::EACH.to_vec();
        kinds.retain(|kind| yes.types.meets(*kind));
        // Types that the other doesn't have tell the two apart at once.
        kinds.sort_by_key(|kind| no.types.meets(*kind));
        for kind in kinds {
            match kind {
                Types::OBJECT => self.objects(&yes, &no, offer)?,
                Types::ARRAY => self.lists(&yes, &no, offer)?,
                Types::STRING => self.texts(&yes, &no, offer)?,
                Types::INTEGER | Types::FRACTION => numbers(&yes, &no, offer)?,
                Types::BOOLEAN => each([json!(true), json!(false)], offer)?,
                _ => {}
            }
        }
        for variant in variants {
            self.unnamed(variant, &no, offer)?;
        }
        ControlFlow::Continue(())
    }

    /// The variants of all unions, the one that the fact is about first.
    fn variants(&self, yes: &Shape<'a>) -> Vec<At<'a>> {
        let all = yes.unions.iter().flat_map(|union| &union.variants);
        let mut all: Vec<At<'a>> = all.copied().collect();
        let place = self.place.map(At::address);
        all.sort_by_key(|it| Some(it.address()) != place);
        all.truncate(VARIANTS);
        all
    }

    fn objects(&self, yes: &Shape<'a>, no: &Shape<'a>, offer: Offer<'_>) -> ControlFlow<()> {
        let object = |members: &[&Member<'a>]| self.maker.object(yes, members, DEPTH);
        // What the other side asks for besides, so that the field alone is what matters.
        let asked = no.required.iter().map(|(name, _)| *name);
        let asked = asked.filter(|name| *name != self.hint);
        let own = no.requires(self.hint).is_none().then_some(self.hint);
        let members = asked.chain(own).filter_map(|name| yes.member(name));
        let specific = object(&members.collect::<Vec<_>>());
        each(specific.map(Value::Object), offer)?;
        let Some(least) = object(&[]) else {
            return ControlFlow::Continue(());
        };
        offer(Value::Object(least.clone()))?;
        let with = |name: &str, value: Value| {
            let mut map = least.clone();
            map.insert(name.to_owned(), value);
            Value::Object(map)
        };
        if !matches!(yes.additional, Additional::Nothing(_)) {
            let other = self.maker.other(yes, DEPTH).into_iter();
            each(other.map(|value| with("another", value)), offer)?;
        }
        if matches!(yes.additional, Additional::Anything) {
            let odd = [json!(1), json!({}), json!(["a"]), json!(null)];
            each(odd.into_iter().map(|value| with("another", value)), offer)?;
        }
        let others = yes.properties.iter();
        let others = others.filter(|member| no.member(member.name).is_none());
        let others = others.take(VARIANTS).filter_map(|member| object(&[member]));
        each(others.map(Value::Object), offer)?;
        let sizes = [
            size(no, Limit::MaxProperties).map(|size| size + 1),
            size(no, Limit::MinProperties).map(|size| size - 1),
        ];
        for size in sizes.into_iter().flatten() {
            let mut map = least.clone();
            if self.maker.fill(yes, &mut map, size, DEPTH).is_some() {
                offer(Value::Object(map))?;
            }
        }
        ControlFlow::Continue(())
    }

    fn lists(&self, yes: &Shape<'a>, no: &Shape<'a>, offer: Offer<'_>) -> ControlFlow<()> {
        let least = size(yes, Limit::MinItems).unwrap_or(0);
        let place = self.hint.parse::<i128>().ok().filter(|it| *it < MANY);
        let sizes = [
            Some(least),
            size(no, Limit::MaxItems).map(|size| size + 1),
            size(no, Limit::MinItems).map(|size| size - 1),
            place.map(|index| index + 1),
            Some(least.max(1)),
            Some(least.max(2)),
        ];
        for size in sizes.into_iter().flatten() {
            each(self.maker.list(yes, size, DEPTH), offer)?;
        }
        if yes.items.is_empty() {
            let odd = [json!({}), json!("a"), json!(1), json!(true), json!(null)];
            let alone = odd.iter().map(|item| json!([item]));
            let twins = odd.iter().map(|item| json!([item, item]));
            each(alone.chain(twins), offer)?;
        }
        ControlFlow::Continue(())
    }

    fn texts(&self, yes: &Shape<'a>, no: &Shape<'a>, offer: Offer<'_>) -> ControlFlow<()> {
        let least = size(yes, Limit::MinLength).unwrap_or(0);
        let most = size(yes, Limit::MaxLength).unwrap_or(LONG);
        let lengths = [
            size(no, Limit::MaxLength).map(|size| size + 1),
            size(no, Limit::MinLength).map(|size| size - 1),
            Some(least.max(1).min(most)),
            Some(least),
        ];
        let lengths = lengths.into_iter().flatten();
        let lengths: Vec<i128> = lengths.filter(|it| (least..=most).contains(it)).collect();
        let samples = lengths.iter().filter_map(|length| sample(yes, *length));
        each(samples.map(Value::String), offer)?;
        if !(yes.patterns.is_empty() && no.patterns.is_empty()) {
            let found = self.maker.tells(yes, &texts(no));
            each(found.map(Value::String), offer)?;
        }
        let repeated = lengths.iter().map(|length| json!(repeated(*length)));
        let plain = ["", "0", "A", "another"].map(|text| json!(text));
        each(repeated.chain(plain), offer)
    }

    /// A field that the variant doesn't name, where the other side says what it is like. Nobody is
    /// meant to send it, so it comes last.
    fn unnamed(&self, variant: At<'a>, no: &Shape<'a>, offer: Offer<'_>) -> ControlFlow<()> {
        let view = View::of(self.maker.tree, &[variant]);
        let yes = self.maker.tree.shape(view.core);
        let is_open = matches!(yes.additional, Additional::Anything);
        let Some(Value::Object(mut map)) = self.maker.variant(variant, DEPTH).filter(|_| is_open)
        else {
            return ControlFlow::Continue(());
        };
        for other in no.unions.iter().flat_map(|union| &union.variants) {
            let view = View::of(self.tree, &[*other]);
            let value = Value::Object(std::mem::take(&mut map));
            let accepts = self.check.schema(self.tree, view.core, &value);
            if let Value::Object(fields) = value {
                map = fields;
            }
            if accepts == Some(false) {
                continue;
            }
            let shape = self.tree.shape(view.core);
            let unnamed = shape.properties.iter();
            let mut unnamed = unnamed.filter(|it| yes.member(it.name).is_none());
            let odd = unnamed.find_map(|it| Some((it.name, self.odd(it)?)));
            map.extend(odd.map(|(name, value)| (name.to_owned(), value)));
        }
        offer(Value::Object(map))
    }

    /// A value of a type that a field of the other side doesn't have.
    fn odd(&self, member: &Member<'a>) -> Option<Value> {
        let view = View::of(self.tree, &member.schemas);
        let types = self.tree.shape(view.core).types;
        let values = [
            (Types::STRING, json!("a")),
            (Types::INTEGER, json!(1)),
            (Types::BOOLEAN, json!(true)),
        ];
        let mut values = values.into_iter();
        values.find_map(|(kind, value)| (!types.meets(kind)).then_some(value))
    }
}

fn each(values: impl IntoIterator<Item = Value>, offer: Offer<'_>) -> ControlFlow<()> {
    values.into_iter().try_for_each(offer)
}

fn numbers(yes: &Shape<'_>, no: &Shape<'_>, offer: Offer<'_>) -> ControlFlow<()> {
    each(whole_numbers(yes, no), offer)?;
    if yes.types.contains(Types::FRACTION) {
        each([json!(0.5), json!(1.5)], offer)?;
    }
    each([json!(1e39)], offer)?;
    each(formats::BEYOND.map(|value| json!(value)), offer)
}
