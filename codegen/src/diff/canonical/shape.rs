//! What a schema means, keyword by keyword, each with the place that states it.

use super::number::Number;
use super::text::canonical;
use super::types::Types;
use super::view::{UNIONS, is_annotation, is_null};
use super::{At, Tree};
use crate::load::{Node, Value};

/// A keyword with a number, or one that works like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::diff) enum Limit {
    Minimum,
    Maximum,
    MultipleOf,
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
    UniqueItems,
    MinProperties,
    MaxProperties,
}

impl Limit {
    const ALL: [Self; 10] = [
        Self::Minimum,
        Self::Maximum,
        Self::MultipleOf,
        Self::MinLength,
        Self::MaxLength,
        Self::MinItems,
        Self::MaxItems,
        Self::UniqueItems,
        Self::MinProperties,
        Self::MaxProperties,
    ];

    pub(in crate::diff) fn keyword(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::MultipleOf => "multipleOf",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::MinProperties => "minProperties",
            Self::MaxProperties => "maxProperties",
        }
    }

    /// The types that it speaks of.
    pub(in crate::diff) fn types(self) -> Types {
        match self {
            Self::Minimum | Self::Maximum | Self::MultipleOf => Types::NUMBER,
            Self::MinLength | Self::MaxLength => Types::STRING,
            Self::MinItems | Self::MaxItems | Self::UniqueItems => Types::ARRAY,
            Self::MinProperties | Self::MaxProperties => Types::OBJECT,
        }
    }

    /// Whether a greater number allows more.
    pub(in crate::diff) fn is_upper(self) -> bool {
        matches!(
            self,
            Self::Maximum | Self::MaxLength | Self::MaxItems | Self::MaxProperties
        )
    }
}

/// A limit as it holds.
#[derive(Clone, Copy, Debug)]
pub(in crate::diff) struct Bound<'a> {
    pub(in crate::diff) limit: Limit,
    pub(in crate::diff) value: Number,
    pub(in crate::diff) exclusive: bool,
    pub(in crate::diff) at: At<'a>,
}

impl Bound<'_> {
    /// Where it cuts the numbers, so that a greater key of an upper bound allows more.
    pub(in crate::diff) fn cut(&self) -> (Number, bool) {
        (self.value, self.exclusive != self.limit.is_upper())
    }

    /// `10`, or `above 10` for an exclusive one.
    pub(in crate::diff) fn words(&self) -> String {
        let digits = match self.limit {
            Limit::UniqueItems => return "true".to_owned(),
            _ => self.value.digits(),
        };
        match (self.exclusive, self.limit.is_upper()) {
            (false, _) => digits,
            (true, true) => format!("below {digits}"),
            (true, false) => format!("above {digits}"),
        }
    }
}

/// A property, with every schema that holds for it.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Member<'a> {
    pub(in crate::diff) name: &'a str,
    pub(in crate::diff) schemas: Vec<At<'a>>,
}

/// What may stand besides the named properties.
#[derive(Clone, Copy, Debug)]
pub(in crate::diff) enum Additional<'a> {
    Anything,
    Nothing(At<'a>),
    Each(At<'a>),
}

/// A choice.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Union<'a> {
    /// Whether exactly one variant may hold.
    pub(in crate::diff) exclusive: bool,
    pub(in crate::diff) at: At<'a>,
    /// Without null, which is in [`Shape::types`].
    pub(in crate::diff) variants: Vec<At<'a>>,
    pub(in crate::diff) discriminator: Option<At<'a>>,
}

/// A closed list of values, without null.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Values<'a> {
    pub(in crate::diff) at: At<'a>,
    pub(in crate::diff) constant: bool,
    /// Canonical text and place, in order of the text.
    pub(in crate::diff) list: Vec<(String, At<'a>)>,
}

/// What a schema means.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Shape<'a> {
    /// The first part.
    pub(in crate::diff) at: At<'a>,
    pub(in crate::diff) types: Types,
    /// The `type` keyword, where there is one.
    pub(in crate::diff) types_at: Option<At<'a>>,
    pub(in crate::diff) values: Option<Values<'a>>,
    pub(in crate::diff) bounds: Vec<Bound<'a>>,
    pub(in crate::diff) formats: Vec<(&'a str, At<'a>)>,
    pub(in crate::diff) patterns: Vec<(&'a str, At<'a>)>,
    pub(in crate::diff) properties: Vec<Member<'a>>,
    pub(in crate::diff) required: Vec<(&'a str, At<'a>)>,
    pub(in crate::diff) additional: Additional<'a>,
    pub(in crate::diff) items: Vec<At<'a>>,
    pub(in crate::diff) prefix: Vec<At<'a>>,
    pub(in crate::diff) unions: Vec<Union<'a>>,
    /// Keywords that are only compared as written.
    pub(in crate::diff) opaque: Vec<(&'a str, At<'a>)>,
    /// Whether the parts could be merged without changing what they mean.
    pub(in crate::diff) exact: bool,
}

