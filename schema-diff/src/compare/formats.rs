//! What formats allow.

use crate::canonical::number::Number;
use crate::canonical::shape::{Limit, Shape};
use crate::canonical::types::Types;
use crate::finding::Effect;

/// What a change of format does to the valid values.
pub(crate) fn format_effect(was: &str, is: &str) -> Effect {
    let (was, is) = (Format::of(was), Format::of(is));
    match (was, is) {
        (Format::Any, Format::Any) => Effect::Equal,
        (Format::Unknown, _) | (_, Format::Unknown) => Effect::Unknown,
        (Format::Any, _) | (Format::Real(_), Format::Whole(..)) => Effect::Narrows,
        (_, Format::Any) | (Format::Whole(..), Format::Real(_)) => Effect::Widens,
        (Format::Whole(low, high), Format::Whole(other_low, other_high)) => {
            match (
                other_low <= low && other_high >= high,
                low <= other_low && high >= other_high,
            ) {
                (true, true) => Effect::Equal,
                (true, false) => Effect::Widens,
                (false, true) => Effect::Narrows,
                (false, false) => Effect::Replaces,
            }
        }
        (Format::Real(a), Format::Real(b)) if a < b => Effect::Widens,
        (Format::Real(a), Format::Real(b)) if a > b => Effect::Narrows,
        (Format::Real(_), Format::Real(_)) => Effect::Equal,
        (Format::Text(a), Format::Text(b)) if a == b => Effect::Equal,
        _ => Effect::Replaces,
    }
}

/// Whether the limits of a shape say what a format of whole numbers says.
pub(super) fn is_implied(shape: &Shape<'_>, format: &str) -> bool {
    let within = |limit, edge: Number| {
        let bound = shape.bound(limit);
        bound.is_some_and(|bound| match limit {
            Limit::Minimum => bound.value >= edge,
            _ => bound.value <= edge,
        })
    };
    !shape.types.meets(Types::FRACTION)
        && range(format).is_some_and(|[least, most]| {
            within(Limit::Minimum, Number::whole(least))
                && within(Limit::Maximum, Number::whole(most))
        })
}

/// The format, or none where it says nothing about values of these types.
pub(crate) fn for_types(name: &str, types: Types) -> &str {
    let concerned = match Format::of(name) {
        Format::Whole(..) | Format::Real(_) => types.meets(Types::NUMBER),
        Format::Text(_) => types.meets(Types::STRING),
        Format::Any | Format::Unknown => true,
    };
    if concerned { name } else { "" }
}

/// The least and the greatest whole number of a format.
pub(crate) fn range(name: &str) -> Option<[i128; 2]> {
    let Format::Whole(low, high) = Format::of(name) else {
        return None;
    };
    let least = if low == 0 { 0 } else { -(1_i128 << -low) };
    Some([least, (1_i128 << high) - 1])
}

/// What a format allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format<'f> {
    /// Everything: none, or one that only says how to show or store the value.
    Any,
    /// Whole numbers within powers of two, with a sign below zero.
    Whole(i32, i32),
    /// Numbers with so many bits.
    Real(u32),
    /// Texts of a grammar.
    Text(&'f str),
    /// It isn't defined.
    Unknown,
}

impl<'f> Format<'f> {
    fn of(name: &'f str) -> Self {
        match name {
            "" | "decimal" | "password" | "binary" => Self::Any,
            "int8" => Self::Whole(-7, 7),
            "int16" => Self::Whole(-15, 15),
            "int32" => Self::Whole(-31, 31),
            "int64" => Self::Whole(-63, 63),
            "uint8" => Self::Whole(0, 8),
            "uint16" => Self::Whole(0, 16),
            "uint32" | "uint" => Self::Whole(0, 32),
            "uint64" => Self::Whole(0, 64),
            "float" => Self::Real(32),
            "double" => Self::Real(64),
            "date-time" | "date" | "time" | "duration" | "uuid" | "ipv4" | "ipv6" | "ip"
            | "byte" => Self::Text(name),
            _ => Self::Unknown,
        }
    }
}
