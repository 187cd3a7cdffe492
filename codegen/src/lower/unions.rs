//! "Number or text" becomes one type that reads both.

use openapiv3::SchemaKind;

use super::{Lowered, Pass, own_types};

pub(super) const PASS: Pass = Pass {
    name: "text-or-number",
    why: "a union would become an enum with meaningless variant names",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    own_types::replace(lowered, |schema| {
        let union = matches!(schema.schema_kind, SchemaKind::OneOf { .. });
        union.then(|| "TextOrNumber".to_owned())
    })
}