impl<'a> Shape<'a> {
    /// The shape of nodes that hold together, as [`super::view::View`] found them.
    pub(super) fn of(tree: &Tree<'a>, parts: &[At<'a>]) -> Self {
        let Some(&first) = parts.first() else {
            unreachable!("a schema has at least one part");
        };
        let mut shape = Self {
            at: first,
            types: Types::ALL,
            types_at: None,
            values: None,
            bounds: Vec::new(),
            formats: Vec::new(),
            patterns: Vec::new(),
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Anything,
            items: Vec::new(),
            prefix: Vec::new(),
            unions: Vec::new(),
            opaque: Vec::new(),
            exact: true,
        };
        for &part in parts {
            shape.part(tree, part);
        }
        shape.finish(parts);
        shape
    }

    pub(in crate::diff) fn bound(&self, limit: Limit) -> Option<&Bound<'a>> {
        self.bounds.iter().find(|bound| bound.limit == limit)
    }

    pub(in crate::diff) fn member(&self, name: &str) -> Option<&Member<'a>> {
        let found = self.properties.binary_search_by(|it| it.name.cmp(name));
        found.ok().and_then(|index| self.properties.get(index))
    }

    pub(in crate::diff) fn requires(&self, name: &str) -> Option<At<'a>> {
        let found = self.required.iter().find(|(it, _)| *it == name);
        found.map(|&(_, at)| at)
    }

    /// Whether everything is valid.
    pub(in crate::diff) fn is_anything(&self) -> bool {
        self.types == Types::ALL && self.is_untouched()
    }

    /// Whether nothing but types is restricted.
    pub(in crate::diff) fn is_untouched(&self) -> bool {
        self.values.is_none()
            && self.bounds.is_empty()
            && self.formats.is_empty()
            && self.patterns.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && matches!(self.additional, Additional::Anything)
            && self.items.is_empty()
            && self.prefix.is_empty()
            && self.unions.is_empty()
            && self.opaque.is_empty()
    }

    fn part(&mut self, tree: &Tree<'a>, part: At<'a>) {
        if let Value::Bool(accepts) = part.node.value {
            if !accepts {
                self.types = Types::NONE;
                self.types_at = Some(part);
            }
            return;
        }
        let mut types = Types::ALL;
        let nullable = part.flag("nullable") == Some(true);
        for (key, value) in part.entries() {
            match key {
                "type" => {
                    types = Types::listed(value.node);
                    if nullable {
                        types = types | Types::NULL;
                    }
                    self.types_at.get_or_insert(value);
                }
                "enum" => self.listed(part, value, value.items().collect(), false, nullable),
                "const" => self.listed(part, value, vec![value], true, nullable),
                "format" => self
                    .formats
                    .extend(value.node.as_str().map(|it| (it, value))),
                "pattern" => self
                    .patterns
                    .extend(value.node.as_str().map(|it| (it, value))),
                "properties" => {
                    for (name, schema) in value.entries() {
                        self.member_of(name, schema);
                    }
                }
                "required" => {
                    let names = value.items();
                    self.required
                        .extend(names.filter_map(|it| it.node.as_str().map(|name| (name, it))));
                }
                "additionalProperties" => self.additionally(value),
                "items" => match value.node.value {
                    Value::Array(_) => self.prefix.extend(value.items()),
                    _ if part.node.get("prefixItems").is_none() || !is_true(value.node) => {
                        self.items.push(value);
                    }
                    _ => {}
                },
                "prefixItems" => self.prefix.extend(value.items()),
                "additionalItems" => {
                    if matches!(part.node.get("items"), Some(node) if node.as_array().is_some()) {
                        self.items.push(value);
                    }
                }
                key if UNIONS.contains(&key) => self.union(tree, part, key, value),
                "$ref" | "allOf" | "nullable" | "discriminator" | "exclusiveMinimum"
                | "exclusiveMaximum" => {}
                key if Limit::ALL.iter().any(|limit| limit.keyword() == key) => {}
                key if is_annotation(key) => {}
                key => self.opaque.push((key, value)),
            }
        }
        if part.node.get("$ref").is_some() && tree.is_old_dialect(part.document) {
            // It leads nowhere, or it would have been followed.
            self.opaque
                .extend(part.child("$ref").map(|text| ("$ref", text)));
        }
        self.types = self.types & types;
        for limit in Limit::ALL {
            self.limit(part, limit);
        }
    }

    fn member_of(&mut self, name: &'a str, schema: At<'a>) {
        match self.properties.iter_mut().find(|it| it.name == name) {
            Some(member) => member.schemas.push(schema),
            None => self.properties.push(Member {
                name,
                schemas: vec![schema],
            }),
        }
    }

    fn additionally(&mut self, value: At<'a>) {
        let this = match &value.node.value {
            Value::Bool(false) => Additional::Nothing(value),
            Value::Bool(true) => return,
            _ if value.node.as_object().is_some_and(<[_]>::is_empty) => return,
            _ => Additional::Each(value),
        };
        self.additional = match (self.additional, this) {
            (Additional::Anything, this) => this,
            (Additional::Nothing(at), _) | (_, Additional::Nothing(at)) => Additional::Nothing(at),
            (first, _) => {
                self.exact = false;
                first
            }
        };
    }

    /// Takes a list of values in; several lists leave what they have in common.
    fn listed(
        &mut self,
        part: At<'a>,
        at: At<'a>,
        values: Vec<At<'a>>,
        constant: bool,
        nullable: bool,
    ) {
        let null = values.iter().any(|it| matches!(it.node.value, Value::Null));
        let typed = part.node.get("type").is_some();
        let mut kinds = Types::NONE;
        let mut list = Vec::new();
        for value in values {
            if !matches!(value.node.value, Value::Null) {
                kinds = kinds | Types::of(value.node);
                list.push((canonical(value.node), value));
            }
        }
        list.sort_by(|a, b| a.0.cmp(&b.0));
        list.dedup_by(|a, b| a.0 == b.0);
        if null || (nullable && typed) {
            kinds = kinds | Types::NULL;
        }
        self.types = self.types & kinds;
        match &mut self.values {
            Some(known) => known
                .list
                .retain(|(text, _)| list.iter().any(|(it, _)| it == text)),
            None => self.values = Some(Values { at, constant, list }),
        }
    }

    fn union(&mut self, tree: &Tree<'a>, part: At<'a>, key: &str, value: At<'a>) {
        let all: Vec<_> = value.items().collect();
        let variants: Vec<_> = all
            .iter()
            .copied()
            .filter(|&it| !is_null(tree, it))
            .collect();
        if variants.len() < 2 {
            return;
        }
        let exclusive = key == "oneOf";
        if let Some(values) = one_value_each(tree, &variants) {
            let null = all.len() > variants.len();
            let nodes = values.into_iter().map(|(_, at)| at).collect();
            self.listed(part, value, nodes, false, false);
            if null {
                self.types = self.types | Types::NULL;
            }
            return;
        }
        let mut types = Types::NONE;
        for &variant in &all {
            types = types | types_of(tree, variant, &mut Vec::new());
        }
        self.types = self.types & types;
        self.unions.push(Union {
            exclusive,
            at: value,
            variants,
            discriminator: part.child("discriminator"),
        });
    }

    fn limit(&mut self, part: At<'a>, limit: Limit) {
        let read = |key: &str| {
            let node = part.child(key)?;
            match &node.node.value {
                Value::Number(digits) => Some((Number::read(digits)?, node)),
                Value::Bool(true) if key == "uniqueItems" => Some((Number::whole(1), node)),
                _ => None,
            }
        };
        let exclusive_key = match limit {
            Limit::Minimum => "exclusiveMinimum",
            Limit::Maximum => "exclusiveMaximum",
            _ => "",
        };
        let plain = read(limit.keyword()).map(|(value, at)| Bound {
            limit,
            value,
            exclusive: part.flag(exclusive_key) == Some(true),
            at,
        });
        let strict = read(exclusive_key).map(|(value, at)| Bound {
            limit,
            value,
            exclusive: true,
            at,
        });
        for bound in plain.into_iter().chain(strict) {
            let nothing = match limit {
                Limit::MinLength | Limit::MinItems | Limit::MinProperties => {
                    bound.value <= Number::whole(0)
                }
                _ => false,
            };
            if nothing {
                continue;
            }
            let known = self.bounds.iter_mut().find(|it| it.limit == limit);
            match known {
                None => self.bounds.push(bound),
                Some(known) if limit == Limit::MultipleOf => {
                    if bound.value.is_multiple_of(known.value) == Some(true) {
                        *known = bound;
                    } else if known.value.is_multiple_of(bound.value) != Some(true) {
                        self.exact = false;
                    }
                }
                Some(known) => {
                    let tighter = if limit.is_upper() {
                        bound.cut() < known.cut()
                    } else {
                        bound.cut() > known.cut()
                    };
                    if tighter {
                        *known = bound;
                    }
                }
            }
        }
    }

    /// Sorts, and says what whole numbers make of exclusive bounds.
    fn finish(&mut self, parts: &[At<'a>]) {
        self.properties.sort_by_key(|member| member.name);
        self.required.sort_by_key(|(name, _)| *name);
        self.required.dedup_by_key(|(name, _)| *name);
        for texts in [&mut self.formats, &mut self.patterns, &mut self.opaque] {
            texts.sort_by_key(|(text, _)| *text);
        }
        self.formats.dedup_by_key(|(text, _)| *text);
        self.patterns.dedup_by_key(|(text, _)| *text);
        if !self.types.meets(Types::FRACTION) {
            for bound in &mut self.bounds {
                whole_numbers(bound);
            }
        }
        if let Some(values) = &mut self.values {
            let types = self.types;
            values
                .list
                .retain(|(_, at)| types.contains(Types::of(at.node)));
        }
        let closed = parts.len() > 1
            && parts.iter().any(|part| {
                let keys = ["additionalProperties", "prefixItems", "items"];
                let foreign = |key: &&str| {
                    let others = parts.iter().filter(|it| it.address() != part.address());
                    match *key {
                        "additionalProperties" => others.into_iter().any(|it| {
                            let names = it.child("properties").into_iter();
                            names.flat_map(At::entries).any(|(name, _)| {
                                part.child("properties")
                                    .and_then(|own| own.child(name))
                                    .is_none()
                            })
                        }),
                        _ => others.into_iter().any(|it| it.node.get(key).is_some()),
                    }
                };
                keys.iter()
                    .filter(|key| part.node.get(key).is_some_and(|node| !is_true(node)))
                    .any(foreign)
            });
        self.exact &= !closed;
    }
}

