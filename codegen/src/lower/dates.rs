//! Dates become types that keep what was sent.

use openapiv3::{SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

use super::visit::{components, every_schema, placeholder, point_at};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "dates",
    why: "the vendor sends dates without an offset and the year 1 for none; a UTC type fails on both",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut changed = 0;
    every_schema(&mut lowered.api, &mut |schema| {
        let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else {
            return;
        };
        let name = match string.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => "RevioDateTime",
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => "RevioDate",
            _ => return,
        };
        point_at(schema, name);
        changed += 1;
    });
    if changed > 0 {
        for name in ["RevioDateTime", "RevioDate"] {
            components(&mut lowered.api)
                .schemas
                .insert(name.to_owned(), placeholder());
            lowered
                .replacements
                .insert(name.to_owned(), name.to_owned());
        }
    }
    changed
}
