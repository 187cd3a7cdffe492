//! Decimals become exact types.

use openapiv3::{SchemaKind, Type};

use super::visit::{components, every_schema, extension, placeholder, point_at};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "exact-numbers",
    why: "a number would become a binary float and lose digits",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut changed = 0;
    every_schema(&mut lowered.api, &mut |schema| {
        if !matches!(schema.schema_kind, SchemaKind::Type(Type::Number(_))) {
            return;
        }
        let name = match extension(schema, "x-revio-unit") {
            Some("quantity") => "Quantity",
            _ => "Money",
        };
        point_at(schema, name);
        changed += 1;
    });
    if changed > 0 {
        for name in ["Money", "Quantity"] {
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