fn is_true(node: &Node) -> bool {
    node.as_bool() == Some(true) || node.as_object().is_some_and(<[_]>::is_empty)
}

/// Among whole numbers `above 0` is `1`, and `1.5` is `2`.
fn whole_numbers(bound: &mut Bound<'_>) {
    let upper = match bound.limit {
        Limit::Minimum => false,
        Limit::Maximum => true,
        _ => return,
    };
    if let Some(mut whole) = bound.value.rounded(!upper) {
        if bound.exclusive && Number::whole(whole) == bound.value {
            whole = if upper { whole - 1 } else { whole + 1 };
        }
        bound.value = Number::whole(whole);
        bound.exclusive = false;
    }
}

/// The values of variants that each list values and say nothing else.
fn one_value_each<'a>(tree: &Tree<'a>, variants: &[At<'a>]) -> Option<Vec<(String, At<'a>)>> {
    let mut values: Vec<(String, At<'a>)> = Vec::new();
    for &variant in variants {
        let variant = tree.follow(variant);
        let plain = variant
            .entries()
            .all(|(key, _)| matches!(key, "enum" | "const" | "type") || is_annotation(key));
        if !plain {
            return None;
        }
        let types = variant.child("type").map(|it| Types::listed(it.node));
        let listed: Vec<At<'a>> = match (variant.child("enum"), variant.child("const")) {
            (Some(list), None) => list.items().collect(),
            (None, Some(only)) => vec![only],
            _ => return None,
        };
        for value in listed {
            let text = canonical(value.node);
            let fits = types.is_none_or(|types| types.contains(Types::of(value.node)));
            if !fits || values.iter().any(|(known, _)| *known == text) {
                return None;
            }
            values.push((text, value));
        }
    }
    Some(values)
}

