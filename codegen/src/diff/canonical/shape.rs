//! What a schema means, keyword by keyword, each with the place that states it.

mod idle;
mod read;
mod unions;
mod whole;

use super::At;
use super::number::Number;
use super::types::Types;

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
    pub(in crate::diff) const ALL: [Self; 10] = [
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
    /// Whether one more variant is null.
    pub(in crate::diff) null: bool,
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
    /// Whether it is a limit that leaves numbers without a fraction, not the type.
    pub(in crate::diff) whole_only: bool,
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
    /// Whether `items` is a list in a dialect that gives such a list no meaning: some readers take
    /// its length for that of every value, others don't.
    pub(in crate::diff) loose_items: bool,
}

impl<'a> Shape<'a> {
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
}
