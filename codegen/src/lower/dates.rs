//! Dates become types that keep what was sent.

use openapiv3::{SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

use super::{Lowered, Pass, own_types};

pub(super) const PASS: Pass = Pass {
    name: "dates",
    why: "the vendor sends dates without an offset and the year 1 for none; a UTC type fails on both",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    own_types::replace(lowered, |schema| {
        let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else {
            return None;
        };
        let name = match string.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => "RevioDateTime",
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => "RevioDate",
            _ => return None,
        };
        Some(name.to_owned())
    })
}