/// The types that a schema allows, as far as its types, lists and choices say.
fn types_of<'a>(tree: &Tree<'a>, at: At<'a>, open: &mut Vec<usize>) -> Types {
    let at = tree.follow(at);
    if open.contains(&at.address()) {
        return Types::NONE;
    }
    if let Value::Bool(accepts) = at.node.value {
        return if accepts { Types::ALL } else { Types::NONE };
    }
    open.push(at.address());
    let nullable = at.flag("nullable") == Some(true);
    let mut types = Types::ALL;
    if let Some(listed) = at.child("type") {
        types = Types::listed(listed.node);
    }
    if let Some(values) = at.child("enum") {
        let listed = values.items().map(|value| Types::of(value.node));
        types = types & listed.fold(Types::NONE, |all, one| all | one);
    }
    if let Some(value) = at.child("const") {
        types = types & Types::of(value.node);
    }
    for part in at
        .child("allOf")
        .into_iter()
        .flat_map(|all| all.items().collect::<Vec<_>>())
    {
        if !open.contains(&tree.follow(part).address()) {
            types = types & types_of(tree, part, open);
        }
    }
    for key in UNIONS {
        if let Some(variants) = at.child(key) {
            let each = variants
                .items()
                .map(|variant| types_of(tree, variant, open));
            types = types & each.fold(Types::NONE, |all, one| all | one);
        }
    }
    open.pop();
    if nullable { types | Types::NULL } else { types }
}
