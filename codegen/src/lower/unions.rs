//! "Number or text" becomes one type that reads both.

use openapiv3::SchemaKind;

use super::visit::{components, every_schema, placeholder, point_at};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "text-or-number",
    why: "a union would become an enum with meaningless variant names",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut changed = 0;
    every_schema(&mut lowered.api, &mut |schema| {
        if matches!(schema.schema_kind, SchemaKind::OneOf { .. }) {
            point_at(schema, "TextOrNumber");
            changed += 1;
        }
    });
    if changed > 0 {
        components(&mut lowered.api)
            .schemas
            .insert("TextOrNumber".to_owned(), placeholder());
        lowered
            .replacements
            .insert("TextOrNumber".to_owned(), "TextOrNumber".to_owned());
    }
    changed
}
