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
pub(crate) enum Limit {
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
    pub(crate) const ALL: [Self; 10] = [
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

    pub(crate) fn keyword(self) -> &'static str {
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
    pub(crate) fn types(self) -> Types {
        match self {
            Self::Minimum | Self::Maximum | Self::MultipleOf => Types::NUMBER,
            Self::MinLength | Self::MaxLength => Types::STRING,
            Self::MinItems | Self::MaxItems | Self::UniqueItems => Types::ARRAY,
            Self::MinProperties | Self::MaxProperties => Types::OBJECT,
        }
    }

    /// Whether a greater number allows more.
    pub(crate) fn is_upper(self) -> bool {
        matches!(
            self,
            Self::Maximum | Self::MaxLength | Self::MaxItems | Self::MaxProperties
        )
    }
}

/// A limit as it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound<'a> {
    pub(crate) limit: Limit,
    pub(crate) value: Number,
    pub(crate) exclusive: bool,
    pub(crate) at: At<'a>,
}

impl Bound<'_> {
    /// Where it cuts the numbers, so that a greater key of an upper bound allows more.
    pub(crate) fn cut(&self) -> (Number, bool) {
        (self.value, self.exclusive != self.limit.is_upper())
    }

    /// `10`, or `above 10` for an exclusive one.
    pub(crate) fn words(&self) -> String {
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
pub(crate) struct Member<'a> {
    pub(crate) name: &'a str,
    pub(crate) schemas: Vec<At<'a>>,
}

/// What may stand besides the named properties.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Additional<'a> {
    Anything,
    Nothing(At<'a>),
    Each(At<'a>),
}

/// A union.
#[derive(Clone, Debug)]
pub(crate) struct Union<'a> {
    /// Whether exactly one variant may hold.
    pub(crate) exclusive: bool,
    pub(crate) at: At<'a>,
    /// Whether one more variant is null.
    pub(crate) null: bool,
    /// Without null, which is in [`Shape::types`].
    pub(crate) variants: Vec<At<'a>>,
    pub(crate) discriminator: Option<At<'a>>,
}

/// A closed enum, without null.
#[derive(Clone, Debug)]
pub(crate) struct Values<'a> {
    pub(crate) at: At<'a>,
    pub(crate) constant: bool,
    /// Canonical text and place, in order of the text.
    pub(crate) list: Vec<(String, At<'a>)>,
}

/// What a schema means.
#[derive(Clone, Debug)]
pub(crate) struct Shape<'a> {
    /// The first part.
    pub(crate) at: At<'a>,
    pub(crate) types: Types,
    /// The `type` keyword, where there is one.
    pub(crate) types_at: Option<At<'a>>,
    /// Whether it is a limit that leaves numbers without a fraction, not the type.
    pub(crate) whole_only: bool,
    pub(crate) values: Option<Values<'a>>,
    pub(crate) bounds: Vec<Bound<'a>>,
    pub(crate) formats: Vec<(&'a str, At<'a>)>,
    pub(crate) patterns: Vec<(&'a str, At<'a>)>,
    pub(crate) properties: Vec<Member<'a>>,
    pub(crate) required: Vec<(&'a str, At<'a>)>,
    pub(crate) additional: Additional<'a>,
    pub(crate) items: Vec<At<'a>>,
    pub(crate) prefix: Vec<At<'a>>,
    pub(crate) unions: Vec<Union<'a>>,
    /// Keywords that are only compared as written.
    pub(crate) opaque: Vec<(&'a str, At<'a>)>,
    /// Whether the parts could be merged without changing what they mean.
    pub(crate) exact: bool,
    /// Whether `items` is a list in a dialect that gives such a list no meaning: some readers take
    /// its length for that of every value, others don't.
    pub(crate) loose_items: bool,
}

impl<'a> Shape<'a> {
    pub(crate) fn bound(&self, limit: Limit) -> Option<&Bound<'a>> {
        self.bounds.iter().find(|bound| bound.limit == limit)
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Member<'a>> {
        let found = self.properties.binary_search_by(|it| it.name.cmp(name));
        found.ok().and_then(|index| self.properties.get(index))
    }

    pub(crate) fn requires(&self, name: &str) -> Option<At<'a>> {
        let found = self.required.iter().find(|(it, _)| *it == name);
        found.map(|&(_, at)| at)
    }

    /// Whether everything is valid.
    pub(crate) fn is_anything(&self) -> bool {
        self.types == Types::ALL && self.is_untouched()
    }

    /// Whether nothing but types is restricted.
    pub(crate) fn is_untouched(&self) -> bool {
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
